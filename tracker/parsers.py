"""What a program may say: JSON that the database can keep and the answer can repeat."""

import io
import re
from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

#: The longest input, every letter of it escaped, is a tenth of this.
LONGEST_BYTES = 100_000
#: Every input is one level deep; a few more, so that a wrong field is told by its name.
DEEPEST = 8
# PostgreSQL keeps no NUL, and half a surrogate pair cannot be written as UTF-8.
UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")


class PlainJSON(JSONParser):
    """JSON of which every part is plain text, a number, true, false or null."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return what was said; ParseError if it is too long, too deep, or no text."""
        body = stream.read(LONGEST_BYTES + 1)
        if len(body) > LONGEST_BYTES:
            raise ParseError("The body is too long.")
        try:
            said = super().parse(io.BytesIO(body), media_type, parser_context)
        except RecursionError:
            raise ParseError("The body is nested too deep.") from None
        _refuse_unkeepable(said, room=DEEPEST)
        return said


def _refuse_unkeepable(said: Any, *, room: int) -> None:
    """Look into every part of `said`, `room` levels deep."""
    if isinstance(said, str) and UNKEEPABLE.search(said):
        raise ParseError("The body holds a character that cannot be kept.")
    if not isinstance(said, dict | list):
        return
    if not room:
        raise ParseError("The body is nested too deep.")
    for part in said if isinstance(said, list) else (*said, *said.values()):
        _refuse_unkeepable(part, room=room - 1)
