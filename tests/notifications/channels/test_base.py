"""What all channels share."""

from datetime import timedelta

from notifications.channels.base import ChannelError, Verdict
from tests.notifications.channels.letters import a_letter


class TestMessage:
    def test_has_a_fingerprint_that_is_the_same_at_every_try(self) -> None:
        one, same, other = (a_letter(reference=key) for key in ("r-1", "r-1", "r-2"))

        assert one.fingerprint == same.fingerprint != other.fingerprint

    def test_has_a_fingerprint_fit_for_names_and_headers(self) -> None:
        fingerprint = a_letter(reference="../Łódź <1>").fingerprint

        assert len(fingerprint) == 32
        assert set(fingerprint) <= set("0123456789abcdef")


class TestChannelError:
    def test_says_verdict_and_reason(self) -> None:
        error = ChannelError(Verdict.NOT_SENT, "RCPT 451", timedelta(seconds=30))

        assert str(error) == "not_sent: RCPT 451"
        assert error.retry_after == timedelta(seconds=30)
