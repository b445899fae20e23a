"""
What the environment may say, and what holds when it says nothing.

One row a variable: `Variable(name, default, meaning)`. The settings read nothing else,
and the README's table of configuration is held against this one by a test.
"""

import secrets
from dataclasses import dataclass
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

DEMO, PRODUCTION = "demo", "production"


@dataclass(frozen=True)
class Variable:
    """One thing that the environment decides."""

    name: str
    default: str
    meaning: str


VARIABLES = (
    Variable("B12_ENVIRONMENT", DEMO, "`demo` or `production`"),
    Variable("B12_VAR", "var", "folder of database, outbox, secret key and broker"),
    Variable("DATABASE_URL", "", "PostgreSQL address; empty: SQLite in `B12_VAR`"),
    Variable("REDIS_URL", "", "broker; empty: the private Valkey of `make run`"),
    Variable("SECRET_KEY", "", "signs sessions; empty in demo: made once, kept"),
    Variable("ALLOWED_HOSTS", "127.0.0.1,localhost", "host names, comma between"),
    Variable("PUBLIC_URL", "http://127.0.0.1:8000", "address patients' links use"),
    Variable("SMTP_URL", "", "`smtp://user:password@host:port`; empty: outbox folder"),
    Variable("EMAIL_FROM", "reminders@example.org", "sender of e-mails"),
    Variable(
        "KANNEL_URL",
        "",
        "`http://user:password@host:port/cgi-bin/sendsms?from=Name`; "
        "empty: outbox folder",
    ),
    Variable("REMINDER_EVERY_SECONDS", "60", "how often beat wakes the reminders"),
    Variable("B12_CLOCK_SHIFT", "", "seconds, or a file that holds them; demo only"),
    Variable("PORT", "8000", "port of `make run`"),
)

_reader = environ.Env()
_defaults = {variable.name: variable.default for variable in VARIABLES}


def text(name: str) -> str:
    """Return what the environment says of `name`, or its default."""
    return str(_reader.str(name, default="") or _defaults[name])


def needed(name: str, *, in_production: bool) -> str:
    """Return `name`, or refuse to start in production without it."""
    said = text(name)
    if in_production and not said:
        raise ImproperlyConfigured(f"{name} must be set in production")
    return said


def number(name: str) -> int:
    """Return `name` as a whole number above nought, or refuse to start."""
    said = text(name)
    if not said.isdecimal() or int(said) == 0:
        raise ImproperlyConfigured(f"{name} takes a whole number above 0, not {said!r}")
    return int(said)


def words(name: str) -> list[str]:
    """Return `name` as a list, split at commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def choice(name: str, *allowed: str) -> str:
    """Return `name` if it is one of `allowed`, or refuse to start."""
    said = text(name)
    if said not in allowed:
        raise ImproperlyConfigured(f"{name} is one of {', '.join(allowed)}, not {said}")
    return said


def folder(name: str) -> Path:
    """Return the folder that `name` tells, made if it is not there."""
    path = (BASE_DIR / text(name)).resolve()
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(*, environment: str, kept_in: Path) -> str:
    """Return the signing key: given in production, made once for a demo."""
    if said := needed("SECRET_KEY", in_production=environment == PRODUCTION):
        return said
    file = kept_in / "secret-key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def database(*, kept_in: Path) -> dict[str, object]:
    """
    Return the database's settings.

    SQLite writes ahead and takes its write lock at once (IMMEDIATE), so that two
    processes wait for each other and neither fails half-way through a transaction.
    """
    if address := text("DATABASE_URL"):
        return dict(environ.Env.db_url_config(address))
    return sqlite(kept_in / "b12.sqlite3")


def sqlite(file: Path) -> dict[str, object]:
    """Return the settings of the SQLite database in `file`."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
        "TEST": {"NAME": str(file.with_name("test-b12.sqlite3"))},
    }
