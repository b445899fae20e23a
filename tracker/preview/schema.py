"""How the description of the API speaks of previews: one question, of every act."""

import re
from typing import Any

from django.urls import resolve
from drf_spectacular.openapi import AutoSchema

from tracker.preview import which
from tracker.preview.api import PreviewOut

ASKED = {
    "name": "preview",
    "in": "query",
    "schema": {"type": "integer", "enum": [1]},
    "description": "Ask what would move: nothing is written, the answer is a Preview.",
}


class WithPreviews(AutoSchema):
    """Describe an endpoint; one that acts can be asked what it would move."""

    def get_operation(self, path: str, *rest: Any, **more: Any) -> Any:
        """Add the question and its answer to each act that can be previewed."""
        operation = super().get_operation(path, *rest, **more)
        if operation is not None and self.method == "POST" and _is_previewed(path):
            operation.setdefault("parameters", []).append(ASKED)
            self._add_answer(operation["responses"])
        return operation

    def _add_answer(self, responses: dict[str, Any]) -> None:
        ref = self.resolve_serializer(PreviewOut, "response").ref
        known = responses.get("200", {}).get("content", {}).get("application/json")
        schema = {"oneOf": [known["schema"], ref]} if known else ref
        responses["200"] = {
            "content": {"application/json": {"schema": schema}},
            "description": "What came of it; or, asked with `preview`, what would move",
        }


def _is_previewed(path: str) -> bool:
    return not which.why_not(resolve(re.sub(r"{\w+}", "1", path)))
