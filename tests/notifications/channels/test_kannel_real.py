"""Text messages through a real Kannel to its fake carrier."""

from urllib.parse import unquote_to_bytes

import pytest

from notifications.channels.base import ChannelError, Verdict
from notifications.channels.kannel import Gateway, KannelChannel
from tests.components.processes import wait_until
from tests.components.sms import Kannel, Text
from tests.notifications.channels.letters import a_text


def channel_of(gateway: Kannel, **parts: str) -> KannelChannel:
    url = gateway.url
    for old, new in parts.items():
        url = url.replace(old, new)
    return KannelChannel(Gateway.from_url(url))


def arrived(gateway: Kannel, *, to: str) -> list[Text]:
    wait_until(lambda: bool(gateway.texts(to=to)), what=f"a text to {to}")
    return gateway.texts(to=to)


class TestSend:
    def test_reaches_the_carrier(self, kannel: Kannel) -> None:
        body = "Elm Street: £5, 5 € [now] - André, ¿qué?"

        with channel_of(kannel) as channel:
            channel.send(a_text(to="+447700900111", body=body))

        received = arrived(kannel, to="+447700900111")
        assert received == [Text("Clinic", "+447700900111", body)]

    def test_reaches_the_carrier_in_letters_of_every_language(
        self, kannel: Kannel
    ) -> None:
        with channel_of(kannel) as channel:
            channel.send(a_text(to="+447700900113", body="Przychodnia w Łodzi"))

        (received,) = arrived(kannel, to="+447700900113")
        units = unquote_to_bytes(received.words.replace("+", " "))
        assert units.decode("utf-16-be") == "Przychodnia w Łodzi"

    def test_is_taken_over_while_the_carrier_is_away(
        self, kannel_server: Kannel
    ) -> None:
        with channel_of(kannel_server) as channel:
            channel.send(a_text(to="+447700900112", body="kept for later"))

        with kannel_server.carrier():
            received = arrived(kannel_server, to="+447700900112")

        assert received == [Text("Clinic", "+447700900112", "kept for later")]

    def test_is_not_sent_with_a_wrong_login(self, kannel: Kannel) -> None:
        with (
            channel_of(kannel, clinic="nobody") as channel,
            pytest.raises(ChannelError) as caught,
        ):
            channel.send(a_text())

        assert caught.value.verdict is Verdict.NOT_SENT
        assert caught.value.reason == "gateway said 403"
