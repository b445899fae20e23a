"""
The one door of every preview: `?preview=1` on the address of an act.

It stands around all acts, of pages and of the API, so that a new act can be previewed
before anybody has thought of it, and none is done by who asked only what it would move.
"""

from collections.abc import Callable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib.messages import constants
from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from rest_framework.response import Response

from patients import clock
from tracker.preview import api, page, which
from tracker.preview.rehearsal import rehearse
from tracker.problems import MEDIA_TYPE

LOOKING = {"GET", "HEAD", "OPTIONS", "TRACE"}
View = Callable[..., HttpResponse]


class Unheard(BaseStorage):
    """What an act says in a rehearsal: kept apart, and told to nobody."""

    def _get(self, *_: Any, **__: Any) -> tuple[list[Message], bool]:
        return [], True

    def _store(self, *_: Any, **__: Any) -> list[Message]:
        return []

    @property
    def refusals(self) -> list[str]:
        """Return what it would have refused aloud, on the page it goes on to."""
        said: list[Message] = getattr(self, "_queued_messages", [])
        return [str(each.message) for each in said if each.level >= constants.ERROR]


class Previews:
    """Answer `?preview=1` with what an act would move, and do nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on; it is the view that is rehearsed."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: Any, kwargs: Mapping[str, Any]
    ) -> HttpResponse | None:
        """Rehearse a view that would act, if it is asked what would move."""
        if request.method in LOOKING or "preview" not in request.GET:
            return None
        if request.GET.getlist("preview") != ["1"]:
            return _refused(request, _("Ask with preview=1, or leave it out."))
        if why := which.why_not(request.resolver_match):
            return _refused(request, _("This cannot be previewed. %s") % why)
        return _previewed(request, partial(view, request, *args, **kwargs))


def _previewed(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    messages, session = request._messages, request.session  # type: ignore[attr-defined]
    unheard = Unheard(request)
    was_modified = session.modified
    request._messages = unheard  # type: ignore[attr-defined]
    try:
        rehearsed = rehearse(
            act, came_through=partial(_came_through, request), now=clock.now()
        )
    finally:
        request._messages = messages  # type: ignore[attr-defined]
        session.modified = was_modified
    answer: HttpResponse = rehearsed.answer
    if not _came_through(request, answer):
        return answer
    if isinstance(answer, Response):
        answer.data, answer.status_code = api.told(rehearsed), HTTPStatus.OK
        return answer
    if unheard.refusals:
        return _refused(request, " ".join(unheard.refusals))
    shown = page.shown(request, rehearsed)
    add_never_cache_headers(shown)
    return shown


def _came_through(request: HttpRequest, answer: HttpResponse) -> bool:
    """Tell whether an act was done: a page then goes on, the API answers with it."""
    if isinstance(answer, Response):
        return answer.status_code < HTTPStatus.MULTIPLE_CHOICES
    return request.user.is_authenticated and answer.status_code == HTTPStatus.FOUND


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    status = HTTPStatus.BAD_REQUEST
    if not request.path.startswith("/api/"):
        return render(request, "preview/refused.html", {"why": why}, status=status)
    problem = {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": why,
        "errors": [{"field": "preview", "reason": why, "code": "preview"}],
    }
    return JsonResponse(problem, status=status, content_type=MEDIA_TYPE)
