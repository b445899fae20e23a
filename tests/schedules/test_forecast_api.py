"""A schedule of facts that are only told: nothing of it is kept."""

import time
from datetime import date, timedelta
from typing import Any

import pytest

from patients.models import Clinic, Membership
from schedules.library import files
from tests.factories import make_staff
from tests.tracker.api.conftest import Program, clinic
from tests.tracker.preview.test_middleware import dump

__all__ = ["clinic"]

WEEK = {"weekdays": [0, 1, 2, 3, 4], "time_zone": "Europe/London"}
NEURO = next(each for each in files() if each["code"] == "NEURO_ALT")
LOADED = [
    {"kind": "started", "on": "2026-05-11"},
    {"kind": "maintained", "on": "2026-05-11", "interval": "2m"},
]
ASKED: dict[str, Any] = {
    "protocol": "NEURO_ALT",
    "calendar": WEEK,
    "as_of": "2026-07-01",
    "events": LOADED,
    "injections": [{"given_on": "2026-05-11"}],
}


@pytest.fixture
def auditor(clinic: Clinic) -> Program:
    """Give a program of somebody who may do nothing else."""
    return Program(make_staff(clinic, Membership.Role.AUDITOR))


class TestAForecast:
    def test_tells_dates_and_why(self, auditor: Program) -> None:
        before = dump()
        said = auditor.post("forecast/", 200, **ASKED)

        assert dump() == before
        assert (said["phase"], said["episode"], said["interval"]) == (
            "maintenance", 1, "2m",
        )  # fmt: skip
        dose = said["dose"]
        assert (dose["target_on"], dose["due_on"]) == ("2026-07-11", "2026-07-13")
        assert (dose["opens_on"], dose["closes_on"]) == ("2026-07-06", "2026-07-20")
        assert dose["flags"] == ["ROLLED_FORWARD"]
        assert [reason["text"] for reason in dose["reasons"]] == [
            "2 months after the injection of Mon 11 May",
            "target Sat 11 Jul, clinic closed, next open Mon 13 Jul",
        ]
        assert [each["due_on"] for each in said["ahead"]] == [
            "2026-07-13", "2026-09-11", "2026-11-11", "2027-01-11", "2027-03-11",
            "2027-05-11",
        ]  # fmt: skip
        assert said["panels"][0]["due_on"] == "2026-08-11"
        assert said["answers"][0]["timing"] == "FIRST"
        assert said["answers"][0]["covered_until"] == "2026-07-13"
        assert said["is_clinically_approved"] is False
        assert "NEURO_UNANSWERED" in [alert["code"] for alert in said["alerts"]]

    def test_follows_whatever_it_is_told(self, auditor: Program) -> None:
        asked = ASKED | {
            "protocol": NEURO | {"code": "MINE"},
            "calendar": WEEK
            | {"closed": ["2026-07-14", {"on": "2026-07-13", "reason": "training"}]},
            "injections": [
                {"given_at": "2026-05-10T23:30:00Z"},  # half past midnight in London
                {"given_on": "2026-06-01", "pending": True},
                {"given_on": "2026-06-02", "outcome": "failed"},
            ],
            "until": "2026-07-01",
            "neurological": "yes",
            "parameters": {"max_forward_roll_days": 4},
        }

        said = auditor.post("forecast/", 200, **asked)

        assert said["dose"]["due_on"] == "2026-07-10"  # its own 3 days forward win
        assert "(training)" not in said["dose"]["reasons"][-1]["text"]
        assert [each["injection"] for each in said["answers"]] == [0]
        assert said["flags"] == ["PENDING_EXTERNAL"]
        assert said["ahead"] == []

    def test_holds_a_course_in_which_a_nerve_spoke_up(self, auditor: Program) -> None:
        days = ["05-04", "05-06", "05-08", "05-11", "05-13", "05-15"]
        course = {
            "protocol": {"code": "NON_NEURO_3W2", "version": 1},
            "events": [{"kind": "started", "on": "2026-05-04"}],
            "injections": [{"given_on": f"2026-{day}"} for day in days],
        }
        numb = [{"assessed_on": "2026-05-08", "scores": {"numbness": 3}}]

        done = auditor.post("forecast/", 200, **(ASKED | course))
        held = auditor.post("forecast/", 200, **(ASKED | course), assessments=numb)

        assert (done["phase"], held["phase"]) == ("maintenance", "loading")

    def test_follows_the_policy_of_the_laboratory(self, auditor: Program) -> None:
        good = {
            "tests": ["b12", "homocysteine", "haemoglobin", "mcv"],
            "signs": ["marker_good", "blood_good", "cells_good", "vitamin_good"],
        }
        drawn = [good | {"drawn_on": f"2026-{day}"} for day in ("08-11", "11-11")]
        asked = ASKED | {"as_of": "2026-12-01", "results": drawn}

        stable = auditor.post("forecast/", 200, **asked)
        worse = auditor.post(
            "forecast/",
            200,
            **asked,
            assessments=[
                {"assessed_on": "2026-08-11", "scores": {"numbness": 3}},
                {"assessed_on": "2026-11-11", "scores": {"numbness": 6}},
            ],
        )
        clinical = auditor.post("forecast/", 200, **asked, lab_policy="UK_CLINICAL")

        assert stable["panels"][0]["due_on"] == "2027-11-11"
        assert worse["panels"][0]["due_on"] == "2027-02-11"
        assert clinical["panels"][0]["due_on"] != worse["panels"][0]["due_on"]


