"""
What holds for every page there is, and for every page there will be.

The pages are read from the table of addresses, so that a new one is held to this before
it has a test of its own.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

import tracker.imports.actions
from patients.access import ALLOWED, May
from patients.models import Clinic, Membership
from schedules.models import Injection, Protocol
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_assessment,
    make_background,
    make_clinic,
    make_patient,
    make_plan,
    make_request,
    make_staff,
    system,
)
from tests.tracker.dashboard.test_board import make_line, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

SAMPLE = Path(__file__).parents[1] / "samples" / "practice-list.csv"

PUBLIC = {"health-live", "health-ready", "sign-in"}
# Open to whoever is signed in: no record of a clinic is behind them.
WITHOUT_A_SEAT = {"sign-out", "switch-clinic"}


@dataclass(frozen=True)
class Page:
    """An address, and what has to be known to go there."""

    name: str
    view: Callable[..., HttpResponse]
    words: tuple[str, ...]  # what the address asks for, such as `pk`

    @property
    def needs(self) -> May | None:
        return getattr(self.view, "needs", None)


def pages(resolver: URLResolver) -> Iterator[Page]:
    """Yield every page; the endpoints of the API are walked by a test of theirs."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            if str(found.pattern) != "api/v1/":
                yield from pages(found)
        elif isinstance(found, URLPattern):
            words = tuple(found.pattern.converters)
            yield Page(str(found.name), found.callback, words)


PAGES = sorted(pages(get_resolver()), key=lambda place: place.name)
GUARDED = [place for place in PAGES if place.name not in PUBLIC | WITHOUT_A_SEAT]
SHARED = {"protocol"}  # the same for every clinic
OF_RECORDS = [p for p in GUARDED if p.words and p.name not in SHARED]


def named(place: Page) -> str:
    return place.name


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def records_of(clinic: Clinic) -> dict[str, int]:
    """Return one record of each kind in `clinic`, by what its addresses begin with."""
    patient = make_patient(clinic)
    plan = make_plan(patient, neurological="unknown")
    injection = give(patient, TODAY, source=Injection.Source.UNVERIFIED, given_at=None)
    result = patient.lab_results.create(
        clinic=clinic,
        test="b12",
        value=200,
        unit="pmol/L",
        drawn_on=TODAY,
        recorded_at=NOON,
        recorded_by=system(),
    )
    facts = make_background(patient)
    file = tracker.imports.actions.upload_list(
        clinic=clinic,
        data=SAMPLE.read_bytes(),
        file_name="list.csv",
        now=NOON,
        by=system(),
    )
    return {
        "patients/": patient.pk,
        "protocols/": Protocol.objects.earliest("pk").pk,
        "decisions/": plan.events.earliest("pk").pk,
        "injections/": injection.pk,
        "results/": result.pk,
        **{f"{kind}/": fact.pk for kind, fact in facts.items()},
        "assessments/": make_assessment(patient).pk,
        "messages/": make_task(plan).pk,
        "co-sign/": make_request(patient).pk,
        "import/lines/": make_line(clinic).pk,
        "import/": file.pk,
        "clinic/days/": clinic.calendar_days.earliest("on").pk,
    }


def address(place: Page, records: dict[str, int] | int | None = None) -> str:
    """Return where `place` is, for one of `records` or for a number."""
    said: dict[str, Any] = {"kind": "paused", "code": "CHILD"}
    number = next((word for word in place.words if word not in said), None)
    kwargs = {word: said[word] for word in place.words if word in said}
    if number is None:
        return reverse(place.name, kwargs=kwargs)
    if isinstance(records, int):
        return reverse(place.name, kwargs={number: records} | kwargs)
    shape = reverse(place.name, kwargs={number: 1} | kwargs).lstrip("/")
    prefix = max((p for p in records or {} if shape.startswith(p)), key=len)
    return reverse(place.name, kwargs={number: (records or {})[prefix]} | kwargs)


def knock(client: Client, where: str) -> list[HttpResponse]:
    """Ask for an address in the two ways a browser can."""
    return [client.get(where), client.post(where)]


def answered(answers: list[HttpResponse]) -> set[int]:
    """Return how a page answered; that one way is not open to it says nothing."""
    return {answer.status_code for answer in answers} - {405}


RUBBISH = (
    "page=x&q=%00&group=%ff",
    "page=1&q=%ed%a0%80&group=%ed%b0%80&from_on=%ed%a0%80",
    "page=-1&q=%25%27%22&group=overdue&group=due",
    "page=99999999999999999999&from_on=2026-02-30&to_on=x",
    "from_on=0001-01-01&to_on=9999-12-31&state=%00&next=//evil.example",
    "from_on=2026-11-20&to_on=2026-11-01&q=" + "a" * 4000,
)
OFTEN_ASKED = {"note", "next", "reason", "clinic", "kind", "on"}


