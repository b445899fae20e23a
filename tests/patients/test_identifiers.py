"""Numbers and addresses come to one form, or are refused in one sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients import identifiers
from patients.identifiers import (
    InvalidIdentifier,
    NotAnEmailAddress,
    NotAPhoneNumber,
    NotTenDigits,
    PlaceholderNumber,
    WrongCheckDigit,
)


class TestNhsNumber:
    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("9994200003", id="bare"),
            pytest.param("999 420 0003", id="grouped"),
            pytest.param("999-420-0003", id="with hyphens"),
            pytest.param(" 999\u00a0420\u00a00003 ", id="with no-break spaces"),
        ],
    )
    def test_is_ten_digits_however_they_are_grouped(self, text: str) -> None:
        assert identifiers.nhs_number(text) == "9994200003"

    @pytest.mark.parametrize(
        ("text", "error"),
        [
            pytest.param("", NotTenDigits, id="empty"),
            pytest.param("999420000", NotTenDigits, id="nine digits"),
            pytest.param("99942000030", NotTenDigits, id="eleven digits"),
            pytest.param("99942OOOO3", NotTenDigits, id="letters O for zeros"),
            pytest.param("９９９４２００００３", NotTenDigits, id="wide digits"),
            pytest.param("9994200004", WrongCheckDigit, id="last digit mistyped"),
            pytest.param("9994200030", WrongCheckDigit, id="two digits exchanged"),
            pytest.param("9999999999", PlaceholderNumber, id="nines"),
            pytest.param("0000000000", PlaceholderNumber, id="zeros"),
        ],
    )
    def test_refuses(self, text: str, error: type[InvalidIdentifier]) -> None:
        with pytest.raises(error):
            identifiers.nhs_number(text)

    def test_accepts_a_check_digit_of_zero(self) -> None:
        # 1x6 + 1x5 = 11: nothing over eleven, so the tenth digit is 0.
        assert identifiers.nhs_number("0000110000") == "0000110000"

    @pytest.mark.parametrize("last", "0123456789")
    def test_refuses_nine_digits_whose_check_digit_would_be_ten(
        self, last: str
    ) -> None:
        # 1x6 + 1x4 + 1x2 = 12, that is 1 over eleven: the tenth digit would be 10.
        with pytest.raises(WrongCheckDigit):
            identifiers.nhs_number(f"000010101{last}")

    @given(st.integers(0, 9), st.integers(1, 9))
    def test_notices_any_single_digit_that_is_mistyped(self, at: int, by: int) -> None:
        digits = [int(digit) for digit in "9994200135"]
        digits[at] = (digits[at] + by) % 10
        with pytest.raises(WrongCheckDigit):
            identifiers.nhs_number("".join(map(str, digits)))


class TestPhone:
    @pytest.mark.parametrize(
        ("text", "number"),
        [
            pytest.param("07700 900123", "+447700900123", id="kept for fiction"),
            pytest.param("07700900123", "+447700900123", id="without spaces"),
            pytest.param("+44 7700 900123", "+447700900123", id="international"),
            pytest.param("0044 7700 900123", "+447700900123", id="with 00"),
            pytest.param("447700900123", "+447700900123", id="without plus"),
            pytest.param("+44 (0)7700 900-123", "+447700900123", id="with (0)"),
            pytest.param(
                "7700900123", "+447700900123", id="a spreadsheet ate the zero"
            ),
            pytest.param("(020) 7946 0123", "+442079460123", id="landline"),
            pytest.param("01632 960123", "+441632960123", id="landline for fiction"),
            pytest.param("+353 87 123 4567", "+353871234567", id="abroad"),
            pytest.param("0800 1111", "+448001111", id="the one short number"),
        ],
    )
    def test_is_e164(self, text: str, number: str) -> None:
        assert identifiers.phone(text) == number

    def test_is_dialled_from_the_region(self) -> None:
        assert identifiers.phone("(212) 555-0123", region="US") == "+12125550123"

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("0770090", id="far too short"),
            pytest.param("07700 90012", id="a digit short"),
            pytest.param("07700 9001234", id="a digit long"),
            pytest.param("900123", id="good inside one town only"),
            pytest.param("00000 000000", id="zeros"),
            pytest.param("999", id="emergency"),
            pytest.param("07700 900123 (wife)", id="words beside it"),
            pytest.param("07700900123 07700900456", id="two numbers"),
            pytest.param("07700900123/07700900456", id="two numbers with a slash"),
            pytest.param("4.47701E+11", id="a spreadsheet's number"),
            pytest.param("ex-directory", id="words"),
            pytest.param("+", id="plus alone"),
            pytest.param("+0", id="no country"),
            pytest.param("1" * 300, id="endless"),
        ],
    )
    def test_refuses(self, text: str) -> None:
        with pytest.raises(NotAPhoneNumber):
            identifiers.phone(text)


class TestEmail:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            pytest.param("ada@example.org", "ada@example.org", id="plain"),
            pytest.param(" ada@example.org ", "ada@example.org", id="spaces around"),
            pytest.param("Ada@EXAMPLE.Org", "Ada@example.org", id="domain in capitals"),
            pytest.param(
                "a.b+c@mail.example.org", "a.b+c@mail.example.org", id="tagged"
            ),
            pytest.param("o'rail@example.org", "o'rail@example.org", id="apostrophe"),
            pytest.param(
                "a@xn--bcher-kva.example", "a@xn--bcher-kva.example", id="IDN"
            ),
        ],
    )
    def test_is_stored(self, text: str, address: str) -> None:
        assert identifiers.email(text) == address

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("ada", id="no at"),
            pytest.param("jo@@example", id="two ats"),
            pytest.param("jo@@example.org", id="two ats and a domain"),
            pytest.param("jo@bo@example.org", id="two ats apart"),
            pytest.param("@example.org", id="nobody"),
            pytest.param("ada@", id="nowhere"),
            pytest.param("ada@localhost", id="no dot"),
            pytest.param("ada@example.", id="dot at the end"),
            pytest.param("ada@.org", id="dot at the start"),
            pytest.param("ada@-example.org", id="hyphen first"),
            pytest.param("ada@exa_mple.org", id="underscore in the domain"),
            pytest.param("ada@127.0.0.1", id="a machine's number"),
            pytest.param("a..b@example.org", id="two dots"),
            pytest.param(".ada@example.org", id="dot first"),
            pytest.param("a b@example.org", id="space"),
            pytest.param("ada@example.org, b@example.org", id="two addresses"),
            pytest.param("Ada <ada@example.org>", id="name and address"),
            pytest.param("ada@example.org\nBcc: b@example.org", id="smuggled header"),
            pytest.param("zoë@example.org", id="not ASCII"),
            # The Kelvin sign.
            pytest.param("ada@\u212aent.org", id="becomes ASCII in small letters"),
            pytest.param(f"{'a' * 65}@example.org", id="local part too long"),
            pytest.param(f"a@{'b.' * 130}org", id="too long"),
        ],
    )
    def test_refuses(self, text: str) -> None:
        with pytest.raises(NotAnEmailAddress):
            identifiers.email(text)


class TestEveryRefusal:
    @given(st.text())
    def test_is_one_of_ours(self, text: str) -> None:
        for read in (identifiers.nhs_number, identifiers.phone, identifiers.email):
            said = "nothing wrong."
            try:
                read(text)
            except InvalidIdentifier as invalid:
                said = str(invalid)
            assert said.endswith(".")
