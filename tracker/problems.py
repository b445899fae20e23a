"""
How the API says no: problem+json (RFC 9457), whatever went wrong.

    {"type": "about:blank", "title": "Bad Request", "status": 400,
     "detail": "Enter a surname.",
     "errors": [{"field": "family_name", "reason": "Enter a surname.", "code": "…"}]}

Where a safety rule stopped an act, `findings` says what each rule finds.
"""

from http import HTTPStatus
from typing import Any, NoReturn

from drf_standardized_errors.formatter import ExceptionFormatter
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ErrorResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import APIView

from patients.refusals import Refused
from schedules.actions import Stopped
from schedules.api.overrides import FindingOut

MEDIA_TYPE = "application/problem+json"
STATUS_OF_CODE = {
    "role": HTTPStatus.FORBIDDEN,
    "safety": HTTPStatus.CONFLICT,
    "same_day_duplicate": HTTPStatus.CONFLICT,
}


class Refusal(exceptions.ValidationError):
    """What an action refused, with what the safety rules said of it."""

    findings: Any = None


class Handler(ExceptionHandler):
    """Turn every exception of a door, an action's refusal too, into a problem."""

    def convert_known_exceptions(self, exc: Exception) -> Exception:
        """Take an action's refusal for an error of the field that it names."""
        if not isinstance(exc, Refused):
            known: Exception = super().convert_known_exceptions(exc)
            return known
        reasons = [exceptions.ErrorDetail(exc.reason, code=exc.code)]
        refusal = Refusal({exc.field: reasons})
        refusal.status_code = STATUS_OF_CODE.get(exc.code, HTTPStatus.BAD_REQUEST)
        if isinstance(exc, Stopped):
            refusal.findings = FindingOut(exc.findings, many=True).data
        return refusal

    def get_response(
        self, exc: exceptions.APIException, data: dict[str, Any]
    ) -> Response:
        """Answer with the problem's own media type."""
        response: Response = super().get_response(exc, data)
        response.content_type = MEDIA_TYPE
        return response


class Formatter(ExceptionFormatter):
    """Write a problem."""

    def format_error_response(self, error_response: ErrorResponse) -> dict[str, Any]:
        """Return the problem, its errors named by field, reason and code."""
        status = HTTPStatus(self.exc.status_code)
        errors = [
            {"field": error.attr or "", "reason": error.detail, "code": error.code}
            for error in error_response.errors
        ]
        problem = {
            "type": "about:blank",
            "title": status.phrase,
            "status": status.value,
            "detail": errors[0]["reason"] if errors else status.phrase,
            "errors": errors,
        }
        findings = getattr(self.exc, "findings", None)
        return problem if findings is None else problem | {"findings": findings}


class Nowhere(APIView):
    """Whatever is asked of an address behind which there is nothing."""

    authentication_classes = ()
    permission_classes = ()
    schema = None

    def initial(self, *_: Any, **__: Any) -> NoReturn:
        """Answer before anybody asks who calls, and how."""
        raise exceptions.NotFound(
            "There is nothing at this address. Addresses end with a slash."
        )
