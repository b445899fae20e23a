"""What the safety rules stop of plans and medicines, and who may go on."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import patients.actions
import schedules.actions
from patients.background import Allergen, Allergy, Reaction
from patients.medicines import Medicine, Taken
from patients.models import Clinic, Membership, Patient
from patients.refusals import Refused
from schedules.actions import Answers, Decision, Stopped
from schedules.intervals import Interval
from schedules.models import Override, Plan
from schedules.safety import Answer, OverrideReason
from tests.factories import (
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
    newest,
    system,
)

pytestmark = pytest.mark.django_db

Role = Membership.Role
LEAD, PRESCRIBER, NURSE = Role.CLINICAL_LEAD, Role.PRESCRIBER, Role.NURSE


def answers(*rules: str) -> tuple[Answer, ...]:
    return tuple(
        Answer(rule=rule, reason=OverrideReason.SPECIALIST_ADVICE, note="by letter")
        for rule in rules
    )


def decision(clinic: Clinic, role: Role, reason: str, *rules: str) -> Decision:
    """Return the decision of somebody new in this role, with answers to the rules."""
    user = make_staff(clinic, role, name="Paul")
    return decided(reason, by=user, role=role, answers=answers(*rules))


def sign(asked: Override, role: Role) -> None:
    schedules.actions.cosign(
        override=asked, by=make_staff(asked.clinic, role), role=role, now=NOON
    )


def begin(ada: Patient, by: Decision, **changes: Any) -> None:
    """Start treatment of somebody who has no plan yet."""
    details = {
        "protocol": newest("NEURO_ALT"),
        "neurological": "yes",
        "cause": "pernicious anaemia",
        "product": "hydroxocobalamin",
        "start_on": TODAY,
        "answers": Answers(consent="said so", no_known_allergies=True),
    }
    schedules.actions.begin(patient=ada, decision=by, **(details | changes))


def gentle() -> dict[str, Any]:
    return {"protocol": newest("NON_NEURO_3W2")}


class TestAStart:
    @pytest.mark.proves("R14", "R46")
    def test_of_a_course_too_gentle_needs_a_prescribers_reason(self) -> None:
        ada = make_patient(make_clinic())
        with pytest.raises(Stopped, match="Rule R14") as stopped:
            begin(ada, decision(ada.clinic, PRESCRIBER, "deficiency"), **gentle())
        assert stopped.value.field == "protocol"
        assert not Plan.objects.exists()

        begin(ada, decision(ada.clinic, PRESCRIBER, "deficiency", "R14"), **gentle())

        kept = Override.objects.get()
        assert (kept.rule, kept.act, kept.plan) == (
            "R14",
            "start_loading",
            Plan.objects.get(),
        )

    @pytest.mark.proves("S20", "R46")
    def test_of_a_child_needs_two_prescribers(self) -> None:
        ada = make_patient(make_clinic(), birth_date=date(2010, 11, 21))
        first = decision(ada.clinic, PRESCRIBER, "deficiency", "S20")
        with pytest.raises(Stopped, match="It was asked for"):
            begin(ada, first)
        assert not Plan.objects.exists()  # but what was asked stays
        sign(Override.objects.get(), LEAD)

        begin(ada, first)

        assert Plan.objects.get().phase == "loading"
        assert Override.objects.get().used_at == NOON

    @pytest.mark.proves("S20")
    def test_on_the_sixteenth_birthday_needs_nobody(self) -> None:
        ada = make_patient(make_clinic(), birth_date=date(2010, 11, 20))

        begin(ada, decision(ada.clinic, PRESCRIBER, "deficiency"))

        assert Plan.objects.get().phase == "loading"

    @pytest.mark.proves("S10", "S11")
    def test_with_allergies(self) -> None:
        ada = make_patient(make_clinic())
        for allergen in (Allergen.EXCIPIENT, Allergen.COBALT):
            patients.actions.record_allergy(
                patient=ada,
                allergy=Allergy(allergen=allergen, reaction=Reaction.SERIOUS),
                now=NOON,
                by=system(),
            )
        known = {"answers": Answers(consent="said so")}

        with pytest.raises(Stopped) as stopped:
            begin(ada, decision(ada.clinic, PRESCRIBER, "deficiency"), **known)

        asked = [found.rule.id for found in stopped.value.unanswered]
        assert asked == ["S10", "S11"]

    @pytest.mark.proves("S04", "S09", "R15", "R16")
    def test_reads_the_laboratory(self) -> None:
        ada = make_patient(make_clinic())
        for test, value, unit in (
            ("egfr", 42, "mL/min/{1.73_m2}"),
            ("potassium", Decimal("2.9"), "mmol/L"),
            ("haemoglobin", Decimal("7.4"), "g/dL"),
        ):
            schedules.actions.record_result(
                patient=ada,
                test=test,
                value=Decimal(value),
                unit=unit,
                drawn_on=TODAY,
                now=NOON,
                by=system(),
            )

        with pytest.raises(Stopped) as stopped:
            begin(
                ada,
                decision(ada.clinic, PRESCRIBER, "deficiency"),
                product="cyanocobalamin",
            )

        told = {found.rule.id: found.severity for found in stopped.value.unanswered}
        assert told == {"S04": "BLOCK", "S09": "BLOCK"}
        begin(
            ada,
            decision(ada.clinic, PRESCRIBER, "deficiency", "S04", "S09"),
            product="cyanocobalamin",
        )
        assert set(Override.objects.values_list("rule", flat=True)) == {"S04", "S09"}


def every(plan: Plan, interval: str, by: Decision) -> None:
    schedules.actions.change_interval(
        plan=plan, interval=Interval.parse(interval), decision=by
    )


class TestAnInterval:
    @pytest.mark.proves("S22")
    def test_beyond_three_months_needs_a_prescriber_and_for_nerves_the_lead(
        self,
    ) -> None:
        clinic = make_clinic()
        last = TODAY - timedelta(days=30)
        mild = make_maintenance_plan(make_patient(clinic), last)
        nerves = make_maintenance_plan(make_patient(clinic), last, neurological="yes")
        by = decision(clinic, PRESCRIBER, "symptoms_controlled", "S22")

        every(mild, "4m", by)
        with pytest.raises(Stopped, match="The clinical lead has to agree"):
            every(nerves, "4m", by)
        sign(Override.objects.get(used_at=None), LEAD)
        every(nerves, "4m", by)

        for plan in (mild, nerves):
            plan.refresh_from_db()
            assert plan.interval == "4m"
        with pytest.raises(Stopped, match="Nobody may"):
            every(mild, "6m", decision(clinic, LEAD, "symptoms_controlled", "S22"))

    @pytest.mark.proves("S08", "R37")
    def test_never_changes_for_a_laboratory_value(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Stopped, match=r"Rule S08.*Nobody may"):
            every(plan, "3m", decision(plan.clinic, LEAD, "b12_high", "S08"))


class TestTheEnd:
    @pytest.mark.proves("T8")
    def test_for_a_cause_that_stays_needs_the_lead(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        Plan.objects.filter(pk=plan.pk).update(cause_code="autoimmune_gastritis")
        by = decision(plan.clinic, PRESCRIBER, "cause_resolved", "T8")
        with pytest.raises(Stopped, match="Rule T8"):
            schedules.actions.close_plan(plan=plan, decision=by)
        sign(Override.objects.get(), LEAD)

        schedules.actions.close_plan(plan=plan, decision=by)

        plan.refresh_from_db()
        assert plan.phase == "closed"

    @pytest.mark.proves("S08")
    def test_is_no_pause_for_a_laboratory_value_either(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Stopped, match="Rule S08"):
            schedules.actions.pause(
                plan=plan,
                review_on=TODAY + timedelta(days=3),
                decision=decision(plan.clinic, LEAD, "levels_in_range"),
            )


def start(ada: Patient, taken: Taken, by: Decision) -> None:
    schedules.actions.start_medicine(patient=ada, taken=taken, decision=by)


class TestAMedicine:
    FOLIC_ACID = Taken(
        medicine=Medicine.FOLIC_ACID, daily_mg=Decimal(5), started_on=TODAY
    )

    @pytest.mark.proves("S01", "R19")
    def test_of_folic_acid_is_stopped_before_b12_but_for_a_prescriber(self) -> None:
        ada = make_patient(make_clinic())
        nurse = decision(ada.clinic, NURSE, "", "S01")
        with pytest.raises(Stopped, match=r"Rule S01.*asked for"):
            start(ada, self.FOLIC_ACID, nurse)
        assert not ada.medicines.exists()
        sign(Override.objects.get(), PRESCRIBER)

        start(ada, self.FOLIC_ACID, replace(nurse, answers=()))

        assert ada.medicines.count() == 1

    def test_that_nobody_can_take_asks_no_rule(self) -> None:
        ada = make_patient(make_clinic())

        with pytest.raises(Refused, match="dose") as refused:
            start(
                ada,
                replace(self.FOLIC_ACID, daily_mg=Decimal(-1)),
                decision(ada.clinic, NURSE, ""),
            )

        assert refused.value.field == "daily_mg"

    @pytest.mark.proves("S01", "S02", "R20")
    def test_of_folic_acid_goes_with_b12_and_is_a_record_once_it_is_taken(
        self,
    ) -> None:
        clinic = make_clinic()
        ada, grace = make_patient(clinic), make_patient(clinic)
        give(ada, TODAY)
        nurse = decision(clinic, NURSE, "")

        start(ada, self.FOLIC_ACID, nurse)
        before = replace(self.FOLIC_ACID, started_on=TODAY - timedelta(days=1))
        start(grace, before, nurse)

        assert ada.medicines.count() == grace.medicines.count() == 1

    @pytest.mark.proves("S01b", "S01")
    def test_of_a_little_folic_acid_adds_to_what_is_taken(self) -> None:
        ada = make_patient(make_clinic())
        little = replace(self.FOLIC_ACID, daily_mg=Decimal("0.4"))
        nurse = decision(ada.clinic, NURSE, "")

        with pytest.raises(Stopped, match="Rule S01b"):
            start(ada, little, nurse)
        before = replace(self.FOLIC_ACID, daily_mg=Decimal("0.6"), started_on=None)
        start(ada, before, nurse)
        with pytest.raises(Stopped, match=r"Rule S01\."):
            start(ada, replace(little, name="another"), nurse)

    @pytest.mark.proves("S06", "S07", "R38")
    def test_of_b12_by_mouth_asks_about_nerves(self) -> None:
        clinic = make_clinic()
        ada, grace = make_patient(clinic), make_patient(clinic)
        make_loading_plan(ada)
        make_maintenance_plan(grace, TODAY - timedelta(days=30))
        tablets = Taken(
            medicine=Medicine.CYANOCOBALAMIN, daily_mg=Decimal(1), started_on=TODAY
        )
        prescriber = decision(clinic, PRESCRIBER, "")

        with pytest.raises(Stopped, match="Rule S06"):
            start(ada, tablets, prescriber)
        start(grace, tablets, prescriber)
        start(ada, tablets, replace(prescriber, answers=answers("S06")))

        assert Override.objects.get().act == "switch_to_oral"
