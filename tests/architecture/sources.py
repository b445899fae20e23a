"""The project's own code, read as text and as trees."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import PurePosixPath

from tracker.env import BASE_DIR

APPS = ("tracker", "notifications", "schedules", "patients")


@dataclass(frozen=True)
class Source:
    """One file: where it lies in the project, and what it says."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def is_product(self) -> bool:
        return self.path.split("/")[0] in APPS

    @property
    def is_generated(self) -> bool:
        return "/migrations/" in self.path

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)


@cache
def tracked() -> tuple[str, ...]:
    """Return the files that belong to the project, new ones included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    )
    return tuple(path for path in listed.stdout.splitlines() if _exists(path))


def _exists(path: str) -> bool:
    return (BASE_DIR / path).is_file()


@cache
def texts() -> tuple[Source, ...]:
    """Return every file that is text."""
    found = ((path, (BASE_DIR / path).read_bytes()) for path in tracked())
    return tuple(Source(p, c.decode()) for p, c in found if _is_text(c))


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in content


@cache
def code() -> tuple[Source, ...]:
    """Return every Python file that a person wrote."""
    return tuple(s for s in texts() if s.name.endswith(".py") and not s.is_generated)
