import pytest

from schedules.alerts import RULES, Severity
from tracker.dashboard.tags import ALERT_TAGS, SAFETY_TITLES


class TestAlertTag:
    @pytest.mark.parametrize(
        "code",
        [
            rule.code
            for rule in RULES
            if rule.severity is not Severity.INFO and not rule.in_dates
        ],
    )
    def test_has_a_word_for_every_warning_that_no_date_tells(self, code: str) -> None:
        assert code in ALERT_TAGS or code in SAFETY_TITLES
