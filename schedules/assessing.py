"""What is asked about symptoms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField, asked
from patients.forms import LONG_AGO
from patients.models import Assessment
from patients.pages import AskingForm
from patients.symptom_words import CHANGE, DOMAINS, RED_FLAGS
from patients.symptoms import NONE, WORST, Assessed, Domain
from schedules.words import Words, day

FROM_0_TO_10 = _("Score from 0 to 10, in whole numbers.")
MOST_FALLS = 999
SLOWEST = Decimal(600)  # seconds
NOT_TESTED = ("", _("not tested"))


class ScoreField(forms.IntegerField):
    """A score from 0 to 10, or nothing if it was not asked."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=NONE,
            max_value=WORST,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            error_messages=dict.fromkeys(
                ("invalid", "min_value", "max_value"), FROM_0_TO_10
            ),
        )


def _number(label: Words, most: Any, sentence: Words, **options: Any) -> dict[str, Any]:
    return {
        "label": label,
        "required": False,
        "min_value": 0,
        "max_value": most,
        "error_messages": dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places"),
            sentence,
        ),
    } | options


class AssessmentForm(AskingForm):
    """How the symptoms are: scores, change, what cannot wait, what was examined."""

    #: Where a refusal about all scores is shown.
    called = {"scores": Domain.TREMOR}

    pgic = forms.TypedChoiceField(
        label=_("All in all, since treatment began"),
        choices=[("", _("not asked")), *CHANGE.items()],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=asked(_("Choose one of the seven answers.")),
    )
    red_flags = forms.MultipleChoiceField(
        label=_("What cannot wait"),
        help_text=_("Each of these needs a clinician on the same day (rule S21)."),
        choices=list(RED_FLAGS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=asked(_("Choose from the list.")),
    )
    falls = forms.IntegerField(
        **_number(
            _("Falls since the last time"),
            MOST_FALLS,
            _("Enter the number of falls, such as 0 or 2."),
        )
    )
    up_and_go_seconds = forms.DecimalField(
        **_number(
            _("Timed Up and Go, seconds"),
            SLOWEST,
            _("Enter the seconds, such as 11.5."),
            max_digits=4,
            decimal_places=1,
        )
    )
    romberg = forms.ChoiceField(
        label=_("Romberg’s test"),
        choices=[NOT_TESTED, *Assessment.Romberg.choices],
        required=False,
    )
    vibration = forms.ChoiceField(
        label=_("Vibration at the toe, 128 Hz"),
        choices=[NOT_TESTED, *Assessment.Finding.choices],
        required=False,
    )
    ankle_reflexes = forms.ChoiceField(
        label=_("Ankle reflexes"),
        choices=[NOT_TESTED, *Assessment.Finding.choices],
        required=False,
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)
    assessed_on = DayField(
        label=_("Day"),
        missing=_("Enter the day of the assessment."),
        validators=[MinValueValidator(LONG_AGO, _("This day is too long ago."))],
    )
    source = forms.ChoiceField(
        label=_("Source"),
        choices=Assessment.Source.choices,
        initial=Assessment.Source.NURSE,
        error_messages=asked(_("Say who answered.")),
    )

    def __init__(self, *args: Any, last: Mapping[Domain, Assessed], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for domain in Domain:
            self.fields[domain] = ScoreField(DOMAINS[domain])
            if domain in last:
                self.fields[domain].help_text = _before(last[domain], domain)
        self.order_fields([*Domain, *self.base_fields])

    @property
    def details(self) -> dict[str, Any]:
        """Return the columns of the assessment, but for its day."""
        said = self.cleaned_data
        names = (
            "pgic", "red_flags", "falls", "up_and_go_seconds", "romberg", "vibration",
            "ankle_reflexes", "note", "source",
        )  # fmt: skip
        scores = {str(d): said[d] for d in Domain if said[d] is not None}
        return {name: said[name] for name in names} | {"scores": scores}


class DismissForm(AskingForm):
    """Why a suggestion is dismissed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=400,
        error_messages=asked(_("Say why the suggestion is dismissed.")),
    )


def _before(assessed: Assessed, domain: Domain) -> str:
    said = {"score": assessed.scores[domain], "day": day(assessed.on)}
    return gettext("was %(score)s on %(day)s") % said


def last_scores(assessments: tuple[Assessed, ...]) -> dict[Domain, Assessed]:
    """Return for each domain the last assessment in which it was scored."""
    return {domain: each for each in assessments for domain in each.scores}
