"""
What the database itself refuses, and Django cannot say.

Three kinds of guard, each one sentence on PostgreSQL and on SQLite: rows that belong
together (a composite key: patient *and* clinic), tables that only grow, and states that
only move along legal edges. They are installed after every `migrate`, because SQLite
forgets triggers when it rebuilds a table. Later apps describe theirs in their own
`guards.py` with the words of this one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


@dataclass(frozen=True)
class Guard:
    """One thing the database refuses, in both its languages."""

    name: str
    table: str
    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


def belongs(table: str, columns: tuple[str, ...], parent: str, keys: str) -> Guard:
    """Return the guard that `columns` of `table` name one row of `parent`."""
    name = f"{table}_belongs_to_{parent}"
    ours = ", ".join(columns)
    reference = (
        f"ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({ours})"
        f" REFERENCES {parent} ({keys}) DEFERRABLE INITIALLY IMMEDIATE"
    )
    matches = " AND ".join(
        f"{key.strip()} = NEW.{column}"
        for key, column in zip(keys.split(","), columns, strict=True)
    )
    missing = (
        " AND ".join(f"NEW.{column} IS NOT NULL" for column in columns)
        + f" AND NOT EXISTS (SELECT 1 FROM {parent} WHERE {matches})"
    )
    return Guard(
        name=name,
        table=table,
        sqlite=tuple(
            _sqlite_trigger(f"{name}_{verb}", f"{act} ON {table}", missing, name)
            for verb, act in (
                ("in", "INSERT"),
                ("up", f"UPDATE OF {ours}"),
            )
        ),
        # Added once: to add it again would read the whole table at every `migrate`.
        postgresql=(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint"
            f" WHERE conname = '{name}') THEN {reference}; END IF; END $$",
        ),
    )


def only_grows(table: str, *, columns: Iterable[str]) -> Guard:
    """Return the guard that a row of `table` stays, and keeps its `columns`."""
    name = f"{table}_only_grows"
    kept = [f'"{column}"' for column in columns]
    changed = " OR ".join(
        f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in kept
    )
    changed_lite = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in kept)
    return Guard(
        name=name,
        table=table,
        sqlite=(
            _sqlite_trigger(f"{name}_up", f"UPDATE ON {table}", changed_lite, name),
            _sqlite_trigger(f"{name}_del", f"DELETE ON {table}", "1", name),
        ),
        postgresql=(
            *_postgresql_trigger(f"{name}_up", "UPDATE", table, changed, name),
            *_postgresql_trigger(f"{name}_del", "DELETE", table, "true", name),
        ),
    )


def moves_along(table: str, column: str, edges: str) -> Guard:
    """Return the guard that `column` moves along the rows of `edges` only."""
    name = f"{table}_{column}_moves_along_legal_edges"
    illegal = (
        f"NEW.{column} <> OLD.{column} AND NOT EXISTS (SELECT 1 FROM {edges}"
        f" WHERE from_state = OLD.{column} AND to_state = NEW.{column})"
    )
    return Guard(
        name=name,
        table=table,
        sqlite=(
            _sqlite_trigger(name, f"UPDATE OF {column} ON {table}", illegal, name),
        ),
        postgresql=_postgresql_trigger(name, "UPDATE", table, illegal, name),
    )


def install(guards: Iterable[Guard], using: str) -> None:
    """Put `guards` in force on a database, whether or not they were before."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in statements(guard, connection):
                cursor.execute(statement)


def statements(guard: Guard, connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Return what puts `guard` in force on this kind of database."""
    if connection.vendor == "postgresql":
        return guard.postgresql
    return tuple(
        statement
        for trigger in guard.sqlite
        for statement in (_sqlite_drop(trigger), trigger)
    )


def _sqlite_trigger(name: str, act: str, when: str, why: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE {act} WHEN {when}"
        f" BEGIN SELECT RAISE(ABORT, '{why}'); END"
    )


def _sqlite_drop(trigger: str) -> str:
    return f"DROP TRIGGER IF EXISTS {trigger.split()[2]}"


def _postgresql_trigger(
    name: str, act: str, table: str, when: str, why: str
) -> tuple[str, ...]:
    # A BEFORE DELETE row has no NEW; the function refuses whatever the trigger's
    # condition lets through, so the condition has to live inside the function.
    row = "OLD" if act == "DELETE" else "NEW"
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {when} THEN RAISE EXCEPTION '{why}'"
        f" USING ERRCODE = 'integrity_constraint_violation'; END IF;"
        f" RETURN {row}; END $$",
        f"DROP TRIGGER IF EXISTS {name} ON {table}",
        f"CREATE TRIGGER {name} BEFORE {act} ON {table}"
        f" FOR EACH ROW EXECUTE FUNCTION {name}()",
    )


def of_one_patient(table: str) -> Guard:
    """Return the guard that the patient and the clinic of a row are one another's."""
    return belongs(
        table, ("patient_id", "clinic_id"), "patients_patient", "id, clinic_id"
    )


#: What stays of a fact; that something was stopped or ended may be added once.
BACKGROUND: Mapping[str, tuple[str, ...]] = {
    "patients_medicineuse": (
        *("medicine", "name", "route", "daily_mg"),
        *("inr_low", "inr_high", "started_on"),
    ),
    "patients_allergyrecord": ("allergen", "name", "reaction", "since", "note"),
    "patients_conditionrecord": ("condition", "note", "from_on"),
    "patients_exclusionanswer": ("exclusion", "answer", "answered_on"),
    "patients_baselinesample": ("sample", "drawn_on"),
    "patients_consent": ("answer", "how", "said_on"),
}

PATIENTS = (
    of_one_patient("patients_contactpreference"),
    of_one_patient("patients_assessment"),
    of_one_patient("patients_labresult"),
    of_one_patient("patients_importline"),
    *(of_one_patient(table) for table in BACKGROUND),
    only_grows(
        "patients_contactpreference",
        columns=("id", "patient_id", "clinic_id", "channel", "is_allowed", "evidence"),
    ),
    only_grows(
        "patients_assessment",
        columns=(
            "id",
            "patient_id",
            "clinic_id",
            "assessed_on",
            "source",
            "scores",
            "pgic",
            "red_flags",
            "falls",
            "up_and_go_seconds",
            "romberg",
            "vibration",
            "ankle_reflexes",
            "note",
        ),
    ),
    only_grows(
        "patients_labresult",
        columns=("id", "patient_id", "clinic_id", "test", "value", "unit", "drawn_on"),
    ),
    *(
        only_grows(table, columns=("id", "patient_id", "clinic_id", *columns))
        for table, columns in BACKGROUND.items()
    ),
)


def install_patients(*, using: str, **_: object) -> None:
    """Put the guards of this app in force, after `migrate`."""
    install(PATIENTS, using)
