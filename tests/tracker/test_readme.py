"""The README says what is so."""

import re

from tracker.env import BASE_DIR, VARIABLES

README = (BASE_DIR / "README.md").read_text()


class TestReadme:
    def test_tells_every_variable_with_its_default_and_meaning(self) -> None:
        rows = re.findall(r"^\| `(\w+)` \| `?(.*?)`? \| (.*) \|$", README, re.MULTILINE)

        assert rows == [(v.name, v.default, v.meaning) for v in VARIABLES]

    def test_links_only_to_what_is_there(self) -> None:
        links = re.findall(r"\]\(([^)#:]+)\)", README)

        assert links
        assert [link for link in links if not (BASE_DIR / link).exists()] == []
