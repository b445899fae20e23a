"""Messages to try the channels with."""

from datetime import UTC, datetime

from notifications.channels.base import Message

MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)


def a_letter(
    *,
    reference: str = "reminder-1",
    to: str = "ada@example.org",
    subject: str = "Your next visit to Elm Street Surgery",
    body: str = "Dear Ada,\n\nPlease call us.\n",
) -> Message:
    """Return an e-mail to Ada."""
    return Message(
        reference=reference,
        to=to,
        subject=subject,
        body=body,
        sent_at=MORNING,
    )


def a_text(
    *,
    reference: str = "reminder-2",
    to: str = "+447700900123",
    body: str = "Elm Street Surgery: please call us.",
) -> Message:
    """Return a text message to Grace."""
    return Message(reference=reference, to=to, body=body, sent_at=MORNING)
