"""E-mail, against servers that behave and servers that do not."""

from email import message_from_bytes

import pytest

from notifications.channels.base import ChannelError, Sent, Verdict
from notifications.channels.mail import MailChannel
from notifications.channels.smtp import SmtpServer
from tests.components.mail import Sink
from tests.components.processes import HOST, free_port
from tests.notifications.channels.letters import a_letter
from tests.notifications.channels.servers import (
    DROP,
    SILENCE,
    ScriptedSmtp,
    unreachable,
)

SENDER = "Elm Street Surgery <reminders@elm.example>"
NOT_SENT, REFUSED, UNKNOWN = Verdict.NOT_SENT, Verdict.REFUSED, Verdict.UNKNOWN


def channel_to(port: int, *, timeout: float = 5) -> MailChannel:
    server = SmtpServer(host=HOST, port=port)
    return MailChannel(server, sender=SENDER, timeout=timeout)


class TestSend:
    def test_delivers_to_a_real_server(self, smtp_sink: Sink) -> None:
        server = SmtpServer.from_url(smtp_sink.url)

        with MailChannel(server, sender=SENDER) as channel:
            sent = channel.send(a_letter())

        (found,) = smtp_sink.to("ada@example.org")
        assert found["Message-ID"] == sent.provider_id
        assert found["Subject"] == "Your next visit to Elm Street Surgery"
        assert found.get_content().splitlines() == ["Dear Ada,", "", "Please call us."]

    @pytest.mark.parametrize(
        ("moment", "answer", "verdict", "reason"),
        [
            pytest.param(
                "connect", "421 busy\r\n", NOT_SENT, "connect 421", id="421 at connect"
            ),
            pytest.param(
                "connect", "554 no\r\n", NOT_SENT, "connect 554", id="554 at connect"
            ),
            pytest.param(
                "connect",
                DROP,
                NOT_SENT,
                "connect: no connection",
                id="dropped at connect",
            ),
            pytest.param(
                "MAIL", "451 later\r\n", NOT_SENT, "MAIL 451", id="451 at MAIL"
            ),
            pytest.param(
                "MAIL", "550 you?\r\n", NOT_SENT, "MAIL 550", id="550 at MAIL"
            ),
            pytest.param(
                "MAIL", DROP, NOT_SENT, "MAIL: no connection", id="dropped at MAIL"
            ),
            pytest.param(
                "RCPT",
                "451 4.7.1 greylisted\r\n",
                NOT_SENT,
                "RCPT 451 4.7.1",
                id="451 at RCPT",
            ),
            pytest.param(
                "RCPT",
                "550 5.1.1 <ada@example.org> unknown\r\n",
                REFUSED,
                "RCPT 550 5.1.1",
                id="550 at RCPT",
            ),
            pytest.param(
                "RCPT", "530 log in\r\n", NOT_SENT, "RCPT 530", id="530 at RCPT"
            ),
            pytest.param(
                "RCPT", DROP, NOT_SENT, "RCPT: no connection", id="dropped at RCPT"
            ),
            pytest.param(
                "DATA", "451 later\r\n", NOT_SENT, "DATA 451", id="451 at DATA"
            ),
            pytest.param(
                "DATA", "554 never\r\n", REFUSED, "DATA 554", id="554 at DATA"
            ),
            pytest.param(
                "DATA", "250 what?\r\n", NOT_SENT, "DATA 250", id="out of step at DATA"
            ),
            pytest.param(
                "DATA", DROP, NOT_SENT, "DATA: no connection", id="dropped at DATA"
            ),
            pytest.param(
                "letter",
                DROP,
                NOT_SENT,
                "the letter: no connection",
                id="dropped before the final dot",
            ),
            pytest.param(
                "end",
                "451 later\r\n",
                NOT_SENT,
                "after the letter 451",
                id="451 after the final dot",
            ),
            pytest.param(
                "end",
                "554 5.7.1 spam\r\n",
                REFUSED,
                "after the letter 554 5.7.1",
                id="554 after the final dot",
            ),
            pytest.param(
                "end",
                DROP,
                UNKNOWN,
                "after the letter: no connection",
                id="dropped after the final dot",
            ),
            pytest.param(
                "end",
                "250-half an",
                UNKNOWN,
                "after the letter: timed out",
                id="half an answer after the final dot",
            ),
            pytest.param(
                "end",
                "thank you\r\n",
                UNKNOWN,
                "after the letter -1",
                id="nonsense after the final dot",
            ),
            pytest.param(
                "end",
                "354 more?\r\n",
                UNKNOWN,
                "after the letter 354",
                id="asked for more after the final dot",
            ),
            pytest.param(
                "end",
                "2" * 9000 + "\r\n",
                UNKNOWN,
                "after the letter 500",
                id="an endless line after the final dot",
            ),
        ],
    )
    def test_tells_what_became_of_the_letter(
        self, moment: str, answer: str, verdict: Verdict, reason: str
    ) -> None:
        with (
            ScriptedSmtp({moment: [answer]}) as server,
            channel_to(server.port, timeout=0.5) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_letter())

        assert (caught.value.verdict, caught.value.reason) == (verdict, reason)
        assert len(server.kept) == (moment == "end")

    @pytest.mark.parametrize(
        ("moment", "verdict", "reason"),
        [
            pytest.param("connect", NOT_SENT, "connect: timed out", id="connect"),
            pytest.param("EHLO", NOT_SENT, "EHLO: timed out", id="EHLO"),
            pytest.param("MAIL", NOT_SENT, "MAIL: timed out", id="MAIL"),
            pytest.param("RCPT", NOT_SENT, "RCPT: timed out", id="RCPT"),
            pytest.param("DATA", NOT_SENT, "DATA: timed out", id="DATA"),
            pytest.param("end", UNKNOWN, "after the letter: timed out", id="the end"),
        ],
    )
    def test_does_not_wait_for_ever(
        self, moment: str, verdict: Verdict, reason: str
    ) -> None:
        with (
            ScriptedSmtp({moment: [SILENCE]}) as server,
            channel_to(server.port, timeout=0.3) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_letter())

        assert (caught.value.verdict, caught.value.reason) == (verdict, reason)

    @pytest.mark.parametrize(
        ("answer", "reason"),
        [
            pytest.param("421 busy\r\n", "EHLO 421", id="421"),
            pytest.param("550 no\r\n", "EHLO 550", id="550"),
        ],
    )
    def test_has_sent_nothing_when_nobody_greets(
        self, answer: str, reason: str
    ) -> None:
        with (
            ScriptedSmtp({"EHLO": [answer], "HELO": [answer]}) as server,
            channel_to(server.port) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_letter())

        assert (caught.value.verdict, caught.value.reason) == (NOT_SENT, reason)

    def test_has_sent_nothing_where_nobody_listens(self) -> None:
        with pytest.raises(ChannelError) as caught:
            channel_to(free_port()).send(a_letter())

        assert caught.value.verdict is NOT_SENT
        assert caught.value.reason == "connect: no connection"

    def test_has_sent_nothing_when_connecting_takes_too_long(self) -> None:
        with unreachable() as port, pytest.raises(ChannelError) as caught:
            channel_to(port, timeout=0.3).send(a_letter())

        assert caught.value.verdict is NOT_SENT
        assert caught.value.reason == "connect: timed out"

    def test_asks_no_server_about_an_impossible_address(self) -> None:
        with (
            ScriptedSmtp() as server,
            channel_to(server.port) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_letter(to="ada at example.org"))

        assert caught.value.verdict is REFUSED
        assert server.connections == 0

    def test_repeats_nothing_of_what_the_server_says_of_the_patient(self) -> None:
        answer = "550 5.1.1 <ada@example.org>: Ada Lovelace has left\r\n"
        with (
            ScriptedSmtp({"RCPT": [answer]}) as server,
            channel_to(server.port) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_letter())

        assert "ada" not in str(caught.value).lower()


