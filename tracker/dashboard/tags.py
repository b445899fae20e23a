"""Words that stand out on a line of the list, and the alerts that are told by one."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from schedules.alerts import Alert, Severity
from schedules.safety import TABLE
from schedules.words import Words


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A word that stands out; the tone is never the only thing that says it."""

    text: str
    tone: str = ""  # late, warn, good, or plain


ALERT_TAGS: dict[str, Words] = {
    "NEURO_UNANSWERED": gettext_lazy("nerve symptoms not answered"),
    "COURSE_NOT_ENOUGH": gettext_lazy("protocol not enough for nerve symptoms"),
    "CHILD": gettext_lazy("under 16"),
    "PRODUCT_REVIEW": gettext_lazy("cyanocobalamin"),
    "EXPIRED_GIVEN": gettext_lazy("expired batch given"),
    "PENDING_EXTERNAL": gettext_lazy("injection elsewhere, not verified"),
    "GAP_OVER_TWO_INTERVALS": gettext_lazy("more than two intervals without"),
    "LOADING_INCOMPLETE": gettext_lazy("loading not complete"),
    "START_DELAYED": gettext_lazy("start later than asked"),
    "NEURO_START_OVERDUE": gettext_lazy("nerve symptoms, start overdue"),
    "LOADING_GAP": gettext_lazy("gap in loading"),
    "LOADING_REVIEW_14": gettext_lazy("loading review, day 14"),
    "LOADING_REVIEW_21": gettext_lazy("loading review, day 21"),
    "LOADING_REVIEW": gettext_lazy("loading review"),
    "LONG_LOADING": gettext_lazy("loading for 90 days"),
    "RED_FLAG": gettext_lazy("red flag"),
    "PARADOXICAL_WORSENING": gettext_lazy("worse since treatment began"),
    "WORSENING": gettext_lazy("worse"),
    "NO_RESPONSE_21D": gettext_lazy("no response in 21 days"),
    "RESOLVED_SUGGESTED": gettext_lazy("symptoms gone"),
    "PLATEAU_SUGGESTED": gettext_lazy("plateau"),
    "CHECKLIST_INCOMPLETE": gettext_lazy("checklist not complete"),
    "K_CHECK_DUE": gettext_lazy("potassium to check"),
    "NEURO_EMERGED": gettext_lazy("a nerve spoke up"),
    "PRETX_SAMPLE_MISSING": gettext_lazy("no sample before treatment"),
}
SAFETY_TITLES = {rule.id: rule.title for rule in TABLE}


def is_worth_a_tag(alert: Alert) -> bool:
    """Tell whether the list says it: what is for information mostly waits."""
    return alert.code in ALERT_TAGS or alert.severity is not Severity.INFO


def alert_tag(alert: Alert) -> Tag:
    """Name an alert in a word or two; a safety rule by its title and number."""
    title = SAFETY_TITLES.get(alert.code)
    text = f"{title} ({alert.code})" if title else str(ALERT_TAGS[alert.code])
    return Tag(text=text, tone="warn")
