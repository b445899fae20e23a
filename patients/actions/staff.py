"""Giving people their seats."""

from django.db import transaction

from patients.models import Clinic, Membership, User


@transaction.atomic
def seat(*, user: User, clinic: Clinic, role: Membership.Role, by: User) -> Membership:
    """Give `user` a role in `clinic`, in place of the one held before."""
    membership = Membership.objects.filter(user=user, clinic=clinic).first()
    membership = membership or Membership(user=user, clinic=clinic)
    membership.role = role
    membership.changed_by(by).save()
    return membership
