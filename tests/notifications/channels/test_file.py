"""The outbox folder."""

import stat
from datetime import timedelta, timezone
from pathlib import Path

import pytest

from notifications.channels.base import ChannelError, Message, Verdict
from notifications.channels.file import FileChannel
from tests.notifications.channels.letters import MORNING, a_letter, a_text


class TestSend:
    def test_writes_an_e_mail(self, tmp_path: Path) -> None:
        with FileChannel(tmp_path) as channel:
            sent = channel.send(a_letter())

        assert (tmp_path / f"{sent.provider_id}.txt").read_text() == (
            "To: ada@example.org\n"
            "Date: Mon, 16 Nov 2026 09:00:00 +0000\n"
            "Subject: Your next visit to Elm Street Surgery\n"
            "\n"
            "Dear Ada,\n\nPlease call us.\n"
        )

    def test_writes_a_text_message(self, tmp_path: Path) -> None:
        with FileChannel(tmp_path) as channel:
            sent = channel.send(a_text())

        assert (tmp_path / f"{sent.provider_id}.txt").read_text() == (
            "To: +447700900123\n"
            "Date: Mon, 16 Nov 2026 09:00:00 +0000\n"
            "\n"
            "Elm Street Surgery: please call us.\n"
        )

    def test_names_the_file_by_time_and_key_alone(self, tmp_path: Path) -> None:
        zone = timezone(timedelta(hours=5, minutes=30))
        message = Message(
            reference="plan-7-Ada",
            to="ada@example.org",
            body="Hello",
            sent_at=MORNING.astimezone(zone),
        )

        FileChannel(tmp_path).send(message)

        expected = f"20261116T090000Z-{message.fingerprint}.txt"
        assert [file.name for file in tmp_path.iterdir()] == [expected]

    def test_keeps_two_messages_of_one_second_apart(self, tmp_path: Path) -> None:
        with FileChannel(tmp_path) as channel:
            channel.send(a_letter(reference="reminder-1"))
            channel.send(a_letter(reference="reminder-2"))

        assert len(list(tmp_path.iterdir())) == 2

    def test_lets_only_its_owner_read(self, tmp_path: Path) -> None:
        folder = tmp_path / "var" / "outbox"

        sent = FileChannel(folder).send(a_letter())

        file = folder / f"{sent.provider_id}.txt"
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(file.stat().st_mode) == 0o600

    def test_says_when_the_folder_cannot_be(self, tmp_path: Path) -> None:
        occupied = tmp_path / "outbox"
        occupied.write_text("a file stands where the folder belongs")

        with pytest.raises(ChannelError) as caught:
            FileChannel(occupied).send(a_letter())

        assert caught.value.verdict is Verdict.NOT_SENT
        assert caught.value.reason == "outbox folder: File exists"

    def test_leaves_no_half_a_file(self, tmp_path: Path) -> None:
        message = a_letter()
        name = f"20261116T090000Z-{message.fingerprint}.txt"
        (tmp_path / name).mkdir()  # the draft is written, but cannot be moved here

        with pytest.raises(ChannelError) as caught:
            FileChannel(tmp_path).send(message)

        assert caught.value.verdict is Verdict.NOT_SENT
        assert [file.name for file in tmp_path.iterdir()] == [name]
