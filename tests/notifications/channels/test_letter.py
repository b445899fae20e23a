"""E-mails as bytes."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from notifications.channels import letter
from notifications.channels.base import ChannelError, Message, Verdict
from tests.notifications.channels.letters import a_letter

SENDER = "Elm Street Surgery <reminders@elm.example>"


def read(message: Message, sender: str = SENDER) -> EmailMessage:
    found = message_from_bytes(letter.compose(message, sender=sender), policy=default)
    assert isinstance(found, EmailMessage)
    return found


class TestCompose:
    def test_writes_the_headers(self) -> None:
        headers = dict(read(a_letter()).items())

        assert headers == {
            "From": "Elm Street Surgery <reminders@elm.example>",
            "To": "ada@example.org",
            "Subject": "Your next visit to Elm Street Surgery",
            "Date": "Mon, 16 Nov 2026 09:00:00 +0000",
            "Message-ID": f"<{a_letter().fingerprint}@elm.example>",
            "Auto-Submitted": "auto-generated",
            "Content-Type": 'text/plain; charset="utf-8"',
            "Content-Transfer-Encoding": "quoted-printable",
            "MIME-Version": "1.0",
        }

    def test_carries_letters_of_every_language(self) -> None:
        message = a_letter(subject="Wizyta w Łodzi", body="Zażółć gęślą jaźń\n")

        found = read(message, sender="Przychodnia w Łodzi <a@b.example>")

        assert found["Subject"] == "Wizyta w Łodzi"
        assert found["From"].addresses[0].display_name == "Przychodnia w Łodzi"
        assert found.get_content() == "Zażółć gęślą jaźń\r\n"

    def test_is_ascii_with_short_lines_that_end_as_mail_does(self) -> None:
        message = a_letter(subject="ł" * 60, body="ł" * 300 + "\nx\r\ny\rz\n")

        written = letter.compose(message, sender=SENDER)

        assert written.isascii()
        assert written.replace(b"\r\n", b"").count(b"\n") == 0
        assert written.replace(b"\r\n", b"").count(b"\r") == 0
        assert max(map(len, written.split(b"\r\n"))) <= 78

    def test_is_the_same_at_every_try(self) -> None:
        first, second = (letter.compose(a_letter(), sender=SENDER) for _ in "12")

        assert first == second

    @pytest.mark.parametrize(
        ("message", "reason"),
        [
            pytest.param(
                a_letter(to="ada@example.org\r\nBcc: eve@example.org"),
                "the address cannot be used",
                id="a second header in the address",
            ),
            pytest.param(
                a_letter(to="ada@example.org, eve@example.org"),
                "the address cannot be used",
                id="two addresses",
            ),
            pytest.param(
                a_letter(to="ada@example.org> SIZE=1"),
                "the address cannot be used",
                id="a parameter in the address",
            ),
            pytest.param(
                a_letter(to="zoë@example.org"),
                "the address cannot be used",
                id="an address that not every server takes",
            ),
            pytest.param(a_letter(to=""), "the address cannot be used", id="nobody"),
            pytest.param(
                a_letter(subject="Visit\r\nBcc: eve@example.org"),
                "the header cannot be written",
                id="a second header in the subject",
            ),
        ],
    )
    def test_refuses_what_cannot_be_written(
        self, message: Message, reason: str
    ) -> None:
        with pytest.raises(ChannelError) as caught:
            letter.compose(message, sender=SENDER)

        assert (caught.value.verdict, caught.value.reason) == (Verdict.REFUSED, reason)


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "bare"),
        [
            pytest.param("Elm <a@b.example>", "a@b.example", id="with a name"),
            pytest.param("a@b.example", "a@b.example", id="alone"),
        ],
    )
    def test_is_what_stands_in_the_brackets(self, text: str, bare: str) -> None:
        assert letter.address(text) == bare

    @pytest.mark.parametrize("text", ["", "Elm", "Elm <>", "a@b@c"])
    def test_refuses_what_is_none(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"^not an e-mail address: "):
            letter.address(text)
