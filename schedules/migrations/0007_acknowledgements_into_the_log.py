"""
Keep what was acknowledged before there was a log.

What those entries were about is not known; the next replay of each plan finds out.
"""

from zoneinfo import ZoneInfo

from django.db import migrations

VERSION = 1
UNKNOWN = "?"
RULES = {
    "CHILD": "S20",
    "PRODUCT_REVIEW": "S04",
    "EXPIRED_GIVEN": "S17",
    "GAP_OVER_TWO_INTERVALS": "2.8",
    "LOADING_INCOMPLETE": "2.4",
}


def keep(apps, _schema_editor):
    """Write an entry for each acknowledgement; the newest of a code is open still."""
    Acknowledgement = apps.get_model("schedules", "Acknowledgement")
    AlertEntry = apps.get_model("schedules", "AlertEntry")
    stands = set()
    for seen in Acknowledgement.objects.select_related("plan__clinic").order_by("-id"):
        plan = seen.plan
        zone = ZoneInfo(plan.clinic.time_zone)
        on = seen.acknowledged_at.astimezone(zone).date()
        key = (plan.pk, seen.code)
        is_open = plan.phase != "closed" and key not in stands
        stands.add(key)
        AlertEntry.objects.create(
            plan=plan,
            patient_id=plan.patient_id,
            clinic_id=plan.clinic_id,
            code=seen.code,
            rule=f"{RULES.get(seen.code, '')} v{VERSION}".strip(),
            version=VERSION,
            severity="warn",
            about=UNKNOWN,
            opened_on=on,
            noticed_on=on,
            closed_on=None if is_open else on,
            resolution="" if is_open else "facts_changed",
            acknowledged_at=seen.acknowledged_at,
            acknowledged_by_id=seen.acknowledged_by_id,
            note=seen.note,
        )


class Migration(migrations.Migration):
    dependencies = [
        ("schedules", "0006_the_log_of_alerts"),
    ]

    operations = [
        migrations.RunPython(keep, migrations.RunPython.noop),
        migrations.DeleteModel(name="Acknowledgement"),
    ]
