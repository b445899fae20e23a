import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schedules.intervals import Interval
from schedules.parameters import DEFAULTS
from schedules.protocol import CitedRule, Loading, Protocol, ProtocolNotUnderstood
from tests.schedules.stories import PROTOCOLS

CONTENT: dict[str, Any] = {
    "code": "DEPOT_4W",
    "version": 2,
    "title": "Another depot, every 4 weeks",
    "product": "some depot",
    "dose_mg": "37.5",
    "route": "im",
    "neurological": None,
    "loading": {"step_days": 7, "count": 2, "cap_per_7d": None, "max_gap_days": 10},
    "maintenance": {"interval": "4w", "max_forward_days": 2, "max_back_days": 5},
    "review_status": "draft",
    "rules": [
        {
            "id": "D1",
            "says": "Every 4 weeks",
            "status": "supported",
            "sources": ["SmPC"],
        }
    ],
}
FILES = sorted(PROTOCOLS.glob("*.json"))
STATUSES = {"supported", "partly", "differs", "unverified", "design"}


class TestFromDict:
    def test_reads_every_part(self) -> None:
        assert Protocol.from_dict(CONTENT) == Protocol(
            code="DEPOT_4W",
            version=2,
            title="Another depot, every 4 weeks",
            product="some depot",
            dose_mg=Decimal("37.5"),
            route="im",
            neurological=None,
            loading=Loading(step_days=7, count=2, max_gap_days=10),
            maintenance=Interval.parse("4w"),
            overrides={
                "max_load_gap_days": 10,
                "max_forward_roll_days": 2,
                "max_back_roll_days": 5,
            },
            review_status="draft",
            rules=(
                CitedRule(
                    id="D1", says="Every 4 weeks", status="supported", sources=("SmPC",)
                ),
            ),
        )

    def test_takes_a_protocol_without_loading(self) -> None:
        assert Protocol.from_dict({**CONTENT, "loading": None}).loading is None

    def test_leaves_the_content_as_it_was(self) -> None:
        before = json.dumps(CONTENT)

        Protocol.from_dict(CONTENT)

        assert json.dumps(CONTENT) == before

    @pytest.mark.parametrize("missing", CONTENT)
    def test_refuses_a_content_with_a_part_missing(self, missing: str) -> None:
        content = {name: it for name, it in CONTENT.items() if name != missing}

        with pytest.raises(ProtocolNotUnderstood, match=missing):
            Protocol.from_dict(content)

    @pytest.mark.parametrize(
        "wrong",
        [
            pytest.param({"dose_mg": "a lot"}, id="a dose that is no number"),
            pytest.param({"version": 0}, id="no version"),
            pytest.param({"loading": {"step": 2}}, id="an unknown entry"),
            pytest.param({"loading": {"step_days": 0}}, id="no step"),
            pytest.param({"loading": {"max_gap_days": 0}}, id="no gap"),
            pytest.param({"loading": {"count": 0}}, id="a course of nothing"),
            pytest.param({"loading": {"cap_per_7d": 0}}, id="a cap of nothing"),
            pytest.param({"maintenance": {"interval": "often"}}, id="no interval"),
            pytest.param(
                {"maintenance": {"interval": "2m", "max_forward_days": -1}},
                id="rolling the wrong way",
            ),
            pytest.param(
                {"maintenance": {"interval": "2m", "max_back_days": -1}},
                id="rolling back the wrong way",
            ),
            pytest.param({"maintenance": "2m"}, id="maintenance that is a text"),
            pytest.param(
                {"maintenance": {"interval": "2m", "roll": 1}}, id="an unknown number"
            ),
            pytest.param({"rules": [{"id": "D1"}]}, id="a rule without its parts"),
        ],
    )
    def test_refuses_what_it_cannot_follow(self, wrong: dict[str, Any]) -> None:
        with pytest.raises(ProtocolNotUnderstood):
            Protocol.from_dict({**CONTENT, **wrong})

    def test_takes_the_least_that_makes_sense(self) -> None:
        least = {"step_days": 1, "count": 1, "cap_per_7d": 1, "max_gap_days": 1}
        stay = {"interval": "1w", "max_forward_days": 0, "max_back_days": 0}

        protocol = Protocol.from_dict(
            {**CONTENT, "loading": least, "maintenance": stay}
        )

        assert protocol.loading == Loading(**least)
        assert protocol.overrides == {
            "max_load_gap_days": 1,
            "max_forward_roll_days": 0,
            "max_back_roll_days": 0,
        }

    def test_leaves_to_the_clinic_what_the_file_does_not_say(self) -> None:
        silent = {"step_days": 7, "count": 2, "cap_per_7d": None}

        protocol = Protocol.from_dict(
            {**CONTENT, "loading": silent, "maintenance": {"interval": "4w"}}
        )

        assert protocol.overrides == {}


class TestFiles:
    def test_are_three_in_two_versions(self) -> None:
        assert [file.name for file in FILES] == [
            "maintenance_only.v1.json",
            "maintenance_only.v2.json",
            "neuro_alt.v1.json",
            "neuro_alt.v2.json",
            "non_neuro_3w2.v1.json",
            "non_neuro_3w2.v2.json",
        ]

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_are_named_for_their_code_and_version(self, file: Path) -> None:
        protocol = read(file)

        assert file.name == f"{protocol.code.lower()}.v{protocol.version}.json"

    @pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
    def test_are_drafts_with_a_status_for_each_rule(self, file: Path) -> None:
        protocol = read(file)

        assert protocol.review_status == "draft"
        assert protocol.rules
        assert {rule.status for rule in protocol.rules} <= STATUSES
        cited = [rule.sources for rule in protocol.rules if rule.status == "supported"]
        assert all(cited)

    @pytest.mark.parametrize(
        ("name", "neurological", "loading"),
        [
            ("neuro_alt.v1", True, Loading()),
            ("neuro_alt.v2", True, Loading()),
            ("non_neuro_3w2.v1", False, Loading(count=6, cap_per_7d=3)),
            ("non_neuro_3w2.v2", False, Loading(count=6, cap_per_7d=3)),
            ("maintenance_only.v1", None, None),
            ("maintenance_only.v2", None, None),
        ],
    )
    @pytest.mark.proves("R02", "R03", "R14", "R41")
    def test_hold_the_regimens_of_the_rules(
        self, name: str, neurological: bool | None, loading: Loading | None
    ) -> None:
        protocol = read(PROTOCOLS / f"{name}.json")

        assert protocol.neurological is neurological
        assert protocol.loading == loading
        assert protocol.maintenance == Interval.parse("2m")
        assert protocol.product == "hydroxocobalamin"
        assert protocol.dose_mg == 1
        stated = DEFAULTS.under(protocol.overrides)
        assert stated == DEFAULTS
        assert bool(protocol.overrides) is (protocol.version == 1)


def read(file: Path) -> Protocol:
    return Protocol.from_dict(json.loads(file.read_text()))
