"""Laws about requirements: short lists that say why, compiled lists that are exact."""

import re

import pytest

from tests.architecture.sources import texts

NAMES = ("requirements", "requirements-dev")


def unexplained(wanted: str) -> list[str]:
    """Return the lines of a short list that do not say in a word why."""
    lines = [line for line in wanted.splitlines() if line and line[0] not in "#-"]
    return [line for line in lines if not re.search(r"\S\s+# \w", line)]


def inexact(compiled: str) -> list[str]:
    """Return the entries of a compiled list that pin no version or no content."""
    entries = re.split(r"\n(?=\w)", "\n" + _without_comments(compiled))
    return [entry.strip() for entry in entries if entry.strip() and not _exact(entry)]


def _without_comments(text: str) -> str:
    return "\n".join(li for li in text.splitlines() if not li.lstrip().startswith("#"))


def _exact(entry: str) -> bool:
    return bool(
        re.match(r"\s*[\w.\[\]-]+==\S+ \\\n\s+--hash=sha256:[0-9a-f]{64}", entry)
    )


def missing(wanted: str, compiled: str) -> set[str]:
    """Return what the short list asks for and the compiled one does not have."""
    return set(_names(wanted)) - set(_names(compiled))


def _names(text: str) -> list[str]:
    return [name.lower() for name in re.findall(r"^([\w.-]+)", text, re.MULTILINE)]


def read(path: str) -> str:
    """Return what the project's file `path` says."""
    return next(source.text for source in texts() if source.path == path)


class TestRequirements:
    @pytest.mark.parametrize("name", NAMES)
    def test_every_wish_says_why(self, name: str) -> None:
        assert unexplained(read(f"{name}.in")) == []

    @pytest.mark.parametrize("name", NAMES)
    def test_every_package_is_pinned_with_its_content(self, name: str) -> None:
        assert inexact(read(f"{name}.txt")) == []

    @pytest.mark.parametrize("name", NAMES)
    def test_every_wish_is_compiled(self, name: str) -> None:
        wanted = read(f"{name}.in").replace("-r requirements.txt", "")

        assert missing(wanted, read(f"{name}.txt")) == set()

    def test_development_has_the_product_in_the_same_versions(self) -> None:
        product = set(_pins(read("requirements.txt")))

        assert product <= set(_pins(read("requirements-dev.txt")))

    def test_bites_where_no_reason_is_given(self) -> None:
        assert unexplained("# why\nDjango  # the framework\ncelery\n") == ["celery"]

    @pytest.mark.parametrize(
        "entry", ["celery==5.6.3", "celery>=5.6 \\\n    --hash=sha256:" + "0" * 64]
    )
    def test_bites_where_content_is_not_pinned(self, entry: str) -> None:
        assert inexact(f"# compiled\n{entry}\n    # via kombu\n") == [entry]

    def test_bites_where_a_wish_was_not_compiled(self) -> None:
        assert missing("Django  # the framework\ncelery  # tasks", "django==5.2") == {
            "celery"
        }


def _pins(text: str) -> list[str]:
    return re.findall(r"^\S+==\S+", text, re.MULTILINE)
