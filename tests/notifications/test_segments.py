"""The counting of parts, by which the texts are judged."""

import pytest

from tests.notifications.segments import sms_segments


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
        assert sms_segments(text) == parts
