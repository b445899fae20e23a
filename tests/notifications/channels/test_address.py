"""Addresses of servers."""

import pytest

from notifications.channels.address import ServerAddress


class TestParse:
    def test_reads_every_part(self) -> None:
        url = "http://us%40er:p%3Ass@sms.example:8080/send?from=Elm+Street"

        assert ServerAddress.parse(url) == ServerAddress(
            scheme="http",
            host="sms.example",
            port=8080,
            path="/send",
            user="us@er",
            password="p:ss",
            options={"from": "Elm Street"},
        )

    def test_reads_what_is_left_out_as_nothing(self) -> None:
        assert ServerAddress.parse("smtp://mail.example") == ServerAddress(
            scheme="smtp",
            host="mail.example",
            port=None,
            path="",
            user="",
            password="",
            options={},
        )

    @pytest.mark.parametrize(
        ("url", "reason"),
        [
            pytest.param("smtp://", "the address names no host", id="no host"),
            pytest.param(
                "smtp://user:sec/ret@host",
                "the port is not a number up to 65535",
                id="a password that was not quoted",
            ),
            pytest.param(
                "smtp://host:99999",
                "the port is not a number up to 65535",
                id="a port that does not exist",
            ),
            pytest.param(
                "smtp://user:pässword@host",
                "user and password must be plain ASCII",
                id="a password with an accent",
            ),
        ],
    )
    def test_refuses_without_repeating_the_password(
        self, url: str, reason: str
    ) -> None:
        with pytest.raises(ValueError, match=f"^{reason}$"):
            ServerAddress.parse(url)

    def test_hides_the_password_from_print(self) -> None:
        assert "secret" not in repr(ServerAddress.parse("smtp://user:secret@host"))


class TestBare:
    @pytest.mark.parametrize(
        ("url", "bare"),
        [
            pytest.param("http://u:p@h:81/a?b=c", "http://h:81/a", id="all parts"),
            pytest.param("https://h/a", "https://h/a", id="no port"),
            pytest.param("http://u:p@[::1]:81/a", "http://[::1]:81/a", id="IPv6"),
        ],
    )
    def test_leaves_out_login_and_options(self, url: str, bare: str) -> None:
        assert ServerAddress.parse(url).bare == bare
