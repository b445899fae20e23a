"""What every test may lean on. People come from `tests/factories.py`."""

import os
from pathlib import Path

import django
import pytest
from django.conf import settings
from django.core.management import call_command
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_hypothesis

from tests.components import skips, surroundings
from tests.traceability import Traceability

# First of all: the settings are read once, and must find nothing of the developer's.
surroundings.prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
django.setup()

# A real hash takes a tenth of a second on purpose; the tests sign in a thousand times.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
if not surroundings.is_worker():
    # Pages name their style sheet by its content, which must have been collected.
    call_command("collectstatic", interactive=False, verbosity=0)

# A busy machine is slow now and then; that says nothing about a rule.
settings_of_hypothesis.register_profile("steady", deadline=None)
settings_of_hypothesis.register_profile(
    "long", max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck)
)
settings_of_hypothesis.load_profile("steady")

pytest_plugins = (
    "tests.components.browser",
    "tests.components.broker",
    "tests.components.database",
    "tests.components.mail",
    "tests.components.postgresql",
    "tests.components.sms",
)


@pytest.fixture(scope="session")
def root(pytestconfig: pytest.Config) -> Path:
    """Give the folder of the project."""
    return pytestconfig.rootpath


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let further vectors be checked, and the page of proofs be written."""
    parser.addoption(
        "--vectors",
        action="append",
        default=[],
        metavar="PATH",
        help="a file of vectors to check besides the project's own (repeatable)",
    )
    parser.addoption(
        "--write-traceability",
        action="store_true",
        help="write docs/traceability.md from the marks of the tests collected",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Forbid skips where the environment says so; gather which rules are proven."""
    config.pluginmanager.register(skips)
    config.pluginmanager.register(Traceability(config))


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    surroundings.clear()
