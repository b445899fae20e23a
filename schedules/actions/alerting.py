"""
The log of alerts: opened and closed by a replay, acknowledged by people.

A replay writes only what changed, so that to replay twice writes nothing. No entry is
deleted: one that was never true in hindsight is closed, and says that facts changed.
"""

from collections.abc import Collection, Iterable
from datetime import date

from schedules import alerts, watching
from schedules.alerts import Alert, Key
from schedules.models import AlertEntry, Plan
from schedules.phases import Phase

Resolution = AlertEntry.Resolution


def keep(
    plan: Plan,
    foreseen: Collection[Alert],
    *,
    known: Iterable[AlertEntry],
    phase: Phase,
    today: date,
) -> None:
    """
    Write down what `plan` says from today on, and what has opened and closed.

    `known` are the entries of the log that were open until now.
    """
    said = watching.stored(foreseen)
    if plan.speaks != said:
        Plan.objects.filter(pk=plan.pk).update(speaks=said)
    speaking = {alert.key: alert for alert in alerts.speaking(foreseen, on=today)}
    entries = {entry.key: entry for entry in known}
    _recognise(entries, speaking.values())
    for key, entry in entries.items():
        if key not in speaking:
            _close(entry, *_end(key, foreseen, phase, today))
    new = [alert for key, alert in speaking.items() if key not in entries]
    AlertEntry.objects.bulk_create(_entry(plan, alert, today) for alert in new)


def _recognise(entries: dict[Key, AlertEntry], speaking: Iterable[Alert]) -> None:
    """Let entries from before the log stand for the alerts that they were about."""
    for alert in speaking:
        unknown = (alert.code, alert.of.version, AlertEntry.UNKNOWN)
        if unknown in entries and alert.key not in entries:
            entry = entries.pop(unknown)
            entry.about = alert.about
            entry.save(update_fields=("about",))
            entries[alert.key] = entry


def _end(
    key: Key, foreseen: Iterable[Alert], phase: Phase, today: date
) -> tuple[date, AlertEntry.Resolution]:
    """Return when an alert fell silent, and why."""
    if phase is Phase.CLOSED:
        return today, Resolution.PLAN_CLOSED
    for alert in foreseen:
        if alert.key == key and alert.until is not None and alert.until <= today:
            return alert.until, Resolution.TIME_PASSED
    return today, Resolution.FACTS_CHANGED


def _close(entry: AlertEntry, on: date, why: AlertEntry.Resolution) -> None:
    entry.closed_on, entry.resolution = on, why
    entry.save(update_fields=("closed_on", "resolution"))


def _entry(plan: Plan, alert: Alert, today: date) -> AlertEntry:
    return AlertEntry(
        plan=plan,
        patient_id=plan.patient_id,
        clinic_id=plan.clinic_id,
        code=alert.code,
        rule=alert.rule,
        version=alert.of.version,
        severity=alert.severity,
        about=alert.about,
        opened_on=alert.since,
        noticed_on=today,
    )