class TestEveryPage:
    def test_says_what_it_needs(self) -> None:
        unguarded = {place.name for place in GUARDED if place.needs is None}

        assert unguarded == set()
        assert len(GUARDED) > 20

    def test_asks_who_is_there(self, client: Client, subtests: pytest.Subtests) -> None:
        for place in GUARDED:
            with subtests.test(place.name):
                where = address(place, 1)

                answers = [a for a in knock(client, where) if a.status_code != 405]

                assert answers
                for answer in answers:
                    assert answer.status_code == 302
                    assert answer["Location"].startswith(reverse("sign-in"))

    @pytest.mark.parametrize("role", Membership.Role)
    def test_refuses_a_role_without_the_right(
        self,
        client: Client,
        clinic: Clinic,
        subtests: pytest.Subtests,
        role: Membership.Role,
    ) -> None:
        records = records_of(clinic)
        client.force_login(make_staff(clinic, role))
        for place in GUARDED:
            if place.needs in ALLOWED[role]:
                continue
            with subtests.test(place.name):
                assert answered(knock(client, address(place, records))) == {403}

    def test_refuses_who_has_no_seat(
        self, client: Client, clinic: Clinic, subtests: pytest.Subtests
    ) -> None:
        user = make_staff(clinic)
        user.memberships.all().delete()
        client.force_login(user)
        for place in GUARDED:
            with subtests.test(place.name):
                assert answered(knock(client, address(place, 1))) == {403}

    def test_knows_nothing_of_another_clinic(
        self, client: Client, clinic: Clinic, subtests: pytest.Subtests
    ) -> None:
        foreign = records_of(make_clinic())
        client.force_login(make_staff(clinic, Membership.Role.CLINICAL_LEAD))
        for place in OF_RECORDS:
            with subtests.test(place.name):
                assert answered(knock(client, address(place, foreign))) == {404}

    def test_knows_nothing_of_a_number_that_nobody_has(
        self, client: Client, clinic: Clinic, subtests: pytest.Subtests
    ) -> None:
        client.force_login(make_staff(clinic, Membership.Role.CLINICAL_LEAD))
        for place in OF_RECORDS:
            for number in (0, 2**31, 2**63, 10**30):
                with subtests.test(place.name, number=number):
                    assert answered(knock(client, address(place, number))) == {404}

    @pytest.mark.parametrize("query", RUBBISH, ids=lambda query: query[:20])
    def test_survives_a_rubbish_query(
        self, client: Client, clinic: Clinic, subtests: pytest.Subtests, query: str
    ) -> None:
        records = records_of(clinic)
        client.force_login(make_staff(clinic, Membership.Role.CLINICAL_LEAD))
        for place in PAGES:
            with subtests.test(place.name):
                answer = client.get(f"{address(place, records)}?{query}")

                assert answer.status_code in {200, 302, 400, 404, 405}

    @pytest.mark.parametrize("place", GUARDED, ids=named)
    def test_survives_a_rubbish_form(
        self, client: Client, clinic: Clinic, place: Page
    ) -> None:
        where = address(place, records_of(clinic))
        client.force_login(make_staff(clinic, Membership.Role.CLINICAL_LEAD))
        asked = set(re.findall(r'name="(\w+)"', client.get(where).content.decode()))

        for rubbish in ("", "\x00", "-1", "9" * 400, "2026-02-30", "٣", "é" * 5000):
            answer = client.post(where, dict.fromkeys(asked | OFTEN_ASKED, rubbish))

            assert answer.status_code in {200, 302, 400, 404, 405}, repr(rubbish[:9])

    def test_holds_nothing_that_its_policy_forbids(
        self, client: Client, clinic: Clinic, subtests: pytest.Subtests
    ) -> None:
        records = records_of(clinic)
        client.force_login(make_staff(clinic, Membership.Role.CLINICAL_LEAD))
        for place in GUARDED:
            answer = client.get(address(place, records))
            if answer.status_code != 200 or "html" not in answer["Content-Type"]:
                continue
            with subtests.test(place.name):
                text = answer.content.decode()
                assert not re.search(r"<style|\sstyle=|<script(?! src=)|\son\w+=", text)
                assert text.count("<h1") == 1
                assert "default-src 'none'" in answer["Content-Security-Policy"]
