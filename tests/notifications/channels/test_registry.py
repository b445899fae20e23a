"""Which channel the settings name."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django.fixtures import Settings

from notifications.channels.base import Channel
from notifications.channels.console import ConsoleChannel
from notifications.channels.file import FileChannel
from notifications.channels.kannel import KannelChannel
from notifications.channels.mail import MailChannel
from notifications.channels.memory import OUTBOX, MemoryChannel
from notifications.channels.registry import channel_for
from tests.components.mail import Sink
from tests.notifications.channels.letters import a_letter, a_text
from tests.notifications.channels.servers import ScriptedGateway


class TestChannelFor:
    @pytest.mark.parametrize(
        ("kind", "url", "expected"),
        [
            pytest.param("sms", "", FileChannel, id="no gateway"),
            pytest.param("email", "", FileChannel, id="no mail server"),
            pytest.param("sms", "console:", ConsoleChannel, id="texts on screen"),
            pytest.param("email", "console:", ConsoleChannel, id="mail on screen"),
            pytest.param("sms", "memory:", MemoryChannel, id="texts in a list"),
            pytest.param("email", "memory:", MemoryChannel, id="mail in a list"),
            pytest.param(
                "sms", "http://u:p@h/?from=Elm", KannelChannel, id="a gateway"
            ),
            pytest.param("email", "smtp://h", MailChannel, id="a mail server"),
        ],
    )
    def test_reads_the_setting(
        self, settings: Settings, kind: str, url: str, expected: type[Channel]
    ) -> None:
        setattr(settings, {"sms": "KANNEL_URL", "email": "SMTP_URL"}[kind], url)

        assert type(channel_for(kind)) is expected

    def test_delivers_mail_from_the_address_of_the_settings(
        self, settings: Settings, smtp_sink: Sink
    ) -> None:
        settings.SMTP_URL = smtp_sink.url
        settings.EMAIL_FROM = "Elm Street <elm@clinic.example>"

        with channel_for("email") as channel:
            channel.send(a_letter())

        (found,) = smtp_sink.to("ada@example.org")
        assert found["From"] == "Elm Street <elm@clinic.example>"

    def test_delivers_texts_to_the_gateway_of_the_settings(
        self, settings: Settings
    ) -> None:
        with ScriptedGateway() as server:
            settings.KANNEL_URL = f"http://u:p@127.0.0.1:{server.port}/send?from=Elm"
            with channel_for("sms") as channel:
                channel.send(a_text())

        assert server.requests[0][0] == "POST /send HTTP/1.1"

    def test_fills_the_folder_of_the_settings(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        settings.OUTBOX_DIR = tmp_path / "outbox"

        with channel_for("sms") as channel:
            sent = channel.send(a_text())

        assert (tmp_path / "outbox" / f"{sent.provider_id}.txt").is_file()

    def test_keeps_one_list_for_the_process(self, settings: Settings) -> None:
        settings.KANNEL_URL = "memory:"
        OUTBOX.clear()

        with channel_for("sms") as channel:
            channel.send(a_text())

        assert [a_text()] == OUTBOX

    @pytest.mark.parametrize(
        ("kind", "setting", "url", "reason"),
        [
            pytest.param(
                "email",
                "SMTP_URL",
                "smtp://u:sec/ret@h",
                "SMTP_URL: the port is not a number up to 65535",
                id="a mail server's address",
            ),
            pytest.param(
                "sms",
                "KANNEL_URL",
                "smtp://u:p@h",
                "KANNEL_URL: it is http://…/cgi-bin/sendsms?from=Sender",
                id="a mail server as a gateway",
            ),
        ],
    )
    def test_refuses_an_address_that_makes_no_sense(
        self, settings: Settings, kind: str, setting: str, url: str, reason: str
    ) -> None:
        setattr(settings, setting, url)

        with pytest.raises(ImproperlyConfigured) as caught:
            channel_for(kind)

        assert str(caught.value) == reason
