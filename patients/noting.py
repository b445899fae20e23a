"""What is asked about medicines, allergies, conditions, the checklist and consent."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from patients.background import Agreement, Allergen, Allergy, Condition, Had, Reaction
from patients.exclusions import WORDINGS, Answer, Answered, Exclusion
from patients.fields import DayField, asked
from patients.forms import LONG_AGO
from patients.medicines import Medicine, Route, Taken
from patients.pages import AskingForm
from patients.samples import Sample
from patients.titles import (
    AGREEMENTS,
    ALLERGENS,
    ANSWERS,
    CONDITIONS,
    MEDICINES,
    REACTIONS,
    ROUTES,
    SAMPLES,
    Titles,
)

TODAY, BEFORE = "today", "before"
NOT_TOO_LONG_AGO = MinValueValidator(LONG_AGO, _("This day is too long ago."))


def _choices(titles: Titles) -> Titles:
    return [("", _("choose")), *titles]


class NotingForm(AskingForm):
    """Something that is written down about a patient."""

    title: Any = ""
    submit: Any = _("Record")
    warning: Any = ""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today


class MedicineForm(NotingForm):
    """A medicine that starts, is taken, or was."""

    title = _("Add a medicine")
    warning = _("What is taken is recorded; nothing is suggested.")

    medicine = forms.ChoiceField(
        label=_("Medicine"),
        choices=_choices(MEDICINES),
        error_messages=asked(_("Choose the medicine.")),
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the box says. Needed for another medicine."),
        max_length=80,
        required=False,
    )
    daily_mg = forms.DecimalField(
        label=_("Milligrams a day"),
        help_text=_("400 micrograms are 0.4. Needed for folic acid."),
        max_digits=10,
        decimal_places=4,
        required=False,
        error_messages={"invalid": _("Enter milligrams as a number, such as 0.4.")},
    )
    route = forms.ChoiceField(
        label=_("Route"),
        choices=ROUTES,
        initial=Route.ORAL,
        error_messages=asked(_("Choose the route.")),
    )
    when = forms.ChoiceField(
        label=_("When"),
        choices=[
            (TODAY, _("it starts today")),
            (BEFORE, _("it was started before today")),
        ],
        widget=forms.RadioSelect,
        error_messages=asked(_("Say whether the medicine starts today.")),
    )
    started_on = DayField(
        label=_("Started on"),
        help_text=_("Leave it empty if nobody knows."),
        required=False,
        validators=[NOT_TOO_LONG_AGO],
    )
    stopped_on = DayField(
        label=_("Stopped on"),
        help_text=_("Leave it empty while it is taken."),
        required=False,
        validators=[NOT_TOO_LONG_AGO],
    )
    inr_low = forms.DecimalField(
        label=_("INR range from"),
        help_text=_("Only for warfarin: the range meant for this patient."),
        max_digits=3,
        decimal_places=1,
        required=False,
        error_messages={"invalid": _("Enter the INR as a number, such as 2.0.")},
    )
    inr_high = forms.DecimalField(
        label=_("INR range to"),
        max_digits=3,
        decimal_places=1,
        required=False,
        error_messages={"invalid": _("Enter the INR as a number, such as 3.0.")},
    )

    def clean(self) -> dict[str, Any]:
        """Let a medicine that starts today have no other first day."""
        said = super().clean() or self.cleaned_data
        if said.get("when") == TODAY:
            if said.get("started_on") not in (None, self.today):
                self.add_error("started_on", _("It starts today, or on that day."))
            said["started_on"] = self.today
        return said

    @property
    def taken(self) -> Taken:
        """Return what is said of the medicine."""
        names = ("name", "daily_mg", "started_on", "stopped_on", "inr_low", "inr_high")
        return Taken(
            medicine=Medicine(self.cleaned_data["medicine"]),
            route=Route(self.cleaned_data["route"]),
            **{name: self.cleaned_data[name] for name in names},
        )


class StopForm(NotingForm):
    """From which day on a medicine is not taken any more."""

    title, submit = _("Stop a medicine"), _("Stop")

    stopped_on = DayField(
        label=_("Stopped on"),
        help_text=_("The first day without it."),
        missing=_("Enter the first day without the medicine."),
    )


class AllergyForm(NotingForm):
    """What a patient reacts to, or that nothing is known."""

    title = _("Record an allergy")

    allergen = forms.ChoiceField(
        label=_("Allergy"),
        choices=_choices(ALLERGENS),
        error_messages=asked(_("Choose what the patient reacts to, if anything.")),
    )
    name = forms.CharField(
        label=_("Name"),
        help_text=_("Needed for something else."),
        max_length=80,
        required=False,
    )
    reaction = forms.ChoiceField(
        label=_("Reaction"),
        choices=REACTIONS,
        initial=Reaction.UNKNOWN,
        error_messages=asked(_("Say how bad the reaction was, or “not known”.")),
    )
    since = DayField(label=_("First reaction on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    @property
    def allergy(self) -> Allergy | None:
        """Return what the patient reacts to; None if no allergy is known."""
        said = self.cleaned_data
        if said["allergen"] == Allergen.NONE_KNOWN:
            return None
        return Allergy(
            allergen=Allergen(said["allergen"]),
            reaction=Reaction(said["reaction"]),
            name=said["name"],
            since=said["since"],
        )


class ConditionForm(NotingForm):
    """What a patient has, is, or was exposed to."""

    title = _("Record a condition")

    condition = forms.ChoiceField(
        label=_("Condition"),
        choices=_choices(CONDITIONS),
        error_messages=asked(_("Choose the condition.")),
    )
    from_on = DayField(
        label=_("Since"),
        help_text=_("Leave it empty if nobody knows. A planned day may lie ahead."),
        required=False,
        validators=[NOT_TOO_LONG_AGO],
    )
    ended_on = DayField(
        label=_("Ended on"),
        help_text=_("Leave it empty while it lasts."),
        required=False,
        validators=[NOT_TOO_LONG_AGO],
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    @property
    def had(self) -> Had:
        """Return what is said of the condition."""
        said = self.cleaned_data
        return Had(
            condition=Condition(said["condition"]),
            from_on=said["from_on"],
            ended_on=said["ended_on"],
        )


class EndForm(NotingForm):
    """From which day on a condition is not there any more."""

    title, submit = _("End a condition"), _("End")

    ended_on = DayField(
        label=_("Ended on"),
        help_text=_("The first day without it."),
        missing=_("Enter the first day without the condition."),
    )


class ChecklistForm(NotingForm):
    """The seventeen other explanations, each with an answer or none yet."""

    title, submit = _("Exclusions checklist"), _("Save")
    warning = _(
        "It never delays the start; it is answered by day 14 (rule S15, not clinically "
        "approved)."
    )

    def __init__(
        self, *args: Any, known: dict[Exclusion, Answered], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for line in Exclusion:
            self.fields[line.value] = forms.ChoiceField(
                label=f"{line} {WORDINGS[line].text} ({WORDINGS[line].rule})",
                choices=ANSWERS,
                initial=known[line].answer if line in known else None,
                widget=forms.RadioSelect,
                required=False,
                error_messages=asked(_("Choose one of the answers.")),
            )

    @property
    def answers(self) -> dict[Exclusion, Answer]:
        """Return what is answered; a line without an answer stays as it was."""
        said = self.cleaned_data
        return {line: Answer(said[line]) for line in Exclusion if said[line]}


class SamplesForm(NotingForm):
    """For which tests blood was drawn before treatment."""

    title = _("Record baseline samples")
    warning = _(
        "A missing sample never delays an injection (rule R05, not clinically "
        "approved)."
    )

    samples = forms.MultipleChoiceField(
        label=_("Tests"),
        choices=SAMPLES,
        widget=forms.CheckboxSelectMultiple,
        error_messages=asked(_("Choose at least one test.")),
    )
    drawn_on = DayField(
        label=_("Blood drawn on"), missing=_("Enter the day the blood was drawn.")
    )

    @property
    def chosen(self) -> list[Sample]:
        """Return the tests that were chosen."""
        return [Sample(code) for code in self.cleaned_data["samples"]]


class ConsentForm(NotingForm):
    """What a patient said to being treated."""

    title = _("Record consent")
    called = {"on": "said_on"}

    answer = forms.ChoiceField(
        label=_("The patient’s answer"),
        choices=AGREEMENTS,
        widget=forms.RadioSelect,
        error_messages=asked(_("Say what the patient answered.")),
    )
    how = forms.CharField(
        label=_("How we know, and from whom"),
        help_text=_("For example: said so to me; signed form of 3 March."),
        max_length=120,
        error_messages=asked(_("Say how we know it, and from whom.")),
    )
    said_on = DayField(label=_("Said on"), missing=_("Enter the day of the answer."))

    @property
    def agreement(self) -> Agreement:
        """Return what the patient answered."""
        return Agreement(self.cleaned_data["answer"])
