"""Fields that more than one form asks with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from patients.identifiers import InvalidIdentifier


class DayField(forms.DateField):
    """A civil day. Browsers send 2026-12-31; people may write 31/12/2026."""

    MISSING = _("Enter a day.")

    def __init__(self, *, missing: Any = MISSING, **options: Any) -> None:
        super().__init__(
            input_formats=("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"),
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={
                "required": missing,
                "invalid": _("This is no day. Write it as 31/12/2026."),
            },
            **options,
        )


class IdentifierField(forms.CharField):
    """A number or an address, kept in the one form that is stored."""

    def __init__(self, *, read: Callable[[str], str], **options: Any) -> None:
        super().__init__(**options)
        self.read = read

    def clean(self, value: Any) -> str:
        """Return the stored form, or refuse with the sentence that says why not."""
        said = super().clean(value)
        try:
            return self.read(said) if said else ""
        except InvalidIdentifier as problem:
            raise ValidationError(str(problem), code="invalid") from problem


def asked(sentence: Any) -> dict[str, Any]:
    """Return the messages of a field that must be filled in."""
    return {"required": sentence, "invalid_choice": sentence}
