"""Going through the doors as somebody: signing in, and reading what a page answers."""

from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client

from patients.models import Clinic, Membership
from tests.factories import make_staff

Role = Membership.Role


def enter(clinic: Clinic, role: Role = Role.NURSE) -> Client:
    """Return the browser of somebody who works in `clinic`."""
    client = Client()
    client.force_login(make_staff(clinic, role))
    return client


def told(response: HttpResponse) -> list[str]:
    """Return what is said on the next page."""
    return [str(message) for message in get_messages(response.wsgi_request)]


def refusals(response: HttpResponse, form: str = "form") -> dict[str, list[str]]:
    """Return what a page says is wrong, by field; "__all__" is about no single one."""
    assert response.status_code == 200
    return dict(response.context[form].errors)
