"""
What surrounds a test run: an empty folder, and an environment that says nothing.

Imported before the settings are read, so that no test touches the database, the outbox
or the servers of whoever runs it. Workers inherit the folder of the run they belong to.
"""

import os
import shutil
import tempfile
from pathlib import Path

# Everything the settings read, but for DATABASE_URL: it chooses the suite's engine.
_SILENCED = (
    "ALLOWED_HOSTS",
    "B12_CLOCK_SHIFT",
    "B12_ENVIRONMENT",
    "EMAIL_FROM",
    "KANNEL_URL",
    "PORT",
    "PUBLIC_URL",
    "REDIS_URL",
    "REMINDER_EVERY_SECONDS",
    "SECRET_KEY",
    "SMTP_URL",
)


def prepare() -> None:
    """Silence the environment and give this run a folder of its own."""
    for name in _SILENCED:
        os.environ.pop(name, None)
    if not is_worker():
        os.environ["B12_VAR"] = tempfile.mkdtemp(prefix="b12-tests-")


def clear() -> None:
    """Remove the run's folder, once its last worker has ended."""
    if not is_worker():
        shutil.rmtree(Path(os.environ["B12_VAR"]), ignore_errors=True)


def is_worker() -> bool:
    """Return whether another process divided the tests and gave us a share."""
    return "PYTEST_XDIST_WORKER" in os.environ
