"""What the database refuses about plans and injections."""

from patients.guards import Guard, belongs, install, of_one_patient, only_grows

_PLAN = ("schedules_plan", "id, patient_id, clinic_id")
_WHOSE = ("plan_id", "patient_id", "clinic_id")

GUARDS: tuple[Guard, ...] = (
    of_one_patient("schedules_plan"),
    of_one_patient("schedules_injection"),
    of_one_patient("schedules_override"),
    belongs("schedules_injection", _WHOSE, *_PLAN),
    belongs("schedules_override", _WHOSE, *_PLAN),
    belongs("schedules_dose", _WHOSE, *_PLAN),
    belongs("schedules_panel", _WHOSE, *_PLAN),
    belongs("schedules_suggestionanswer", _WHOSE, *_PLAN),
    belongs("schedules_alertentry", _WHOSE, *_PLAN),
    only_grows(
        "schedules_planevent",
        columns=(
            "id",
            "plan_id",
            "kind",
            "on",
            "start_on",
            "protocol_id",
            "interval",
            "review_on",
            "reason",
            "note",
        ),
    ),
    only_grows(
        "schedules_clinicparameters",
        columns=("id", "clinic_id", "version", "from_on", "values", "reason"),
    ),
    only_grows(
        "schedules_protocolreview",
        columns=("id", "protocol_id", "clinic_id", "step", "note"),
    ),
    only_grows(
        "schedules_suggestionanswer",
        columns=("id", "plan_id", "code", "rule", "answer", "reason", "answered_at"),
    ),
    # `about` stays open to change: an entry from before the log does not know it yet.
    only_grows(
        "schedules_alertentry",
        columns=(
            "id",
            "plan_id",
            "code",
            "rule",
            "version",
            "opened_on",
            "noticed_on",
        ),
    ),
    # What a replay says of an injection may change, and `plan_id` when a plan is found.
    only_grows(
        "schedules_injection",
        columns=(
            "id",
            "patient_id",
            "clinic_id",
            "given_on",
            "given_at",
            "outcome",
            "product",
            "dose_mg",
            "route",
            "site",
            "batch",
            "expires_on",
            "spoke_against",
        ),
    ),
    # A signature and the use of it are added once; the asking stays as it was.
    only_grows(
        "schedules_override",
        columns=(
            "id",
            "patient_id",
            "clinic_id",
            "plan_id",
            "act",
            "rule",
            "rule_version",
            "severity",
            "needs",
            "digest",
            "reason",
            "note",
            "asked_at",
            "asked_by_id",
            "role",
        ),
    ),
)


def install_schedules(*, using: str, **_: object) -> None:
    """Put the guards of this app in force, after `migrate`."""
    install(GUARDS, using)
