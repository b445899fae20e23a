"""The files of cases that lie here, and how one is read."""

import json
from pathlib import Path
from typing import Any

Case = dict[str, Any]

OWN = Path(__file__).parent / "vectors.json"
MORE = Path(__file__).parent / "more.json"  # of the same kinds, worked out by hand


def read(path: Path) -> tuple[list[Case], dict[str, Any]]:
    """Return the cases of a file and its meta."""
    content = json.loads(path.read_text())
    return content["vectors"], content["meta"]
