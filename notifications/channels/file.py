"""Writes each message into a file of its own, where there is no server yet."""

import os
import tempfile
from datetime import UTC
from email.utils import format_datetime
from pathlib import Path

from notifications.channels.base import (
    ChannelError,
    Connectionless,
    Message,
    Sent,
    Verdict,
)


class FileChannel(Connectionless):
    """
    A folder. Its files come whole or not at all, and can be read by their owner only.

    The name of a file tells the time and nothing of the patient:
    `20261116T090000Z-5f2c….txt`.
    """

    name = "file"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: Message) -> Sent:
        """Write the message into its file, or raise ChannelError."""
        name = f"{message.sent_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{message.fingerprint}"
        try:
            self._write(self._folder / f"{name}.txt", _page(message))
        except OSError as error:
            reason = f"outbox folder: {error.strerror}"
            raise ChannelError(Verdict.NOT_SENT, reason) from error
        return Sent(name)

    def _write(self, path: Path, text: str) -> None:
        """Write beside the place and move it there: nobody reads half a message."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".", dir=self._folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            Path(draft).replace(path)
        except OSError:
            Path(draft).unlink(missing_ok=True)
            raise


def _page(message: Message) -> str:
    """Return the message as people read it: who, when, what."""
    lines = [f"To: {message.to}", f"Date: {format_datetime(message.sent_at)}"]
    if message.subject:
        lines.append(f"Subject: {message.subject}")
    return "\n".join([*lines, "", message.body.rstrip(), ""])
