"""How a person may be reached; what is wrong is left out with a warning."""

import pytest

from tests.tracker.imports.good_lines import row, warnings


class TestContact:
    def test_leaves_out_a_malformed_phone_number(self) -> None:
        short = row(mobile="0770090")

        assert short.phone is None
        assert warnings(short) == [("Mobile", "phone_malformed")]

    def test_leaves_out_a_malformed_address(self) -> None:
        doubled = row(email="jo@@example")

        assert doubled.email is None
        assert warnings(doubled) == [("Email", "email_malformed")]

    @pytest.mark.parametrize(
        ("text", "codes"),
        [
            pytest.param("", [], id="blank"),
            pytest.param("N", [], id="no"),
            pytest.param(
                "Maybe", [("Consent to text", "consent_not_clear")], id="maybe"
            ),
        ],
    )
    def test_consents_only_by_a_clear_yes(
        self, text: str, codes: list[tuple[str, str]]
    ) -> None:
        unclear = row(consent_to_text=text)

        assert unclear.sms_consent is False
        assert warnings(unclear) == codes

    def test_prefers_nothing_that_is_not_understood(self) -> None:
        pigeon = row(preferred_contact="Pigeon")

        assert pigeon.preferred == ""
        assert warnings(pigeon) == [("Preferred contact", "preference_not_understood")]

    def test_may_be_all_blank(self) -> None:
        blank = row(mobile="", email="", preferred_contact="", gender="")

        assert (blank.phone, blank.email, blank.preferred) == (None, None, "")
        assert warnings(blank) == []
