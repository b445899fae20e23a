"""How many parts a text message takes."""

import pytest

from notifications.channels import gsm


class TestSmsSegments:
    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            pytest.param("", 1, id="nothing"),
            pytest.param("a" * 160, 1, id="a full part"),
            pytest.param("a" * 161, 2, id="one letter more"),
            pytest.param("a" * 306, 2, id="two full parts"),
            pytest.param("a" * 307, 3, id="one letter more than two"),
            pytest.param("€" * 80, 1, id="80 letters that count twice"),
            pytest.param("€" * 81, 2, id="81 letters that count twice"),
            pytest.param("é£ñ" * 53, 1, id="accents that are in the alphabet"),
            pytest.param("a" * 152 + "€" + "a" * 152, 3, id="no letter is torn"),
            pytest.param("ł" * 70, 1, id="a full part of UCS-2"),
            pytest.param("ł" * 71, 2, id="71 letters of UCS-2"),
            pytest.param("a" * 70 + "ł", 2, id="one foreign letter turns them all"),
            pytest.param("😀" * 35, 1, id="signs of two units"),
            pytest.param("😀" * 36, 2, id="one sign more"),
            pytest.param("a" * 66 + "😀" + "a" * 66, 3, id="no sign is torn"),
        ],
    )
    def test_counts_as_a_network_does(self, text: str, parts: int) -> None:
        assert gsm.sms_segments(text) == parts


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
