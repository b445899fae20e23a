"""Any act can be asked what it would move, and leaves no trace of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse

from notifications.models import Reminder
from patients.models import Clinic
from schedules.actions.judging import ASKED, WOULD_BE_ASKED
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
)
from tests.tracker.dashboard.test_board import make_task
from tests.tracker.test_every_page import GUARDED, address, records_of
from tracker.preview.which import WITHOUT

pytestmark = pytest.mark.django_db

#: What is written for a session is not the act's.
APART = {"django_session"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def dump() -> dict[str, list[Any]]:
    """Return every row of every table."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(set(connection.introspection.table_names()) - APART):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(cursor.fetchall(), key=repr)
    return found


def asked(client: Client, where: str, **said: Any) -> Any:
    """Return the answer to what would move, having seen that nothing was written."""
    before = dump()
    answer = client.post(f"{where}?preview=1", said)
    assert dump() == before
    return answer


INJECTION = {
    "confirmed": "on",
    "source": "here",
    "given_on": "2026-11-20",
    "given_time": "09:30",
    "outcome": "given",
    "product": "hydroxocobalamin",
    "dose_mg": "1",
    "route": "im",
}


class TestPages:
    def test_tell_what_an_injection_would_move(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 9, 15))
        make_task(plan)
        where = reverse("injection-new", args=[plan.patient_id])

        answer = asked(enter(clinic), where, **INJECTION)

        text = answer.content.decode()
        assert answer.status_code == 200
        assert "Mon 16 Nov 2026" in text  # is due
        assert "Fri 15 Jan 2027" in text  # would be
        assert "Nothing is written yet." in text
        assert '<input type="hidden" name="given_time" value="09:30">' in text
        assert "no-store" in answer["Cache-Control"]
        assert "Recorded" not in text
        assert told(answer) == []
        assert not plan.injections.filter(given_on=TODAY).exists()
        assert Reminder.objects.filter(plan=plan).count() == 1

    def test_do_it_when_told_to_go_ahead(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 9, 15))
        where = reverse("injection-new", args=[plan.patient_id])
        client = enter(clinic)
        entered = asked(client, where, **INJECTION).context["entered"]

        answer = client.post(where, dict(entered))

        assert answer.status_code == 302
        assert plan.injections.filter(given_on=TODAY).count() == 1

    def test_offer_the_question_beside_the_act(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        where = reverse("plan-decide", args=[plan.patient_id, "paused"])

        text = enter(clinic).get(where).content.decode()

        assert f'formaction="{where}?preview=1"' in text
        assert "What would move?" in text

    def test_refuse_as_the_act_would_each_time(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        half_past_nine = NOON.replace(hour=9, minute=30)
        give(plan.patient, TODAY, given_at=half_past_nine)
        where, client = reverse("injection-new", args=[plan.patient_id]), enter(clinic)

        heard = [refusals(asked(client, where, **INJECTION)) for _ in range(2)]

        assert heard[0] == heard[1] == refusals(client.post(where, INJECTION))
        assert heard[0] == {
            "given_on": ["An injection on 20 November 2026 is recorded already."]
        }

    def test_ask_nobody_to_sign_what_is_only_asked_about(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        give(plan.patient, TODAY)
        where, client = reverse("injection-new", args=[plan.patient_id]), enter(clinic)
        said = INJECTION | {
            "when": "now",
            "batch": "346A80",
            "expires_on": "2026-12-31",
            "overrule_S18-reason": "no_alternative",
            "overrule_S18-note": "the first one ran out",
        }

        (reason,) = refusals(asked(client, where, **said))["__all__"]
        (then,) = refusals(client.post(where, said))["__all__"]

        assert reason.endswith(WOULD_BE_ASKED)
        assert then.endswith(ASKED)
        assert reason.removesuffix(WOULD_BE_ASKED) == then.removesuffix(ASKED)

    def test_say_what_stands_against_the_act(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        where = reverse("plan-decide", args=[plan.patient_id, "resumed"])

        answer = asked(enter(clinic), where)

        assert answer.status_code == 400
        assert b"This cannot be decided as the plan stands now." in answer.content

    def test_count_the_plans_that_a_closure_would_move(self, clinic: Clinic) -> None:
        for day in (21, 21, 25):
            make_maintenance_plan(make_patient(clinic), date(2026, 9, day))
        said = {"kind": "closure", "on": "2026-11-23", "reason": "training"}

        lead = enter(clinic, Role.CLINICAL_LEAD)
        answer = asked(lead, reverse("clinic-day-add"), **said)

        text = answer.content.decode()
        assert "Dates would move in 2 plans of 3." in text
        assert text.count("Tue 24 Nov 2026") >= 2
        assert not clinic.calendar_days.filter(on="2026-11-23").exists()

    def test_open_a_plan_only_in_words(self, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        said = {
            "neurological": "no",
            "interval": "2m",
            "product": "hydroxocobalamin",
            "reason": "established_elsewhere",
        }
        give(ada, TODAY - timedelta(days=30))

        prescriber = enter(clinic, Role.PRESCRIBER)
        where = reverse("plan-take-over", args=[ada.pk])
        text = asked(prescriber, where, **said).content.decode()

        assert "no plan" in text
        assert "Maintenance" in text
        assert not ada.plans.exists()

    @pytest.mark.parametrize("said", ["", "0", "true", "1&preview=1"])
    def test_do_nothing_where_the_question_is_not_clear(
        self, clinic: Clinic, said: str
    ) -> None:
        plan = make_loading_plan(make_patient(clinic))
        where = reverse("injection-new", args=[plan.patient_id])

        answer = enter(clinic).post(f"{where}?preview={said}", INJECTION)

        assert answer.status_code == 400
        assert not plan.injections.exists()

    def test_send_a_stranger_to_sign_in(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        where = reverse("injection-new", args=[plan.patient_id])

        answer = asked(Client(), where, **INJECTION)

        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("sign-in"))


class TestEveryAct:
    """Whatever is posted, and wherever: a preview of it writes nothing."""

    def test_of_a_page_is_previewed_or_says_why_not(self, clinic: Clinic) -> None:
        records = records_of(clinic)
        lead = enter(clinic, Role.CLINICAL_LEAD)
        plausible = INJECTION | {
            "reason": "other",
            "neurological": "yes",
            "review_on": "2026-11-24",
            "kind": "closure",
            "on": "2026-11-23",
        }
        for place in GUARDED:
            where = address(place, records)
            form = getattr(lead.get(where), "context", None) or {}
            said = {**plausible, **_offered(form)}

            answer = asked(lead, where, **said)

            refused = b"cannot be previewed" in answer.content
            assert refused == (place.name in WITHOUT), place.name
            assert answer.status_code in {200, 400, 404, 405}, place.name

    def test_that_has_no_preview_is_an_act(self) -> None:
        assert set(WITHOUT) <= _names(get_resolver())
        assert all(str(why).endswith(".") for why in WITHOUT.values())


def _offered(context: Any) -> dict[str, Any]:
    form = context.get("form") if context else None
    if form is None:
        return {}
    found = {name: form[name].value() for name in form.fields}
    return {name: said for name, said in found.items() if said not in (None, "")}


def _names(resolver: Any) -> set[str]:
    names: set[str] = set()
    for each in resolver.url_patterns:
        names |= _names(each) if hasattr(each, "url_patterns") else {each.name}
    return names
