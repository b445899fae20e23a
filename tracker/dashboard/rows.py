"""One line of the list: who, where in the plan, what stands, and what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.words import TASKS, of
from schedules.alerts import Alert
from schedules.calendar import Calendar
from schedules.forecast import PlanFlag
from schedules.models import Plan
from schedules.phases import Phase
from schedules.windows import standing
from schedules.words import every
from tracker.dashboard import words
from tracker.dashboard.groups import Group
from tracker.dashboard.listed import ListedPatient, OpenSlot, asks_for_review
from tracker.dashboard.tags import Tag, alert_tag, is_worth_a_tag

SOON = timedelta(days=7)  # a blood test so near is taken with the injection


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something that can be done from a line of the list."""

    text: str
    url: str
    is_main: bool = False


@dataclass(frozen=True, kw_only=True)
class Row:
    """A patient on the list, in words."""

    url: str
    name: str
    about: str
    phase: str
    nerves: bool
    tag: Tag | None
    note: str
    tags: tuple[Tag, ...]
    buttons: tuple[Button, ...]


def row_of(
    patient: ListedPatient, *, today: date, calendar: Calendar, prescribes: bool
) -> Row:
    """Say how `patient` stands."""
    group = patient.group
    tag, note = _STANDS[group](patient, today, calendar) if group else (None, "")
    return Row(
        url=reverse("patient", args=[patient.id]),
        name=patient.name,
        about=words.age_and_birth(
            patient.age, patient.birth_date, patient.local_number
        ),
        phase=_phase(patient),
        nerves=_has_nerve_symptoms(patient),
        tag=tag,
        note=note,
        tags=_tags(patient, today),
        buttons=_buttons(patient, prescribes=prescribes),
    )


def _has_nerve_symptoms(patient: ListedPatient) -> bool:
    plan = patient.plan
    return plan is not None and plan.neurological == Plan.Neurological.YES


def _phase(patient: ListedPatient) -> str:
    plan = patient.plan
    if plan is None:
        return _("No plan")
    if plan.phase is Phase.LOADING and patient.dose:
        return _("Loading, dose %s") % patient.dose.ordinal
    if plan.phase is Phase.MAINTENANCE and plan.interval:
        return words.capital(every(plan.interval))
    return of(words.PHASES, plan.phase)


Stands = tuple[Tag | None, str]


def _dose_stands(patient: ListedPatient, today: date, calendar: Calendar) -> Stands:
    if patient.dose is None:
        return None, ""
    days = (today - patient.dose.due_on).days
    if days <= 0:
        return Tag(text=_("due today"), tone="good"), _placed(patient.dose, calendar)
    tone = "late" if today > patient.dose.closes_on else "warn"
    return Tag(text=words.days_late(days), tone=tone), _late(patient, today)


def _late(patient: ListedPatient, today: date) -> str:
    dose, plan = patient.dose, patient.plan
    if dose is None or plan is None:
        return ""
    due = _("due %s") % words.short_day(dose.due_on)
    if today <= dose.closes_on:
        until = words.short_day(dose.closes_on)
        return _("%(due)s; on time until %(until)s") % {"due": due, "until": until}
    stands = standing(
        due_on=dose.due_on,
        interval=plan.pace,
        phase=plan.phase,
        as_of=today,
        last_contact_on=patient.given.last_on,
        parameters=patient.parameters,
    )
    known = words.STANDINGS.get(stands)
    return f"{due}; {known}" if known else due


def _placed(dose: OpenSlot, calendar: Calendar) -> str:
    """Say why a dose is not due on the day that the protocol asks for."""
    if dose.due_on == dose.target_on:
        return ""
    why = calendar.why_closed(dose.target_on)
    target = words.short_day(dose.target_on)
    if why is None:
        return _("target %s") % target
    if not why:
        return _("target %s, clinic closed") % target
    return _("target %(day)s, clinic closed (%(why)s)") % {"day": target, "why": why}


def _panel_stands(patient: ListedPatient, today: date, _calendar: Calendar) -> Stands:
    if patient.panel is None:
        return None, ""
    days = (today - patient.panel.due_on).days
    if days <= 0:
        return Tag(text=_("due today"), tone="good"), _("blood test")
    tone = "late" if today > patient.panel.closes_on else "warn"
    due = _("blood test due %s") % words.short_day(patient.panel.due_on)
    return Tag(text=words.days_late(days), tone=tone), due


def _task_stands(patient: ListedPatient, _today: date, _calendar: Calendar) -> Stands:
    tag = Tag(text=_("no message reaches the patient"), tone="warn")
    return tag, of(TASKS, patient.task)


