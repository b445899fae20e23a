"""The rulebook is whole: no rule can fall out of it unseen."""

from datetime import date
from typing import Any

import pytest

from schedules.phases import TRANSITIONS
from schedules.rulebook import claims, ways
from schedules.rulebook.claims import Claim, Source, Status
from schedules.rulebook.review import Review
from schedules.rulebook.ways import Way
from schedules.safety import TABLE

# Written out, so that a row that is lost from the file is missed here.
CLAIMS = [f"R{n:02}" for n in range(1, 47)]
CLAIMS.insert(CLAIMS.index("R35"), "R34a")
SAFETY = {f"S{n:02}" for n in range(1, 25)} | {"S01b", "S10b", "S19b"}
# The one claim that is nothing but words.
WORDS_ONLY = ["R18"]
DIFFERS = ["R07", "R17", "R23", "R24", "R27", "R39"]
UNVERIFIED = ["R09", "R16", "R22", "R36"]
OURS = {"R34a": "added", "R43": "design", "R44": "design"}
OURS |= {"R45": "requirement", "R46": "requirement"}

ROW: dict[str, Any] = {
    "id": "R99",
    "says": "Something.",
    "does": "Nothing.",
    "acts": False,
    "status": "partly",
    "note": "",
    "sources": ["A"],
}
KNOWN = {"A": Source(key="A", title="A book", seen="its cover")}


def having(status: Status) -> list[str]:
    return [claim.id for claim in claims.claims() if claim.status is status]


@pytest.mark.proves("R45")
class TestClaims:
    def test_are_all_there_in_order(self) -> None:
        assert [claim.id for claim in claims.claims()] == CLAIMS

    def test_act_but_for_those_that_are_words(self) -> None:
        assert [c.id for c in claims.claims() if not c.acts] == WORDS_ONLY

    def test_say_where_guidelines_differ(self) -> None:
        assert having(Status.DIFFERS) == DIFFERS
        assert having(Status.UNVERIFIED) == UNVERIFIED

    def test_say_what_is_not_from_a_guideline(self) -> None:
        statuses = {claim.id: claim.status for claim in claims.claims()}

        assert {id: statuses[id] for id in OURS} == OURS

    def test_each_say_something(self) -> None:
        for claim in claims.claims():
            assert claim.says.endswith("."), claim.id
            assert claim.does.endswith("."), claim.id

    def test_that_lean_on_guidelines_name_them(self) -> None:
        named = {Status.SUPPORTED, Status.PARTLY, Status.DIFFERS}

        for claim in claims.claims():
            assert claim.sources or claim.status not in named, claim.id

    def test_say_why_where_they_are_not_supported(self) -> None:
        excused = {Status.SUPPORTED, Status.ADDED, Status.REQUIREMENT}

        for claim in claims.claims():
            assert claim.note or claim.status in excused, claim.id

    def test_are_not_approved_by_anybody(self) -> None:
        assert not claims.review().is_approved
        assert claims.review().version == 1


class TestClaim:
    def test_is_made_of_a_row(self) -> None:
        claim = Claim.from_dict(ROW, KNOWN)

        assert claim == Claim(
            id="R99",
            says="Something.",
            does="Nothing.",
            acts=False,
            status=Status.PARTLY,
            note="",
            sources=(KNOWN["A"],),
        )

    def test_is_refused_with_a_source_that_nobody_read(self) -> None:
        with pytest.raises(KeyError, match="B"):
            Claim.from_dict(ROW | {"sources": ["B"]}, KNOWN)

    def test_is_refused_with_a_status_that_does_not_exist(self) -> None:
        with pytest.raises(ValueError, match="certain"):
            Claim.from_dict(ROW | {"status": "certain"}, KNOWN)


class TestSafetyRules:
    def test_are_all_there(self) -> None:
        assert {rule.id for rule in TABLE if rule.id.startswith("S")} == SAFETY


class TestWays:
    def test_are_all_there_in_order(self) -> None:
        assert [way.id for way in ways.ways()] == [f"T{n}" for n in range(1, 10)]

    def test_are_those_the_engine_knows(self) -> None:
        told = [(w.id, *pair) for w in ways.ways() for pair in w.between]

        assert told == [(t.number, t.source, t.target) for t in TRANSITIONS]
        assert len(told) == 13

    def test_each_say_who_may_take_them(self) -> None:
        for way in ways.ways():
            assert way.actor.startswith("prescriber"), way.id
            assert way.says.endswith("."), way.id

    def test_are_not_approved_by_anybody(self) -> None:
        assert not ways.review().is_approved

    def test_are_refused_with_a_phase_that_does_not_exist(self) -> None:
        row = {"id": "T10", "between": [["workup", "healed"]]}

        with pytest.raises(ValueError, match="healed"):
            Way.from_dict({**row, "says": "", "actor": "", "effect": ""})


@pytest.mark.proves("R45")
class TestReview:
    def test_says_who_approved_and_when(self) -> None:
        review = Review.from_dict(
            {"version": 2, "reviewed_by": "Dr Ada", "reviewed_on": "2026-11-20"}
        )

        assert review.is_approved
        assert review.reviewed_on == date(2026, 11, 20)
        assert review.words == "approved by Dr Ada on 2026-11-20"

    @pytest.mark.parametrize(
        ("by", "on"),
        [
            pytest.param(None, None, id="nobody"),
            pytest.param("Dr Ada", None, id="somebody, one does not know when"),
            pytest.param(None, "2026-11-20", id="one does not know who"),
        ],
    )
    def test_says_that_nobody_has(self, by: str | None, on: str | None) -> None:
        review = Review.from_dict({"version": 1, "reviewed_by": by, "reviewed_on": on})

        assert not review.is_approved
        assert review.words == "not clinically approved"
