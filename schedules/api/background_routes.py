"""The addresses of the background: under a patient, or under one fact."""

from typing import Any

from django.urls import URLPattern, re_path

from schedules.api.background import (
    Allergies,
    Backgrounds,
    Checklist,
    Conditions,
    Consents,
    FactsOfPatient,
    Medicines,
    Samples,
)

PK = "(?P<pk>[0-9]{1,18})"


def _routes(noun: str, view: type[FactsOfPatient], *verbs: str) -> list[URLPattern]:
    """Return where a kind of fact is listed and recorded, and where each is changed."""
    both: dict[str, Any] = {"get": "list", "post": "create"}
    return [
        re_path(f"^patients/{PK}/{noun}/$", view.as_view(both), name=f"api-{noun}"),
        *(
            re_path(
                f"^{noun}/{PK}/{verb}/$",
                view.as_view({"post": verb}),
                name=f"api-{noun}-{verb}",
            )
            for verb in ("void", *verbs)
        ),
    ]


BACKGROUND = [
    *_routes("medicines", Medicines, "stop"),
    *_routes("allergies", Allergies),
    *_routes("conditions", Conditions, "end"),
    *_routes("samples", Samples),
    *_routes("consents", Consents),
    re_path(
        f"^patients/{PK}/checklist/$",
        Checklist.as_view({"get": "answers", "post": "answer"}),
        name="api-checklist",
    ),
    re_path(
        f"^patients/{PK}/background/$",
        Backgrounds.as_view({"get": "today"}),
        name="api-background",
    ),
]
