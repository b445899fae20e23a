"""What every test may lean on. People come from `tests/factories.py`."""

import os

import pytest

from tests.components import skips, surroundings

# First of all: the settings are read once, and must find nothing of the developer's.
surroundings.prepare()
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"

import django  # noqa: E402 -- the lines above must come before whatever reads settings

django.setup()

pytest_plugins = (
    "tests.components.browser",
    "tests.components.broker",
    "tests.components.mail",
    "tests.components.postgresql",
    "tests.components.sms",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let further vectors be checked against the engine."""
    parser.addoption(
        "--vectors",
        action="append",
        default=[],
        metavar="PATH",
        help="a file of vectors to check besides the project's own (repeatable)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Forbid skips where the environment says so."""
    config.pluginmanager.register(skips)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    surroundings.clear()
