"""How a page with a form behaves: show it, act once, say what came of it, go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from patients.refusals import Refused


class AskingForm(forms.Form):
    """A form that can say why an action refused."""

    #: What a refusal calls a field, where this form calls it otherwise.
    called: Mapping[str, str] = {}

    def take_refusal(self, refusal: Refused) -> None:
        """Show the reason at the field it is about, or above all of them."""
        name = self.called.get(refusal.field, refusal.field)
        error = ValidationError(refusal.reason, code=refusal.code)
        self.add_error(name if name in self.fields else None, error)


def posted(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, or nothing if the page was only looked at."""
    return request.POST if request.method == "POST" else None


@dataclass(frozen=True)
class Done:
    """What came of an act, in one sentence, and the address where to go on."""

    sentence: str
    to: str


def ask(
    request: HttpRequest,
    form: AskingForm,
    *,
    template: str,
    act: Callable[[], str | Done],
    back: str,
    **context: Any,
) -> HttpResponse:
    """
    Show a form; when it comes back in order, act once and go on.

    `act` returns what came of it: a sentence, after which it goes on to the address
    `back`, or where Done says. If it raises Refused, the form is shown again with the
    reason.
    """
    if form.is_valid():
        try:
            done = act()
        except Refused as refusal:
            form.take_refusal(refusal)
        else:
            done = done if isinstance(done, Done) else Done(done, to=back)
            messages.success(request, done.sentence)
            return HttpResponseRedirect(done.to)  # an address, never a name
    return render(request, template, {"form": form, "back": back, **context})
