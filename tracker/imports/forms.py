"""What the pages of the import ask."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patients.models import ImportLine
from patients.pages import AskingForm

#: A line is about 200 bytes, and a practice has a few hundred people on injections.
#: Confirmed, a person takes 20 ms: so much is 690 usual lines in 13 s, and in the
#: shortest lines there can be 2,850 in a minute; the web server waits for two.
LARGEST_KB = 128


class ListForm(AskingForm):
    """Asks for the file."""

    file = forms.FileField(
        label=gettext_lazy("The practice's list"),
        help_text=gettext_lazy(
            "A text file with a line of headings: CSV, or separated by semicolons, "
            "tabs or bars. Nothing is imported before you have seen what would be."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "missing": gettext_lazy("Choose a file."),
            "invalid": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty."),
        },
        widget=forms.ClearableFileInput(
            attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}
        ),
    )

    def clean_file(self) -> UploadedFile:
        """Refuse what is too large to be one practice's list."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_KB * 1024:
            raise ValidationError(
                _(
                    "The file is larger than %(most)s KB; split it, or have it "
                    "imported by the command import_patients."
                )
                % {"most": LARGEST_KB},
                code="too_large",
            )
        return file


class ResolveForm(AskingForm):
    """Asks what was done about a line."""

    resolution = forms.CharField(
        label=gettext_lazy("What was done"),
        help_text=gettext_lazy(
            "For example: corrected in the record, or asked the practice."
        ),
        max_length=ImportLine._meta.get_field("resolution").max_length,
        error_messages={
            "required": gettext_lazy("Say what was done about the line."),
        },
    )