class TestRefusals:
    @pytest.mark.parametrize(
        ("changes", "field", "reason"),
        [
            pytest.param(
                {"protocol": "NONE"}, "protocol", "There is no such protocol.",
                id="no such protocol",
            ),
            pytest.param(
                {"protocol": {"code": "NEURO_ALT", "version": 10**40}}, "protocol",
                "There is no such protocol.", id="a version out of reach",
            ),
            pytest.param(
                {"protocol": {**NEURO, "loading": {"step_days": 0}}}, "protocol",
                "The protocol holds a value of the wrong kind, or out of bounds.",
                id="no step at all",
            ),
            pytest.param(
                {"protocol": {**NEURO, "loading": {"step_days": 10**9}}}, "protocol",
                "The protocol holds a value of the wrong kind, or out of bounds.",
                id="a step out of the calendar",
            ),
            pytest.param(
                {"protocol": {**NEURO, "loading": []}}, "protocol",
                "The protocol holds a value of the wrong kind, or out of bounds.",
                id="a list for an object",
            ),
            pytest.param(
                {"protocol": {"code": "MINE", "title": "Mine"}}, "protocol",
                "The protocol says nothing of 'loading'.", id="half a protocol",
            ),
            pytest.param(
                {"calendar": {"weekdays": [7]}}, "calendar.weekdays.0",
                "Ensure this value is less than or equal to 6.", id="an eighth day",
            ),
            pytest.param(
                {"calendar": WEEK | {"time_zone": "Mars"}}, "calendar.time_zone",
                '"Mars" is not a valid choice.', id="no zone of ours",
            ),
            pytest.param(
                {"calendar": WEEK | {"closed": [{"on": "x"}]}}, "calendar.closed.0.on",
                "Date has wrong format. Use one of these formats instead: YYYY-MM-DD.",
                id="no day",
            ),
            pytest.param(
                {"events": [{"kind": "paused", "on": "2026-05-11"}]}, "events",
                "paused on 2026-05-11 cannot follow workup: decide it earlier, later, "
                "or not at all.",
                id="an impossible history",
            ),
            pytest.param(
                {"protocol": "MAINTENANCE_ONLY"}, "protocol",
                "This protocol has no loading to start with.", id="nothing to load",
            ),
            pytest.param(
                {"events": [LOADED[0] | {"interval": "99m"}]},
                "events.0.interval", "An interval is a year at most.",
                id="an interval of years",
            ),
            pytest.param(
                {"events": [LOADED[0]] * 501}, "events.non_field_errors",
                "Ensure this field has no more than 500 elements.",
                id="an event too many",
            ),
            pytest.param(
                {"injections": [{"given_on": "2026-05-11"}] * 1999}, "events",
                "At most 2000 facts are taken at once.", id="a fact too many",
            ),
            pytest.param(
                {"injections": [{"given_on": "1946-06-30"}]}, "injections",
                "A fact lies more than 80 years before the day of the question.",
                id="too long ago",
            ),
            pytest.param(
                {"injections": [{}]}, "injections.0.given_on",
                "Say either the day or the instant.", id="no day of an injection",
            ),
            pytest.param(
                {"until": "2026-06-30"}, "until",
                "Look ahead from the day of the question, 5 years at most.",
                id="back in time",
            ),
            pytest.param(
                {"until": "2031-07-02"}, "until",
                "Look ahead from the day of the question, 5 years at most.",
                id="too far ahead",
            ),
            pytest.param(
                {"parameters": {"course_days": 1}}, "parameters",
                "course_days: a whole number from 14 to 60.", id="out of bounds",
            ),
            pytest.param(
                {"assessments": [{"assessed_on": "2026-05-11", "scores": {"x": 1}}]},
                "assessments.0.scores", "There is no domain 'x'.", id="no domain",
            ),
        ],
    )  # fmt: skip
    def test_name_the_field_and_the_reason(
        self,
        auditor: Program,
        changes: dict[str, Any],
        field: str,
        reason: str,
    ) -> None:
        errors = auditor.refused("post", "forecast/", 400, **(ASKED | changes))

        assert (field, reason) in errors

    def test_say_that_no_day_is_open(self, auditor: Program) -> None:
        mondays = [str(date(2026, 5, 11) + timedelta(weeks=n)) for n in range(70)]

        errors = auditor.refused(
            "post",
            "forecast/",
            400,
            **(ASKED | {"calendar": {"weekdays": [0], "closed": mondays}}),
        )

        assert errors == [
            ("calendar", "No open day is left on which to give an injection.")
        ]

    def test_come_in_bounded_time(self, auditor: Program) -> None:
        """80 years of loading with 240 pauses, and five more to look ahead."""
        pauses = [
            {"kind": kind, "on": str(date(1947, 1, day) + timedelta(days=120 * n))}
            for n in range(240)
            for day, kind in ((10, "paused"), (20, "resumed"))
        ]
        asked = {
            "protocol": "NEURO_ALT",
            "calendar": {"weekdays": [0]},
            "as_of": "2026-07-01",
            "until": "2031-07-01",
            "events": [{"kind": "started", "on": "1946-07-02"}, *pauses],
            "injections": [
                {"given_on": str(date(1946, 7, 3) + timedelta(days=n))}
                for n in range(1500)
            ],
        }

        begun = time.perf_counter()
        said = auditor.post("forecast/", 200, **asked)

        assert time.perf_counter() - begun < 20
        assert said["phase"] == "loading"
