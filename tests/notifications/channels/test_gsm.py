"""The alphabet of text messages."""

import pytest

from notifications.channels import gsm


class TestFits:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            pytest.param("Elm Street: £5, 3 € [x]", True, id="english"),
            pytest.param("Łódź", False, id="polish"),
            pytest.param("it’s", False, id="a typographic apostrophe"),
            pytest.param("`", False, id="a backtick"),
            pytest.param("ç", False, id="only the capital cedilla is in it"),
        ],
    )
    def test_knows_the_alphabet(self, text: str, answer: bool) -> None:
        assert gsm.fits(text) is answer

    def test_knows_128_letters_and_9_more_less_the_escape(self) -> None:
        every_letter = (chr(number) for number in range(0x10000))

        assert sum(map(gsm.fits, every_letter)) == 127 + 10


class TestPlain:
    def test_replaces_typographic_signs(self) -> None:
        written = "“It’s – well…”\u00a0he said"

        assert gsm.plain(written) == '"It\'s - well..." he said'

    def test_leaves_letters_alone(self) -> None:
        assert gsm.plain("Łódź, Zoë") == "Łódź, Zoë"
