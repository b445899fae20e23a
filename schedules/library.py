"""
The library of protocols: files with versions, taken into the database.

A version that is in the database stays as it was when plans began to follow it. A file
whose content changed under an old version number is a mistake and is refused aloud.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from schedules.models import Protocol
from schedules.protocol import Protocol as Rules

FOLDER = Path(__file__).parent / "protocols"


class ProtocolChangedUnderItsVersion(Exception):
    """A protocol's file says something else than the same version said before."""


def files() -> Iterator[dict[str, Any]]:
    """Yield the content of each protocol file."""
    for file in sorted(FOLDER.glob("*.json")):
        yield json.loads(file.read_text())


@transaction.atomic
def take(content: dict[str, Any], *, using: str) -> Protocol:
    """Return the protocol that `content` describes, new or known."""
    rules = Rules.from_dict(content)
    protocol, new = Protocol.objects.using(using).get_or_create(
        code=rules.code,
        version=rules.version,
        defaults={"title": rules.title, "content": content},
    )
    if not new and protocol.content != content:
        raise ProtocolChangedUnderItsVersion(
            f"{protocol.code} version {protocol.version} is in use and cannot change; "
            "give the file a new version"
        )
    return protocol


def load_protocols(*, using: str, **_: object) -> None:
    """Take every protocol file into the database, after `migrate`."""
    for content in files():
        take(content, using=using)
