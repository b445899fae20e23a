"""The page of the rules."""

import pytest
from django.urls import reverse

from schedules.rulebook import claims, ways
from tests.doors import enter
from tests.factories import make_clinic


@pytest.mark.django_db
@pytest.mark.proves("R45", "R17")
class TestRules:
    def test_are_shown_with_status_source_and_that_nobody_approved(self) -> None:
        page = enter(make_clinic()).get(reverse("rules")).content.decode()

        for rule in (*claims.claims(), *ways.ways()):
            assert f'<tr id="{rule.id}">' in page
        assert page.count("not clinically approved") >= len(claims.claims())
        assert "folic acid 2.5 mg, B6 25 mg and B12 1 mg" in page
        for title in ("Potassium below 3.0 in early loading", "Intravenous"):
            assert title in page
        for source in claims.sources():
            assert f'id="source-{source}"' in page
