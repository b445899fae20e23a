"""The list."""

import pytest

from notifications.channels import memory
from notifications.channels.base import ChannelError, Message, Verdict
from notifications.channels.memory import MemoryChannel
from tests.notifications.channels.letters import a_letter, a_text


class TestSend:
    def test_keeps_messages_in_order(self) -> None:
        outbox: list[Message] = []

        with MemoryChannel(outbox) as channel:
            ids = [channel.send(message) for message in (a_letter(), a_text())]

        assert outbox == [a_letter(), a_text()]
        assert [sent.provider_id for sent in ids] == ["memory-1", "memory-2"]

    def test_meets_its_failures_one_by_one(self) -> None:
        failure = ChannelError(Verdict.UNKNOWN, "planned")
        channel = MemoryChannel([], failures=[None, failure])
        channel.send(a_letter())

        with pytest.raises(ChannelError) as caught:
            channel.send(a_text())
        channel.send(a_text(reference="reminder-3"))

        assert caught.value is failure
        assert channel.outbox == [a_letter(), a_text(reference="reminder-3")]

    def test_uses_the_list_of_the_process_unless_given_one(self) -> None:
        assert MemoryChannel().outbox is memory.OUTBOX
