"""An address that no channel understands is said before anything starts."""

from typing import Any

import pytest

from notifications.checks import addresses


class TestAddresses:
    def test_may_be_left_out(self) -> None:
        assert addresses() == []

    @pytest.mark.parametrize(
        ("setting", "address", "said"),
        [
            pytest.param(
                "SMTP_URL",
                "mail.example.org",
                "SMTP_URL: the address names no host",
                id="a host without a scheme",
            ),
            pytest.param(
                "KANNEL_URL",
                "http://gateway/cgi-bin/sendsms",
                "KANNEL_URL: it is http://…/cgi-bin/sendsms?from=Sender",
                id="a gateway without a sender",
            ),
        ],
    )
    def test_are_refused_in_one_sentence(
        self, settings: Any, setting: str, address: str, said: str
    ) -> None:
        setattr(settings, setting, address)

        assert [problem.msg for problem in addresses()] == [said]
