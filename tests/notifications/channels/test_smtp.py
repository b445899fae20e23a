"""What a failed conversation means, and the addresses of servers."""

import ssl
import time

import pytest

from notifications.channels.base import ChannelError, Verdict
from notifications.channels.smtp import (
    SENSELESS,
    Conversation,
    Security,
    SmtpServer,
    Stage,
    judge,
)
from tests.components.processes import HOST
from tests.notifications.channels.servers import A_WHILE, DROP, SLOW, ScriptedSmtp

LONGER_THAN_ANY_BUFFER = b"line of a long letter\r\n" * 1_000_000
OUR_TROUBLE = [
    Stage.CONNECT,
    Stage.EHLO,
    Stage.STARTTLS,
    Stage.LOGIN,
    Stage.RSET,
    Stage.MAIL,
]
ABOUT_THE_LETTER = [Stage.RCPT, Stage.DATA, Stage.END]


class TestJudge:
    @pytest.mark.parametrize("code", [421, 450, 451, 535, 550, 554, 250, SENSELESS])
    @pytest.mark.parametrize("stage", OUR_TROUBLE)
    def test_blames_no_patient_before_the_recipient_is_named(
        self, stage: Stage, code: int
    ) -> None:
        assert judge(stage, code) is Verdict.NOT_SENT

    @pytest.mark.parametrize("stage", ABOUT_THE_LETTER)
    @pytest.mark.parametrize(
        ("code", "verdict"),
        [
            pytest.param(421, Verdict.NOT_SENT, id="421 closing"),
            pytest.param(450, Verdict.NOT_SENT, id="450 mailbox busy"),
            pytest.param(451, Verdict.NOT_SENT, id="451 try later"),
            pytest.param(452, Verdict.NOT_SENT, id="452 no space"),
            pytest.param(501, Verdict.REFUSED, id="501 no such form of address"),
            pytest.param(503, Verdict.NOT_SENT, id="503 our order of commands"),
            pytest.param(530, Verdict.NOT_SENT, id="530 log in first"),
            pytest.param(550, Verdict.REFUSED, id="550 no such mailbox"),
            pytest.param(552, Verdict.REFUSED, id="552 mailbox full"),
            pytest.param(554, Verdict.REFUSED, id="554 not wanted"),
            pytest.param(599, Verdict.REFUSED, id="the last code"),
        ],
    )
    def test_reads_the_code_from_the_recipient_on(
        self, stage: Stage, code: int, verdict: Verdict
    ) -> None:
        assert judge(stage, code) is verdict

    @pytest.mark.parametrize("code", [SENSELESS, 354, 399, 600])
    def test_does_not_know_what_no_refusal_means_after_the_letter(
        self, code: int
    ) -> None:
        assert judge(Stage.END, code) is Verdict.UNKNOWN

    @pytest.mark.parametrize("stage", [s for s in Stage if s is not Stage.END])
    def test_knows_of_a_cut_that_nothing_left_before_the_end(
        self, stage: Stage
    ) -> None:
        assert judge(stage) is Verdict.NOT_SENT

    def test_does_not_know_of_a_cut_after_the_letter(self) -> None:
        assert judge(Stage.END) is Verdict.UNKNOWN


class TestFromUrl:
    @pytest.mark.parametrize(
        ("url", "server"),
        [
            pytest.param(
                "smtp://mail.example",
                SmtpServer(host="mail.example", port=25),
                id="plain",
            ),
            pytest.param(
                "smtp://u:p@mail.example:2525?starttls=1",
                SmtpServer(
                    host="mail.example",
                    port=2525,
                    user="u",
                    password="p",
                    security=Security.STARTTLS,
                ),
                id="encrypted later",
            ),
            pytest.param(
                "smtp://mail.example?starttls=1",
                SmtpServer(host="mail.example", port=587, security=Security.STARTTLS),
                id="encrypted later, the usual port",
            ),
            pytest.param(
                "smtps://mail.example",
                SmtpServer(host="mail.example", port=465, security=Security.TLS),
                id="encrypted from the start",
            ),
        ],
    )
    def test_reads_an_address(self, url: str, server: SmtpServer) -> None:
        assert SmtpServer.from_url(url) == server

    @pytest.mark.parametrize(
        "url",
        [
            pytest.param("http://mail.example", id="another protocol"),
            pytest.param("smtp://mail.example?starttls=yes", id="not 1"),
            pytest.param("smtp://mail.example?tls=1", id="an unknown option"),
            pytest.param("smtps://mail.example?starttls=1", id="encrypted twice"),
        ],
    )
    def test_refuses_what_it_does_not_know(self, url: str) -> None:
        with pytest.raises(ValueError, match=r"^it is smtp://…, "):
            SmtpServer.from_url(url)

    def test_hides_the_password_from_print(self) -> None:
        assert "secret" not in repr(SmtpServer.from_url("smtp://u:secret@host"))


def begin(server: ScriptedSmtp, *, seconds: float = 5) -> Conversation:
    return Conversation(
        SmtpServer(host=HOST, port=server.port),
        our_name="clinic.example",
        tls=ssl.create_default_context(),
        deadline=time.monotonic() + seconds,
    )


def deliver(talk: Conversation, letter: bytes, *, seconds: float = 5) -> None:
    talk.deliver(
        letter,
        sender="a@b.example",
        to="ada@example.org",
        deadline=time.monotonic() + seconds,
    )


class TestConversation:
    @pytest.mark.parametrize(
        "letter",
        [
            pytest.param(b"one\r\n.\r\ntwo\r\n", id="a lone dot"),
            pytest.param(b".first\r\n", id="a dot at the beginning"),
            pytest.param(b"one\r\n..two\r\n", id="two dots"),
        ],
    )
    def test_carries_a_letter_with_dots_whole(self, letter: bytes) -> None:
        with ScriptedSmtp() as server:
            talk = begin(server)
            deliver(talk, letter)
            talk.take_leave()

        (kept,) = server.kept
        assert kept.replace(b"\r\n.", b"\r\n").removeprefix(b".") == letter

    def test_knows_that_a_long_letter_was_cut_in_the_middle(self) -> None:
        with ScriptedSmtp({"letter": [DROP]}) as server:
            talk = begin(server)
            with pytest.raises(ChannelError) as caught:
                deliver(talk, LONGER_THAN_ANY_BUFFER)

        assert caught.value.verdict is Verdict.NOT_SENT
        assert caught.value.reason == "the letter: no connection"
        assert server.kept == []

    def test_shares_one_limit_of_time_among_the_stages(self) -> None:
        with ScriptedSmtp({"MAIL": [SLOW], "RCPT": [SLOW]}) as server:
            talk = begin(server)
            with pytest.raises(ChannelError) as caught:
                deliver(talk, b"letter\r\n", seconds=1.5 * A_WHILE)

        assert caught.value.reason == "RCPT: timed out"

    def test_is_over_once_it_hung_up(self) -> None:
        with ScriptedSmtp() as server:
            talk = begin(server)
            talk.hang_up()
            with pytest.raises(ChannelError) as caught:
                deliver(talk, b"letter\r\n")

        assert talk.is_over
        assert caught.value.reason == "MAIL: no connection"
        assert not talk.begin_again(deadline=time.monotonic() + 5)

    def test_has_no_time_to_begin_when_the_deadline_has_passed(self) -> None:
        with ScriptedSmtp() as server, pytest.raises(ChannelError) as caught:
            begin(server, seconds=-1)

        assert caught.value.verdict is Verdict.NOT_SENT
        assert caught.value.reason == "connect: timed out"