class TestKeptConnection:
    def test_carries_many_letters(self) -> None:
        with ScriptedSmtp() as server, channel_to(server.port) as channel:
            for number in range(3):
                channel.send(a_letter(reference=f"reminder-{number}"))

        assert server.connections == 1
        letter = ["MAIL", "RCPT", "DATA", "letter", "end", "kept"]
        again = ["RSET", *letter]
        assert [m for m in server.moments if m in {*again, "QUIT"}] == [
            *letter,
            *again,
            *again,
            "QUIT",
        ]
        ids = {message_from_bytes(kept)["Message-ID"] for kept in server.kept}
        assert len(ids) == 3

    @pytest.mark.parametrize(
        "plan",
        [
            pytest.param({"kept": [DROP]}, id="closed after it said 250"),
            pytest.param({"RSET": [DROP]}, id="closed when asked"),
            pytest.param({"RSET": ["421 enough\r\n"]}, id="had enough letters"),
        ],
    )
    def test_is_opened_anew_when_the_server_left(
        self, plan: dict[str, list[str]]
    ) -> None:
        with ScriptedSmtp(plan) as server, channel_to(server.port) as channel:
            channel.send(a_letter(reference="reminder-1"))
            channel.send(a_letter(reference="reminder-2"))

        assert server.connections == 2
        assert len(server.kept) == 2

    @pytest.mark.parametrize(
        ("plan", "connections"),
        [
            pytest.param({"RCPT": ["550 no\r\n"]}, 1, id="refused"),
            pytest.param({"end": ["451 later\r\n"]}, 1, id="put off"),
            pytest.param({"RCPT": ["421 bye\r\n"]}, 2, id="sent away"),
            pytest.param({"MAIL": [DROP]}, 2, id="cut"),
            pytest.param({"end": ["what?\r\n"]}, 2, id="not understood"),
        ],
    )
    def test_carries_the_next_letter_after_one_that_failed(
        self, plan: dict[str, list[str]], connections: int
    ) -> None:
        with ScriptedSmtp(plan) as server, channel_to(server.port) as channel:
            with pytest.raises(ChannelError):
                channel.send(a_letter(reference="reminder-1"))
            sent = channel.send(a_letter(reference="reminder-2"))

        expected = a_letter(reference="reminder-2").fingerprint
        assert sent == Sent(f"<{expected}@elm.example>")
        assert server.connections == connections
        assert expected.encode() in server.kept[-1]

    def test_is_tried_again_after_the_server_was_away(self) -> None:
        plan = {"connect": ["554 closed\r\n"]}
        with ScriptedSmtp(plan) as server, channel_to(server.port) as channel:
            with pytest.raises(ChannelError):
                channel.send(a_letter())
            channel.send(a_letter())

        assert server.connections == 2
        assert len(server.kept) == 1

    def test_is_left_though_the_server_no_longer_answers(self) -> None:
        plan = {"QUIT": [DROP]}
        with ScriptedSmtp(plan) as server, channel_to(server.port) as channel:
            channel.send(a_letter())

        assert len(server.kept) == 1

    def test_is_not_opened_for_nothing(self) -> None:
        with ScriptedSmtp() as server, channel_to(server.port):
            pass

        assert server.connections == 0


class TestMailChannel:
    def test_refuses_a_sender_without_an_address(self) -> None:
        with pytest.raises(ValueError, match=r"^not an e-mail address: 'Elm Street'$"):
            MailChannel(SmtpServer(host=HOST, port=25), sender="Elm Street")

    def test_is_told_apart_by_its_name(self) -> None:
        assert channel_to(25).name == "smtp"
