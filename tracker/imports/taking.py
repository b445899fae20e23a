"""Carrying out what a line of a list means, by the actions that a person would use."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

import patients.actions
import schedules.actions
from patients.actions import Wishes
from patients.models import Clinic, ContactPreference, Patient, User
from schedules.actions import Decision, Elsewhere
from schedules.calendar import Calendar
from schedules.intervals import Interval
from schedules.models import Injection, Protocol
from schedules.phases import CLINICAL_LEAD
from schedules.reading import calendar_of
from tracker.imports.comparing import Outcome
from tracker.imports.known import FROM_A_LIST
from tracker.imports.rows import ADULT_AT, Row

ELSEWHERE = "MAINTENANCE_ONLY"
USUAL_DOSE = Decimal(1)  # mg, rule R40
USUAL_PRODUCT = "hydroxocobalamin"


@dataclass(frozen=True)
class Taking:
    """One import into one clinic: when, and by whom."""

    clinic: Clinic
    now: datetime
    by: User

    @cached_property
    def today(self) -> date:
        """Return the clinic's civil day."""
        return self.clinic.day(self.now)

    @cached_property
    def protocol(self) -> Protocol:
        """Return the newest version of what people taken over follow."""
        return Protocol.objects.filter(code=ELSEWHERE).latest("version")

    @cached_property
    def calendar(self) -> Calendar:
        """Return the days on which the clinic is open, read once for all lines."""
        return calendar_of(self.clinic)

    def patient_of(self, outcome: Outcome) -> Patient | None:
        """Return whom a line means, if that is one known person."""
        if outcome.known is None:
            return None
        return Patient.objects.select_related("clinic").get(pk=outcome.known.patient_id)

    def take(self, outcome: Outcome) -> None:
        """Do what is to be done about a line; about a contradiction, nothing."""
        patient = self.patient_of(outcome)
        if patient is not None:
            self._update(patient, outcome)
        elif not outcome.differences:
            self._admit(outcome.row)

    # -- somebody new ---------------------------------------------------------------

    def _admit(self, row: Row) -> None:
        patient = patients.actions.admit(
            clinic=self.clinic,
            details=_details(row),
            wishes=self._wishes(True if row.sms_consent else None),
            now=self.now,
            by=self.by,
            is_known_new=True,
        )
        if not row.deceased:
            self._plan(patient, row)

    def _plan(self, patient: Patient, row: Row) -> None:
        """Take the treatment over; of a child's, nothing unseen (rule S20)."""
        is_adult = patient.age(self.today) >= ADULT_AT
        if row.last_injection_on and row.interval and is_adult:
            self._arrive(patient, row, row.last_injection_on, row.interval)
            return
        schedules.actions.open_plan(
            patient=patient,
            neurological=row.neurological,
            cause=row.diagnosis,
            product=row.product or USUAL_PRODUCT,
            decision=Decision(by=self.by, role=CLINICAL_LEAD, now=self.now),
        )
        self._record_unverified(patient, row)

    def _arrive(
        self, patient: Patient, row: Row, given_on: date, interval: Interval
    ) -> None:
        schedules.actions.arrive(
            patient=patient,
            treatment=Elsewhere(
                protocol=self.protocol,
                interval=interval,
                neurological=row.neurological,
                cause=row.diagnosis,
                product=row.product or USUAL_PRODUCT,
                given_on=given_on,
                dose_mg=row.dose_mg or USUAL_DOSE,
                batch=row.batch,
            ),
            role=CLINICAL_LEAD,
            now=self.now,
            by=self.by,
            calendar=self.calendar,
        )

    # -- somebody known -------------------------------------------------------------

    def _update(self, patient: Patient, outcome: Outcome) -> None:
        if outcome.changes or outcome.texts is not None:
            patients.actions.amend(
                patient=patient,
                changes=outcome.changes,
                wishes=self._wishes(outcome.texts),
                now=self.now,
                by=self.by,
            )
        if outcome.injects:
            self._record_unverified(patient, outcome.row)
        if outcome.dies:
            schedules.actions.record_death(
                patient=patient,
                on=outcome.row.deceased_on,
                role=CLINICAL_LEAD,
                now=self.now,
                by=self.by,
            )

    # -- words ----------------------------------------------------------------------

    def _record_unverified(self, patient: Patient, row: Row) -> None:
        if row.last_injection_on is not None:
            schedules.actions.record_injection(
                patient=patient,
                given_at=None,
                given_on=row.last_injection_on,
                details={
                    "source": Injection.Source.UNVERIFIED,
                    "product": row.product or USUAL_PRODUCT,
                    "dose_mg": row.dose_mg or USUAL_DOSE,
                    "batch": row.batch,
                },
                now=self.now,
                by=self.by,
            )

    def _wishes(self, texts: bool | None) -> Wishes:
        """Return what the list says of texts; only a clear word is written down."""
        said = {} if texts is None else {ContactPreference.Channel.SMS: texts}
        return Wishes(said=said, evidence=f"{FROM_A_LIST}, {self.today:%-d %B %Y}")


def _details(row: Row) -> dict[str, object]:
    """Return the columns of a patient."""
    return {
        "family_name": row.family_name,
        "given_name": row.given_name,
        "birth_date": row.birth_date,
        "gender": row.gender,
        "nhs_number": row.nhs_number,
        "local_number": row.local_number,
        "phone": row.phone or "",
        "email": row.email or "",
        "preferred_channel": row.preferred,
        "is_deceased": row.deceased,
        "deceased_on": row.deceased_on,
    }
