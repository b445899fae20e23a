"""Text messages, against a gateway that misbehaves."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.channels.base import ChannelError, Sent, Verdict
from notifications.channels.kannel import Gateway, KannelChannel, refusal
from tests.components.processes import HOST, free_port
from tests.notifications.channels.letters import a_text
from tests.notifications.channels.servers import (
    DROP,
    SILENCE,
    ScriptedGateway,
    showing,
    unreachable,
)

NOT_SENT, REFUSED, UNKNOWN = Verdict.NOT_SENT, Verdict.REFUSED, Verdict.UNKNOWN


def channel_to(port: int, *, scheme: str = "http", timeout: float = 5) -> KannelChannel:
    url = f"{scheme}://clinic:secret@{HOST}:{port}/cgi-bin/sendsms?from=Elm+Street"
    return KannelChannel(Gateway.from_url(url), timeout=timeout)


def answer(status: str, body: str = "", **headers: str) -> str:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", body])


class TestFromUrl:
    def test_reads_an_address(self) -> None:
        url = "https://us%40er:p%3Ass@sms.example:8443/cgi-bin/sendsms?from=Elm+Street"

        assert Gateway.from_url(url) == Gateway(
            url="https://sms.example:8443/cgi-bin/sendsms",
            user="us@er",
            password="p:ss",
            sender="Elm Street",
        )

    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            pytest.param(
                "ftp://u:p@host/?from=Elm",
                "it is http://…/cgi-bin/sendsms?from=Sender",
                id="another protocol",
            ),
            pytest.param(
                "http://u:p@host/cgi-bin/sendsms",
                "it is http://…/cgi-bin/sendsms?from=Sender",
                id="no sender",
            ),
            pytest.param(
                "http://u:p@host/?from=Elm&to=1",
                "it is http://…/cgi-bin/sendsms?from=Sender",
                id="an unknown option",
            ),
            pytest.param(
                "http://host/?from=Elm",
                "user, password and sender must be plain ASCII, not empty",
                id="no login",
            ),
            pytest.param(
                "http://u:p@host/?from=Elm%0D%0AX-Kannel-To:1",
                "user, password and sender must be plain ASCII, not empty",
                id="a second header in the sender",
            ),
        ],
    )
    def test_refuses_what_it_does_not_know(self, url: str, reason: str) -> None:
        with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
            Gateway.from_url(url)

    def test_hides_the_password_from_print(self) -> None:
        assert "secret" not in repr(Gateway.from_url("http://u:secret@h/?from=Elm"))


class TestSend:
    @pytest.mark.parametrize(
        "body", ["0: Accepted for delivery", "3: Queued for later delivery"]
    )
    def test_is_sent_when_the_gateway_has_taken_it_over(self, body: str) -> None:
        plan = {"answer": [answer("202 Accepted", body)]}
        with ScriptedGateway(plan) as server, channel_to(server.port) as channel:
            assert channel.send(a_text()) == Sent(a_text().fingerprint)

    def test_tells_the_gateway_in_headers_and_body(self) -> None:
        with ScriptedGateway() as server, channel_to(server.port) as channel:
            channel.send(a_text(body="Elm Street: 5 € [now]"))

        ((line, headers, body),) = server.requests
        assert line == "POST /cgi-bin/sendsms HTTP/1.1"
        assert body.decode() == "Elm Street: 5 € [now]"
        assert headers["content-type"] == "text/plain; charset=UTF-8"
        assert {k: v for k, v in headers.items() if k.startswith("x-kannel-")} == {
            "x-kannel-username": "clinic",
            "x-kannel-password": "secret",
            "x-kannel-from": "Elm Street",
            "x-kannel-to": "+447700900123",
        }

    def test_asks_for_unicode_where_the_alphabet_lacks_a_letter(self) -> None:
        with ScriptedGateway() as server, channel_to(server.port) as channel:
            channel.send(a_text(body="Przychodnia w Łodzi"))

        ((_, headers, body),) = server.requests
        assert headers["x-kannel-coding"] == "2"
        assert body.decode() == "Przychodnia w Łodzi"

    def test_keeps_one_connection_for_many_texts(self) -> None:
        with ScriptedGateway() as server, channel_to(server.port) as channel:
            for number in range(3):
                channel.send(a_text(reference=f"reminder-{number}"))

        assert server.connections == 1
        assert len(server.requests) == 3

    @pytest.mark.parametrize(
        "to",
        [
            pytest.param("", id="none"),
            pytest.param("+44 7700 900123", id="spaces"),
            pytest.param("07700-900123", id="a dash"),
            pytest.param("+447700900123\r\nX-Kannel-From: Eve", id="a second header"),
            pytest.param("447700900123 447700900124", id="two numbers"),
            pytest.param("٠٧٧٠٠٩٠٠١٢٣", id="digits of another script"),
            pytest.param("1234", id="too short"),
            pytest.param("1" * 16, id="too long"),
        ],
    )
    def test_asks_nobody_about_an_impossible_number(self, to: str) -> None:
        with (
            ScriptedGateway() as server,
            channel_to(server.port) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text(to=to))

        assert caught.value.verdict is REFUSED
        assert caught.value.reason == "the number cannot be used"
        assert server.connections == 0

    @pytest.mark.parametrize(
        ("said", "verdict", "reason"),
        [
            pytest.param(
                answer("202 Accepted", "Sent."),
                UNKNOWN,
                "gateway said 202",
                id="202 with other words",
            ),
            pytest.param(
                answer("202 Accepted"), UNKNOWN, "gateway said 202", id="202, no words"
            ),
            pytest.param(
                answer("200 OK", "0: Accepted for delivery"),
                UNKNOWN,
                "gateway said 200",
                id="200 is not Kannel's word",
            ),
            pytest.param(
                answer("302 Found", Location="http://127.0.0.1/elsewhere"),
                UNKNOWN,
                "gateway said 302",
                id="sent elsewhere",
            ),
            pytest.param(
                answer("403 Forbidden", "Authorization failed for sendsms"),
                NOT_SENT,
                "gateway said 403",
                id="our login",
            ),
            pytest.param(
                answer("400 Bad Request", "Number(s) has/have been denied"),
                REFUSED,
                "gateway said 400",
                id="this number",
            ),
            pytest.param(
                answer("503 Unavailable", "Temporal failure, try again later."),
                NOT_SENT,
                "gateway said 503",
                id="not now",
            ),
            pytest.param(
                "what?\r\n\r\n", UNKNOWN, "gateway: cut before its answer", id="no HTTP"
            ),
            pytest.param(
                "HTTP/1.1 202 Accepted\r\nContent-Length: 24\r\n\r\n0: Acc",
                UNKNOWN,
                "gateway: cut before its answer",
                id="half an answer",
            ),
            pytest.param(DROP, UNKNOWN, "gateway: cut before its answer", id="hung up"),
            pytest.param(
                SILENCE, UNKNOWN, "gateway: no answer in time", id="never answered"
            ),
        ],
    )
    def test_tells_what_became_of_the_text(
        self, said: str, verdict: Verdict, reason: str
    ) -> None:
        plan = {"answer": [said]}
        with (
            ScriptedGateway(plan) as server,
            channel_to(server.port, timeout=0.6) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text())

        assert (caught.value.verdict, caught.value.reason) == (verdict, reason)
        assert len(server.requests) == 1

    def test_carries_the_next_text_after_one_that_was_cut(self) -> None:
        plan = {"answer": [DROP]}
        with ScriptedGateway(plan) as server, channel_to(server.port) as channel:
            with pytest.raises(ChannelError):
                channel.send(a_text(reference="reminder-1"))
            channel.send(a_text(reference="reminder-2"))

        assert server.connections == 2

    def test_has_sent_nothing_where_nobody_listens(self) -> None:
        with channel_to(free_port()) as channel, pytest.raises(ChannelError) as caught:
            channel.send(a_text())

        assert caught.value.verdict is NOT_SENT
        assert caught.value.reason == "gateway: no connection"

    def test_has_sent_nothing_when_connecting_takes_too_long(self) -> None:
        with (
            unreachable() as port,
            channel_to(port, timeout=0.6) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text())

        assert caught.value.verdict is NOT_SENT
        assert caught.value.reason == "gateway: connecting timed out"

    def test_has_sent_nothing_to_a_gateway_it_does_not_trust(
        self, certificate: Path
    ) -> None:
        with (
            ScriptedGateway(tls=showing(certificate)) as server,
            channel_to(server.port, scheme="https") as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text())

        assert caught.value.verdict is NOT_SENT
        assert caught.value.reason == "gateway: no connection"
        assert server.requests == []

    def test_waits_as_long_as_the_gateway_asks(self) -> None:
        busy = answer("503 Unavailable", Retry_After="120")
        with (
            ScriptedGateway({"answer": [busy]}) as server,
            channel_to(server.port) as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text())

        assert caught.value.retry_after == timedelta(minutes=2)

    def test_goes_to_the_gateway_whatever_the_environment_says(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("http_proxy", f"http://{HOST}:{free_port()}")

        with ScriptedGateway() as server, channel_to(server.port) as channel:
            channel.send(a_text())

        assert len(server.requests) == 1


class TestRefusal:
    @pytest.mark.parametrize(
        ("status", "verdict"),
        [
            pytest.param(202, UNKNOWN, id="taken over, but in other words"),
            pytest.param(301, UNKNOWN, id="moved"),
            pytest.param(400, REFUSED, id="bad request"),
            pytest.param(401, NOT_SENT, id="who are you"),
            pytest.param(404, NOT_SENT, id="nothing here"),
            pytest.param(413, REFUSED, id="too long"),
            pytest.param(422, REFUSED, id="not to be processed"),
            pytest.param(429, NOT_SENT, id="too many"),
            pytest.param(499, NOT_SENT, id="the last of the four hundreds"),
            pytest.param(500, UNKNOWN, id="it broke on the way"),
            pytest.param(502, UNKNOWN, id="the one behind it broke"),
            pytest.param(503, NOT_SENT, id="not now"),
            pytest.param(504, UNKNOWN, id="the one behind it is slow"),
        ],
    )
    def test_reads_the_status(self, status: int, verdict: Verdict) -> None:
        assert refusal(status).verdict is verdict

    @pytest.mark.parametrize(
        ("header", "pause"),
        [
            pytest.param("30", timedelta(seconds=30), id="seconds"),
            pytest.param("", None, id="nothing"),
            pytest.param("Wed, 21 Oct 2026 07:28:00 GMT", None, id="a date"),
            pytest.param("-1", None, id="the past"),
            pytest.param("9" * 40, None, id="beyond all time"),
        ],
    )
    def test_reads_the_pause(self, header: str, pause: timedelta | None) -> None:
        assert refusal(429, header).retry_after == pause
