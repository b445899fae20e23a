"""What a safety rule does to an act, and how it is overruled."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

import patients.actions
import schedules.actions
from patients.background import Agreement, Allergen, Allergy, Reaction
from patients.medicines import Medicine, Taken
from patients.models import Clinic, Membership, Patient, User
from patients.refusals import Refused
from schedules.actions import Decision, Recorded, Stopped
from schedules.models import AlertEntry, Injection, Override
from schedules.safety import Answer, OverrideReason
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
    system,
)

pytestmark = pytest.mark.django_db

Role = Membership.Role
IN_ORDER = {"dose_mg": Decimal(1), "batch": "346A80", "expires_on": date(2027, 6, 30)}


def answer(rule: str, note: str = "discussed with the lead") -> Answer:
    return Answer(rule=rule, reason=OverrideReason.CLINICAL_JUDGEMENT, note=note)


def decision(clinic: Clinic, role: Role, *rules: str) -> Decision:
    """Return the decision of somebody new in this role, with answers to the rules."""
    return Decision(
        by=make_staff(clinic, role, name="Paul"),
        role=role,
        now=NOON,
        answers=tuple(answer(rule) for rule in rules),
    )


def intend(ada: Patient, by: Decision, **details: Any) -> Recorded:
    """Give an injection now, as long as no rule stops it."""
    return schedules.actions.record_injection(
        patient=ada,
        given_at=by.now,
        given_on=by.now.date(),
        details=IN_ORDER | details,
        now=by.now,
        by=by.by,
        intended=by,
        identified=True,
    )


def rules(stopped: pytest.ExceptionInfo[Stopped]) -> list[str]:
    return [found.rule.id for found in stopped.value.unanswered]


def allergic(clinic: Clinic) -> Patient:
    """Return somebody in loading in whom a cobalamin caused anaphylaxis."""
    ada = make_patient(clinic)
    make_loading_plan(ada)
    patients.actions.record_allergy(
        patient=ada,
        allergy=Allergy(allergen=Allergen.HYDROXOCOBALAMIN, reaction=Reaction.SERIOUS),
        now=NOON,
        by=system(),
    )
    return ada


class TestAnIntendedInjection:
    @pytest.mark.proves("S10b", "S16", "R01")
    def test_goes_on_where_nothing_asks(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        recorded = intend(ada, decision(ada.clinic, Role.NURSE))

        shown = [found.rule.id for found in recorded.findings]
        assert shown == ["S10b", "S16"]
        assert not recorded.injection.is_incident
        assert recorded.moved.dose_after is not None
        assert not Override.objects.exists()

    @pytest.mark.proves("S18", "R46")
    def test_is_stopped_on_the_day_of_another_unless_a_prescriber_says_why(
        self,
    ) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, TODAY)

        with pytest.raises(Stopped, match=r"Rule S18.*A prescriber may") as stopped:
            intend(ada, decision(ada.clinic, Role.PRESCRIBER))
        assert rules(stopped) == ["S18"]
        assert Injection.objects.count() == 1

        recorded = intend(ada, decision(ada.clinic, Role.PRESCRIBER, "S18"))

        kept = Override.objects.get()
        assert not recorded.injection.is_incident
        assert (kept.rule, kept.rule_version, kept.act) == ("S18", 1, "give")
        assert (kept.role, kept.used_at, kept.cosigned_by) == ("prescriber", NOON, None)
        assert (kept.reason, kept.note) == (
            "clinical_judgement",
            "discussed with the lead",
        )

    @pytest.mark.proves("S17", "S23", "R46")
    @pytest.mark.parametrize(
        ("details", "rule"),
        [
            pytest.param({"expires_on": date(2026, 11, 19)}, "S17", id="expired"),
            pytest.param({"route": "iv"}, "S17", id="into a vein"),
        ],
    )
    def test_is_stopped_by_some_rules_for_good(
        self, details: dict[str, Any], rule: str
    ) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        lead = decision(ada.clinic, Role.CLINICAL_LEAD, "S17", "S23")

        with pytest.raises(Stopped, match="Nobody may") as stopped:
            intend(ada, lead, **details)

        assert rules(stopped) == [rule]
        assert not Override.objects.exists()

    @pytest.mark.proves("S12")
    def test_is_acknowledged_once_as_long_as_the_facts_are_the_same(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_maintenance_plan(ada, TODAY - timedelta(days=70))
        self.thin(ada, "apixaban")
        nurse = decision(ada.clinic, Role.NURSE)
        with pytest.raises(Stopped, match="Rule S12"):
            intend(ada, nurse)

        intend(ada, decision(ada.clinic, Role.NURSE, "S12"))

        alert = AlertEntry.objects.get(plan=plan, code="S12")
        assert (alert.acknowledged_at, alert.note) == (NOON, "discussed with the lead")
        later = replace(nurse, now=NOON + timedelta(days=60))
        assert Override.objects.get().plan == plan
        assert intend(ada, later).findings[0].rule.id == "S12"
        self.thin(ada, "heparin")
        with pytest.raises(Stopped, match="Rule S12"):
            intend(ada, replace(nurse, now=NOON + timedelta(days=120)))

    def thin(self, ada: Patient, name: str) -> None:
        kind = Medicine.DOAC if name == "apixaban" else Medicine.WARFARIN
        patients.actions.record_medicine(
            patient=ada, taken=Taken(medicine=kind, name=name), now=NOON, by=system()
        )
        schedules.actions.replay_clinic(clinic=ada.clinic, today=TODAY)

    def test_is_for_today_and_here(self) -> None:
        ada = make_patient(make_clinic())
        nurse = decision(ada.clinic, Role.NURSE)

        with pytest.raises(Refused, match="given here, today"):
            intend(ada, nurse, source=Injection.Source.UNVERIFIED)
        with pytest.raises(Refused, match="intends an injection to fail"):
            intend(ada, nurse, outcome=Injection.Outcome.FAILED)

    def test_is_refused_where_consent_was_withdrawn(self) -> None:
        ada = make_patient(make_clinic())
        nurse = decision(ada.clinic, Role.NURSE)
        said: dict[str, Any] = {"patient": ada, "how": "by phone", "on": TODAY}
        said |= {"now": NOON, "by": system()}
        patients.actions.state_consent(**said, answer=Agreement.WITHDRAWN)

        with pytest.raises(Refused, match=r"20 November 2026.*\(rule T1\)"):
            intend(ada, nurse)
        assert give(ada, TODAY).pk  # what was given is recorded all the same
        ada.injections.all().update(voided_at=NOON, voided_by=system(), void_reason="x")
        patients.actions.state_consent(**said, answer=Agreement.GIVEN)

        assert intend(ada, nurse).injection.pk

    def test_wants_words_and_not_only_a_reason(self) -> None:
        ada = make_patient(make_clinic())
        nurse = replace(
            decision(ada.clinic, Role.PRESCRIBER), answers=(answer("S17", note=" "),)
        )

        with pytest.raises(Stopped, match="Rule S17"):
            intend(ada, nurse, batch="")


class TestWhatWasGivenAlready:
    @pytest.mark.proves("S17", "S18", "S23")
    def test_is_always_recorded_and_is_an_incident(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        give(ada, TODAY)

        second = give(
            ada,
            TODAY,
            given_at=NOON,
            route="iv",
            expires_on=date(2026, 11, 19),
            batch="OLD",
        )

        titles = {each["title"] for each in second.spoke_against}
        assert titles == {"Expired batch", "Intravenous", "Injected twice, or too soon"}
        assert {each["version"] for each in second.spoke_against} == {1}
        assert plan.injections.count() == 2
        assert list(Injection.objects.incidents()) == [second]

    @pytest.mark.proves("S18")
    def test_counts_for_the_guard(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, TODAY, given_at=NOON - timedelta(hours=1), route="iv")

        with pytest.raises(Stopped, match="Rule S18"):
            intend(ada, decision(ada.clinic, Role.NURSE))

    @pytest.mark.proves("S23")
    def test_may_have_gone_into_somebody_nobody_identified(self) -> None:
        ada = make_patient(make_clinic())

        recorded = schedules.actions.record_injection(
            patient=ada,
            given_at=NOON,
            given_on=TODAY,
            details=IN_ORDER,
            now=NOON,
            by=system(),
            identified=False,
        )

        assert [each["rule"] for each in recorded.injection.spoke_against] == ["S23"]

    def test_elsewhere_is_no_incident_of_ours(self) -> None:
        ada = make_patient(make_clinic())

        elsewhere = give(
            ada,
            TODAY,
            source=Injection.Source.UNVERIFIED,
            given_at=None,
            expires_on=date(2026, 1, 1),
        )

        assert not elsewhere.is_incident


class TestTwoPrescribers:
    @pytest.mark.proves("S10", "R46")
    def test_sign_one_after_the_other(self) -> None:
        ada = allergic(make_clinic())
        first = decision(ada.clinic, Role.PRESCRIBER, "S10")

        with pytest.raises(Stopped, match="It was asked for"):
            intend(ada, first)
        asked = Override.objects.get()
        assert (asked.used_at, asked.needs, asked.role) == (None, "P+P", "prescriber")
        with pytest.raises(Stopped):  # asked twice, written down once
            intend(ada, first)
        signed = self.sign(asked, Role.PRESCRIBER)

        intend(ada, replace(first, answers=()))

        used = Override.objects.get()
        assert (used.used_at, used.cosigned_by) == (NOON, signed.cosigned_by)
        assert used.cosigner_role == "prescriber"

    def test_decide_for_the_plan_until_the_facts_change(self) -> None:
        ada = allergic(make_clinic())
        first = decision(ada.clinic, Role.PRESCRIBER, "S10")
        with pytest.raises(Stopped):
            intend(ada, first)
        self.sign(Override.objects.get(), Role.PRESCRIBER)
        intend(ada, replace(first, answers=()))
        nurse = decision(ada.clinic, Role.NURSE)

        assert intend(ada, replace(nurse, now=NOON + timedelta(days=2)))

        with pytest.raises(Stopped, match="S10"):
            intend(
                ada,
                replace(nurse, now=NOON + timedelta(days=4)),
                product="cyanocobalamin",
            )

    def test_decide_about_one_injection_where_a_rule_is_about_one(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, TODAY)
        intend(ada, decision(ada.clinic, Role.PRESCRIBER, "S18"))

        with pytest.raises(Stopped, match="S18"):
            intend(
                ada,
                replace(
                    decision(ada.clinic, Role.NURSE), now=NOON + timedelta(hours=1)
                ),
            )

    def sign(self, asked: Override, role: Role) -> Override:
        return schedules.actions.cosign(
            override=asked, by=make_staff(asked.clinic, role), role=role, now=NOON
        )

    def test_are_two_and_are_prescribers(self) -> None:
        ada = allergic(make_clinic())
        first = decision(ada.clinic, Role.PRESCRIBER, "S10")
        with pytest.raises(Stopped):
            intend(ada, first)
        asked = Override.objects.get()

        with pytest.raises(Refused, match="asked for themselves"):
            schedules.actions.cosign(
                override=asked, by=first.by, role=first.role, now=NOON
            )
        with pytest.raises(Refused, match="Two prescribers"):
            self.sign(asked, Role.NURSE)
        with pytest.raises(Refused, match="does not wait"):
            schedules.actions.cosign(
                override=asked,
                by=make_staff(ada.clinic, Role.PRESCRIBER),
                role=Role.PRESCRIBER,
                now=NOON + timedelta(days=7),
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Override.objects.update(cosigned_at=NOON, cosigned_by=first.by)

    def test_are_not_asked_by_a_nurse(self) -> None:
        ada = allergic(make_clinic())

        with pytest.raises(Stopped, match="Two prescribers may go on") as stopped:
            intend(ada, decision(ada.clinic, Role.NURSE, "S10"))

        assert stopped.value.wishes == ()
        assert not Override.objects.exists()


class TestANurse:
    @pytest.mark.proves("S18")
    def test_asks_a_prescriber_to_sign(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        give(ada, TODAY)
        nurse = decision(ada.clinic, Role.NURSE, "S18")
        with pytest.raises(Stopped, match="once it is signed"):
            intend(ada, nurse)
        prescriber: User = make_staff(ada.clinic, Role.PRESCRIBER)

        schedules.actions.cosign(
            override=Override.objects.get(),
            by=prescriber,
            role=Role.PRESCRIBER,
            now=NOON,
        )

        assert intend(ada, nurse).injection.pk
        assert Override.objects.get().plan == plan

    @pytest.mark.proves("S11")
    def test_is_not_asked_again_of_a_warning_that_was_signed(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, TODAY - timedelta(days=70))
        patients.actions.record_allergy(
            patient=ada,
            allergy=Allergy(allergen=Allergen.COBALT, reaction=Reaction.MILD),
            now=NOON,
            by=system(),
        )
        nurse = decision(ada.clinic, Role.NURSE, "S11")
        with pytest.raises(Stopped, match="once it is signed"):
            intend(ada, nurse)
        schedules.actions.cosign(
            override=Override.objects.get(),
            by=make_staff(ada.clinic, Role.PRESCRIBER),
            role=Role.PRESCRIBER,
            now=NOON,
        )
        quietly = replace(nurse, answers=())
        intend(ada, quietly)

        assert intend(ada, replace(quietly, now=NOON + timedelta(days=60)))

    def test_asks_nobody_to_sign_what_nobody_may_go_on_with(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, TODAY)
        nurse = decision(ada.clinic, Role.NURSE, "S18")

        with pytest.raises(Stopped, match=r"in spite of this\.$"):
            intend(ada, nurse, expires_on=date(2026, 1, 1))

        assert not Override.objects.exists()
