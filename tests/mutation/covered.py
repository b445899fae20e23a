"""Run by `make coverage`: every branch of every pure module is taken by a test."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation.choosing import trials

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run the tests of the rules; succeed where they leave no branch untaken."""
    found = trials(ROOT)
    tests = sorted({test for it in found for test in (*it.own, *it.others, *it.framed)})
    files = ",".join(str(it.path.relative_to(ROOT)) for it in found)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["COVERAGE_FILE"] = str(Path(folder) / "coverage")
        ran = _coverage(
            "run", "--branch", f"--include={files}", "-m", "pytest", "-q", *tests
        )
        return ran or _coverage(
            "report", "--show-missing", "--skip-covered", "--fail-under=100"
        )


def _coverage(*words: str) -> int:
    said = [sys.executable, "-m", "coverage", *words]
    return subprocess.run(said, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
