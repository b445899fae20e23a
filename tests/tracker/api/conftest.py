"""A program that calls the API."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from knox.models import AuthToken
from rest_framework.test import APIClient

from patients.models import Clinic, Membership, User
from tests.factories import NOON, make_clinic, make_staff

PROBLEM = "application/problem+json"


class Program:
    """A client that signs in with a token and speaks JSON."""

    def __init__(self, user: User | None) -> None:
        self.client = APIClient(raise_request_exception=False)
        if user is not None:
            _, token = AuthToken.objects.create(user)
            self.client.credentials(HTTP_AUTHORIZATION=f"Token {token}")

    def get(self, path: str, status: int = 200, **query: Any) -> Any:
        """Return what is there."""
        return self._heard(self.client.get(f"/api/v1/{path}", query), status)

    def post(self, path: str, status: int = 201, **said: Any) -> Any:
        """Return what came of it."""
        return self._heard(self.client.post(f"/api/v1/{path}", said), status)

    def patch(self, path: str, status: int = 200, **said: Any) -> Any:
        """Return what came of it."""
        return self._heard(self.client.patch(f"/api/v1/{path}", said), status)

    def refused(self, verb: str, path: str, status: int, **said: Any) -> list[Any]:
        """Return the errors of a problem, each as field and reason."""
        problem = getattr(self, verb)(path, status, **said)
        assert problem["status"] == status
        return [(error["field"], error["reason"]) for error in problem["errors"]]

    def _heard(self, response: Any, status: int) -> Any:
        assert response.status_code == status, response.content
        if status >= 400:
            assert response["Content-Type"] == PROBLEM
        return response.json() if response.content else None


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic(db: None) -> Clinic:
    """Give a clinic."""
    return make_clinic(slug="elm-street")


@pytest.fixture
def nurse(clinic: Clinic) -> Program:
    """Give a program that acts for a nurse."""
    return Program(make_staff(clinic))


@pytest.fixture
def prescriber(clinic: Clinic) -> Program:
    """Give a program that acts for a prescriber."""
    return Program(make_staff(clinic, Membership.Role.PRESCRIBER))


@pytest.fixture
def manager(clinic: Clinic) -> Program:
    """Give a program that acts for a manager."""
    return Program(make_staff(clinic, Membership.Role.MANAGER))


@pytest.fixture
def stranger(db: None) -> Program:
    """Give a program that acts for a prescriber of another clinic."""
    return Program(
        make_staff(make_clinic(slug="mill-lane"), role=Membership.Role.PRESCRIBER)
    )