def _review_stands(patient: ListedPatient, _today: date, _calendar: Calendar) -> Stands:
    first = _first_warning(patient)
    if first is not None:
        note = str(first.text)
        return Tag(text=_("review"), tone="warn"), note
    tag = Tag(text=_("no next date"), tone="late")
    return tag, _("Treatment goes on, and no next injection is planned.")


def _first_warning(patient: ListedPatient) -> Alert | None:
    """Return the alert that a line of the reviews is about."""
    warnings = (a for a in patient.alerts if asks_for_review(patient.plan, (a,)))
    return next(warnings, None)


def _unverified_stands(
    patient: ListedPatient, _today: date, _calendar: Calendar
) -> Stands:
    given = patient.given
    if given.unplanned:
        count = ngettext(
            "%s injection without a plan", "%s injections without a plan",
            given.unplanned,
        )  # fmt: skip
        return Tag(text=count % given.unplanned, tone="warn"), ""
    note = _("Given elsewhere; dates do not count it until somebody accepts it.")
    return Tag(text=_("not verified"), tone="warn"), note


def _waiting_stands(
    patient: ListedPatient, _today: date, _calendar: Calendar
) -> Stands:
    if patient.plan is None:
        return Tag(text=_("no plan yet"), tone="warn"), ""
    return Tag(text=_("not started")), ""


def _pause_stands(patient: ListedPatient, today: date, _calendar: Calendar) -> Stands:
    review_on = patient.plan.review_on if patient.plan else None
    if review_on is None:
        return Tag(text=_("no review date"), tone="warn"), ""
    review = _("review %s") % words.short_day(review_on)
    if review_on < today:
        late = _("review was due %s") % words.short_day(review_on)
        return Tag(text=words.days_late((today - review_on).days), tone="late"), late
    tone = "warn" if review_on == today else ""
    return Tag(text=review, tone=tone), ""


def _coming_stands(patient: ListedPatient, today: date, calendar: Calendar) -> Stands:
    if patient.dose is None:
        return None, ""
    tag = Tag(text=words.short_day(patient.dose.due_on))
    if patient.dose.opens_on <= today:
        return tag, _("may be given already")
    return tag, _placed(patient.dose, calendar)


_STANDS: dict[Group, Callable[[ListedPatient, date, Calendar], Stands]] = {
    Group.OVERDUE: _dose_stands,
    Group.DUE: _dose_stands,
    Group.PANEL: _panel_stands,
    Group.UNREACHED: _task_stands,
    Group.REVIEW: _review_stands,
    Group.UNVERIFIED: _unverified_stands,
    Group.WAITING: _waiting_stands,
    Group.PAUSED: _pause_stands,
    Group.COMING: _coming_stands,
}


def _tags(patient: ListedPatient, today: date) -> tuple[Tag, ...]:
    """Return what else is true of somebody, besides why they are in their group."""
    found = [
        alert_tag(alert)
        for alert in patient.alerts
        if is_worth_a_tag(alert) and not _is_said(alert, patient)
    ]
    if patient.task and patient.group is not Group.UNREACHED:
        found.append(Tag(text=_("cannot be reached"), tone="warn"))
    if patient.given.unplanned and patient.group is not Group.UNVERIFIED:
        found.append(Tag(text=_("injection without a plan"), tone="warn"))
    if _takes_blood_too(patient, today):
        found.append(Tag(text=_("blood test too")))
    return tuple(found)


def _takes_blood_too(patient: ListedPatient, today: date) -> bool:
    """Tell whether the blood test can be taken with the injection."""
    is_due = patient.group in {Group.OVERDUE, Group.DUE}
    return is_due and patient.panel is not None and patient.panel.due_on <= today + SOON


def _is_said(alert: Alert, patient: ListedPatient) -> bool:
    """Tell whether the row says already what this alert would."""
    if patient.group is Group.UNVERIFIED:
        return alert.code == PlanFlag.PENDING_EXTERNAL
    return patient.group is Group.REVIEW and alert is _first_warning(patient)


def _buttons(patient: ListedPatient, *, prescribes: bool) -> tuple[Button, ...]:
    chart = Button(text=_("Chart"), url=reverse("patient", args=[patient.id]))
    main: dict[Group, tuple[str, str]] = {
        Group.OVERDUE: (_("Record"), "injection-new"),
        Group.DUE: (_("Record"), "injection-new"),
        Group.PANEL: (_("Add result"), "result-new"),
    }
    if prescribes:
        main[Group.WAITING] = (_("Start"), "plan-start")
    if patient.group not in main:
        return (chart,)
    text, name = main[patient.group]
    url = reverse(name, args=[patient.id])
    return Button(text=text, url=url, is_main=True), chart
