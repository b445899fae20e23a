from datetime import date, timedelta
from typing import Any

import pytest

from patients.course import Suggestion
from schedules.grounds import Grounds, Missing, missing
from schedules.phases import EventKind

TODAY = date(2026, 11, 20)
T4, T7 = EventKind.MAINTAINED, EventKind.RELOADED


def wanting(kind: EventKind, **more: Any) -> Missing | None:
    """Return what is missing where nothing is known but that nerves are affected."""
    details: dict[str, Any] = {
        "is_loading": kind is T4,
        "is_neurological": True,
        "assessed": (),
        "suggested": (),
        "has_words": False,
        "on": TODAY,
    }
    return missing(kind, Grounds(**(details | more)))


FRESH = (TODAY - timedelta(days=7),)
STALE = (TODAY - timedelta(days=8),)


@pytest.mark.proves("T4", "R42")
class TestMaintenance:
    @pytest.mark.parametrize(
        ("more", "told"),
        [
            pytest.param({}, Missing.ASSESSMENT, id="never assessed"),
            pytest.param(
                {"assessed": STALE, "has_words": True},
                Missing.ASSESSMENT,
                id="eight days ago, whatever is said",
            ),
            pytest.param({"assessed": FRESH}, Missing.WORDS, id="nothing suggested"),
            pytest.param(
                {"assessed": FRESH, "suggested": [Suggestion.NO_RESPONSE_21D]},
                Missing.WORDS,
                id="something else suggested",
            ),
            pytest.param({"assessed": FRESH, "has_words": True}, None, id="words"),
            pytest.param(
                {"assessed": FRESH, "suggested": [Suggestion.PLATEAU_SUGGESTED]},
                None,
                id="a plateau",
            ),
            pytest.param(
                {"assessed": FRESH, "suggested": [Suggestion.RESOLVED_SUGGESTED]},
                None,
                id="symptoms that are gone",
            ),
            pytest.param({"is_neurological": False}, None, id="no nerve affected"),
            pytest.param({"is_loading": False}, None, id="maintenance it is already"),
        ],
    )
    def test_follows_an_assessment_and_a_suggestion_or_words(
        self, more: dict[str, Any], told: Missing | None
    ) -> None:
        assert wanting(T4, **more) is told


@pytest.mark.proves("T7")
class TestLoadingAgain:
    @pytest.mark.parametrize(
        ("more", "told"),
        [
            pytest.param({}, Missing.EITHER, id="neither"),
            pytest.param({"assessed": STALE}, Missing.EITHER, id="eight days ago"),
            pytest.param({"assessed": FRESH}, None, id="an assessment"),
            pytest.param({"has_words": True}, None, id="words"),
            pytest.param(
                {"is_neurological": False}, Missing.EITHER, id="nerves or not"
            ),
        ],
    )
    def test_follows_an_assessment_or_words(
        self, more: dict[str, Any], told: Missing | None
    ) -> None:
        assert wanting(T7, **more) is told


class TestOtherDecisions:
    @pytest.mark.parametrize("kind", [EventKind.PAUSED, EventKind.CLOSED])
    def test_ask_for_nothing(self, kind: EventKind) -> None:
        assert wanting(kind, is_loading=True) is None
