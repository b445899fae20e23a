"""The screen."""

import io
import os

import pytest

from notifications.channels.base import ChannelError, Verdict
from notifications.channels.console import ConsoleChannel
from tests.notifications.channels.letters import a_letter, a_text

LINE = "-" * 72


class TestSend:
    def test_writes_an_e_mail(self) -> None:
        screen = io.StringIO()

        with ConsoleChannel(screen) as channel:
            channel.send(a_letter())

        assert screen.getvalue() == (
            "To: ada@example.org\n"
            "Subject: Your next visit to Elm Street Surgery\n"
            "\n"
            f"Dear Ada,\n\nPlease call us.\n{LINE}\n"
        )

    def test_writes_a_text_message_on_standard_output(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        ConsoleChannel().send(a_text())

        assert capsys.readouterr().out == (
            f"To: +447700900123\n\nElm Street Surgery: please call us.\n{LINE}\n"
        )

    def test_does_not_know_what_was_read_when_the_screen_is_gone(self) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        screen = io.TextIOWrapper(io.FileIO(writing, "w"), write_through=True)

        with pytest.raises(ChannelError) as caught:
            ConsoleChannel(screen).send(a_letter())

        assert caught.value.verdict is Verdict.UNKNOWN
        assert caught.value.reason == "the screen is gone"
        screen.detach().close()
