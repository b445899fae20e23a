"""When a patient is told, and how."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.ladder import (
    DEFAULT_RUNGS,
    Means,
    Occasion,
    PartOfDay,
    Purpose,
    channels_for,
    expires_at,
    in_window,
    occasions,
    send_at,
    too_late,
)
from schedules.phases import Phase

LONDON = ZoneInfo("Europe/London")
NINE, EIGHT_PM = time(9), time(20)
DUE = date(2026, 11, 23)


@dataclass(frozen=True)
class Open:
    """An open dose or panel."""

    due_on: date
    closes_on: date


DOSE = Open(DUE, DUE + timedelta(days=7))
LOADING_DOSE = Open(DUE, DUE + timedelta(days=1))
PANEL = Open(date(2026, 12, 1), date(2026, 12, 15))


def brief(found: tuple[Occasion, ...]) -> list[tuple[str, int, str, str, str]]:
    """Return occasions in the shape of a table."""
    return [
        (o.purpose.value, o.rung, str(o.on), o.at.value, str(o.last_on)) for o in found
    ]


def an_occasion(
    *,
    on: date = DUE,
    last_on: date | None = None,
    at: PartOfDay = PartOfDay.MORNING,
) -> Occasion:
    return Occasion(
        purpose=Purpose.INJECTION_AHEAD,
        rung=1,
        due_on=DUE,
        on=on,
        last_on=last_on or on,
        at=at,
    )


class TestOccasions:
    def test_of_maintenance_are_a_week_and_a_day_ahead_and_once_missed(self) -> None:
        found = occasions(DOSE, Phase.MAINTENANCE, None)

        assert brief(found) == [
            ("injection_ahead", 1, "2026-11-16", "morning", "2026-11-21"),
            ("injection_ahead", 2, "2026-11-22", "morning", "2026-11-23"),
            ("injection_missed", 1, "2026-12-01", "morning", "2026-12-14"),
        ]

    def test_of_loading_are_the_evening_before_and_once_missed(self) -> None:
        found = occasions(LOADING_DOSE, Phase.LOADING, None)

        assert brief(found) == [
            ("injection_ahead", 1, "2026-11-22", "evening", "2026-11-23"),
            ("injection_missed", 1, "2026-11-25", "morning", "2026-12-08"),
        ]

    @pytest.mark.parametrize("phase", [Phase.LOADING, Phase.MAINTENANCE])
    def test_of_a_panel_is_a_week_ahead(self, phase: Phase) -> None:
        found = occasions(None, phase, PANEL)

        assert brief(found) == [
            ("panel_due", 1, "2026-11-24", "morning", "2026-12-01"),
        ]

    def test_of_both_come_by_day_each_with_its_own_due_day(self) -> None:
        found = occasions(DOSE, Phase.MAINTENANCE, PANEL)

        assert [(o.purpose, o.due_on) for o in found] == [
            (Purpose.INJECTION_AHEAD, DOSE.due_on),
            (Purpose.INJECTION_AHEAD, DOSE.due_on),
            (Purpose.PANEL_DUE, PANEL.due_on),
            (Purpose.INJECTION_MISSED, DOSE.due_on),
        ]

    @pytest.mark.parametrize("phase", [Phase.WORKUP, Phase.PAUSED, Phase.CLOSED])
    def test_are_none_outside_of_treatment(self, phase: Phase) -> None:
        assert occasions(DOSE, phase, PANEL) == ()

    def test_are_none_where_nothing_is_open(self) -> None:
        assert occasions(None, Phase.MAINTENANCE, None) == ()

    def test_take_the_word_of_a_database_for_the_phase(self) -> None:
        assert occasions(DOSE, "loading", None) == occasions(DOSE, Phase.LOADING, None)

    def test_follow_the_rungs_that_a_clinic_has_chosen(self) -> None:
        chosen = [replace(DEFAULT_RUNGS[0], days=-14, until=-8)]

        found = occasions(DOSE, Phase.MAINTENANCE, PANEL, rungs=chosen)

        assert brief(found) == [
            ("injection_ahead", 1, "2026-11-09", "morning", "2026-11-15"),
        ]

    @pytest.mark.parametrize("phase", [Phase.LOADING, Phase.MAINTENANCE])
    def test_never_have_two_rungs_of_a_purpose_in_force_on_one_day(
        self, phase: Phase
    ) -> None:
        found = occasions(DOSE, phase, PANEL)
        days = [DUE + timedelta(days=n) for n in range(-20, 40)]

        for purpose in Purpose:
            for day in days:
                in_force = [
                    o
                    for o in found
                    if o.purpose is purpose and o.on <= day and not too_late(o, day)
                ]
                assert len(in_force) <= 1


class TestTooLate:
    @pytest.mark.parametrize(
        ("today", "answer"),
        [
            pytest.param(DUE - timedelta(days=30), False, id="long before"),
            pytest.param(DUE, False, id="on the due day itself"),
            pytest.param(DUE + timedelta(days=1), True, id="the day after"),
        ],
    )
    def test_begins_when_the_last_day_is_over(self, today: date, answer: bool) -> None:
        occasion = an_occasion(on=DUE - timedelta(days=1), last_on=DUE)

        assert too_late(occasion, today) is answer


class TestSendAt:
    @pytest.mark.parametrize(
        ("on", "at", "zone", "opens", "closes", "expected"),
        [
            pytest.param(
                date(2026, 11, 22),
                PartOfDay.MORNING,
                "Europe/London",
                time(9),
                time(20),
                datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
                id="a winter morning",
            ),
            pytest.param(
                date(2026, 7, 1),
                PartOfDay.MORNING,
                "Europe/London",
                time(9),
                time(20),
                datetime(2026, 7, 1, 8, 0, tzinfo=UTC),
                id="a summer morning",
            ),
            pytest.param(
                date(2026, 7, 1),
                PartOfDay.EVENING,
                "Europe/London",
                time(9),
                time(20),
                datetime(2026, 7, 1, 17, 0, tzinfo=UTC),
                id="two hours before the window closes",
            ),
            pytest.param(
                date(2026, 11, 22),
                PartOfDay.EVENING,
                "Europe/London",
                time(9),
                time(10, 30),
                datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
                id="not before a short window opens",
            ),
            pytest.param(
                date(2026, 11, 22),
                PartOfDay.MORNING,
                "Pacific/Auckland",
                time(9),
                time(20),
                datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
                id="the other end of the world",
            ),
            pytest.param(
                date(2026, 3, 29),
                PartOfDay.MORNING,
                "Europe/London",
                time(1, 30),
                time(20),
                datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
                id="half past one does not come: when the clocks change",
            ),
            pytest.param(
                date(2026, 10, 25),
                PartOfDay.MORNING,
                "Europe/London",
                time(1, 30),
                time(20),
                datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
                id="half past one comes twice: the first",
            ),
            pytest.param(
                date(2026, 9, 6),
                PartOfDay.MORNING,
                "America/Santiago",
                time(0, 0),
                time(20),
                datetime(2026, 9, 6, 4, 0, tzinfo=UTC),
                id="a day without a midnight",
            ),
            pytest.param(
                date(2026, 10, 4),
                PartOfDay.MORNING,
                "Australia/Lord_Howe",
                time(2, 10),
                time(20),
                datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
                id="clocks that change by half an hour",
            ),
        ],
    )
    def test_is_when_the_clinics_clock_says_so(
        self,
        on: date,
        at: PartOfDay,
        zone: str,
        opens: time,
        closes: time,
        expected: datetime,
    ) -> None:
        found = send_at(an_occasion(on=on, at=at), ZoneInfo(zone), opens, closes)

        assert (found, found.tzinfo) == (expected, UTC)

    @given(
        on=st.dates(date(2024, 1, 1), date(2040, 12, 31)),
        at=st.sampled_from(PartOfDay),
        zone=st.sampled_from(
            [
                "Europe/London",
                "America/Santiago",
                "Africa/Cairo",
                "Australia/Lord_Howe",
                "Pacific/Apia",
                "Asia/Kathmandu",
            ]
        ),
        opens=st.times(max_value=time(18)).map(lambda t: t.replace(microsecond=0)),
    )
    def test_is_inside_the_window_and_before_it_is_too_late(
        self, on: date, at: PartOfDay, zone: str, opens: time
    ) -> None:
        occasion, there = an_occasion(on=on, at=at), ZoneInfo(zone)

        found = send_at(occasion, there, opens, EIGHT_PM)

        assert in_window(found, there, opens, EIGHT_PM)
        assert found.astimezone(there).date() == on
        assert found < expires_at(occasion, there)


class TestExpiresAt:
    @pytest.mark.parametrize(
        ("last_on", "zone", "expected"),
        [
            pytest.param(
                DUE,
                "Europe/London",
                datetime(2026, 11, 24, tzinfo=UTC),
                id="the midnight after the last day",
            ),
            pytest.param(
                date(2026, 9, 5),
                "America/Santiago",
                datetime(2026, 9, 6, 4, 0, tzinfo=UTC),
                id="a midnight that does not come",
            ),
            pytest.param(
                date(2026, 10, 31),
                "America/Havana",
                datetime(2026, 11, 1, 4, 0, tzinfo=UTC),
                id="a midnight that comes twice",
            ),
        ],
    )
    def test_is_when_the_last_day_is_over(
        self, last_on: date, zone: str, expected: datetime
    ) -> None:
        occasion = an_occasion(on=last_on, last_on=last_on)

        assert expires_at(occasion, ZoneInfo(zone)) == expected

    def test_agrees_with_too_late(self) -> None:
        occasion = an_occasion(on=DUE, last_on=DUE)
        ends = expires_at(occasion, LONDON)
        a_second = timedelta(seconds=1)

        assert not too_late(occasion, (ends - a_second).astimezone(LONDON).date())
        assert too_late(occasion, ends.astimezone(LONDON).date())


class TestInWindow:
    @pytest.mark.parametrize(
        ("now", "answer"),
        [
            pytest.param("2026-07-01T07:59:59", False, id="a second before it opens"),
            pytest.param("2026-07-01T08:00:00", True, id="when it opens"),
            pytest.param("2026-07-01T18:59:59", True, id="a second before it closes"),
            pytest.param("2026-07-01T19:00:00", False, id="when it closes"),
            pytest.param("2026-07-01T23:30:00", False, id="at night"),
            pytest.param("2026-01-01T08:00:00", False, id="an hour later in winter"),
        ],
    )
    def test_reads_the_clock_of_the_clinic(self, now: str, answer: bool) -> None:
        instant = datetime.fromisoformat(now).replace(tzinfo=UTC)

        assert in_window(instant, LONDON, NINE, EIGHT_PM) is answer


class TestChannelsFor:
    @pytest.mark.parametrize(
        ("preferred", "reachable", "allowed", "ways"),
        [
            pytest.param("sms", "se", "se", "sen", id="text first"),
            pytest.param("email", "se", "se", "esn", id="e-mail first"),
            pytest.param("", "se", "se", "sen", id="no preference"),
            pytest.param("phone", "se", "se", "n", id="would rather be called"),
            pytest.param("sms", "se", "e", "en", id="no consent to text"),
            pytest.param("sms", "se", "s", "sn", id="no consent to e-mail"),
            pytest.param("sms", "se", "", "n", id="no consent at all"),
            pytest.param("sms", "e", "se", "en", id="no telephone"),
            pytest.param("email", "s", "se", "sn", id="no e-mail"),
            pytest.param("email", "", "se", "n", id="no address of any kind"),
        ],
    )
    def test_follows_preference_consent_and_address(
        self, preferred: str, reachable: str, allowed: str, ways: str
    ) -> None:
        short = {"s": Means.SMS, "e": Means.EMAIL, "n": Means.NURSE}

        found = channels_for(
            preferred=preferred,
            has_phone="s" in reachable,
            has_email="e" in reachable,
            sms_allowed="s" in allowed,
            email_allowed="e" in allowed,
        )

        assert found == tuple(short[letter] for letter in ways)
