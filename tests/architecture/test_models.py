"""Laws about tables, for every model there is and every model there will be."""

import re
from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.test.utils import isolate_apps

from tests.architecture.sources import APPS

Model = type[models.Model]
PERSON = settings.AUTH_USER_MODEL  # by name: the isolated apps do not resolve it
SENTENCE = re.compile(r"[a-z]+(_[a-z0-9]+){2,}")


def ours() -> list[Model]:
    """Return our models, without the copies that keep their history."""
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in APPS and not hasattr(model, "instance_type")
    ]


def speechless(found: Iterable[Model]) -> list[str]:
    """Return the models that say neither what a row is nor which row it is."""
    return [
        model.__name__
        for model in found
        if _is_undocumented(model) or model.__str__ is models.Model.__str__
    ]


def _is_undocumented(model: Model) -> bool:
    # Django writes "Plan(id, patient, …)" where nobody wrote anything.
    return (model.__doc__ or "").startswith(f"{model.__name__}(")


def torn(found: Iterable[Model]) -> list[str]:
    """Return the pairs `x_at`/`x_by` of which the database lets one stand alone."""
    return [
        f"{model.__name__}.{at} without {by}"
        for model in found
        for at, by in _pairs(model)
        if not (_forbids(model, empty=at, filled=by) and _forbids(model, by, at))
    ]


def _pairs(model: Model) -> list[tuple[str, str]]:
    fields = model._meta.concrete_fields
    names = {field.name for field in fields}
    people = {field.name for field in fields if field.is_relation}
    stems = {name[:-3] for name in people if name.endswith("_by")}
    return [
        (f"{stem}_{when}", f"{stem}_by")
        for stem in sorted(stems)
        for when in ("at", "on")
        if f"{stem}_{when}" in names
    ]


def _forbids(model: Model, empty: str, filled: str) -> bool:
    """Return whether the database refuses a row with the one empty, the other not."""
    if not model._meta.get_field(empty).null:
        return True
    return any(
        _truth(constraint.condition, {empty: True, filled: False}) is False
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    )


def _truth(node: object, empty: dict[str, bool]) -> bool | None:
    """Return what `node` says of a row; None where it depends on other columns."""
    if isinstance(node, Q):
        return _joined(node, [_truth(child, empty) for child in node.children])
    if not isinstance(node, tuple):
        return None
    field, _, lookup = node[0].partition("__")
    if field not in empty:
        return None
    if lookup == "isnull":
        return empty[field] is node[1]
    return empty[field] if node[1] is None else None


def _joined(node: Q, parts: list[bool | None]) -> bool | None:
    decisive = node.connector == Q.OR
    said: bool | None = not decisive
    if decisive in parts:
        said = decisive
    elif None in parts:
        said = None
    return said if said is None else said is not node.negated


def unspoken(found: Iterable[Model]) -> list[str]:
    """Return the constraints whose name is no sentence: users of psql read it."""
    return [
        constraint.name
        for model in found
        for constraint in model._meta.constraints
        if not SENTENCE.fullmatch(constraint.name)
    ]


class TestEveryModel:
    def test_is_one_of_ours(self) -> None:
        assert settings.AUTH_USER_MODEL in {model._meta.label for model in ours()}

    def test_says_what_it_is(self) -> None:
        assert speechless(ours()) == []

    def test_keeps_pairs_together(self) -> None:
        assert torn(ours()) == []

    def test_has_pairs(self) -> None:
        assert [pair for model in ours() for pair in _pairs(model)] != []

    def test_names_its_constraints_in_words(self) -> None:
        assert unspoken(ours()) == []


class TestTheLaws:
    @isolate_apps("patients")
    def test_bite_where_a_model_says_nothing(self) -> None:
        class Silent(models.Model):
            class Meta:
                app_label = "patients"

        class Spoken(models.Model):
            """Something."""

            class Meta:
                app_label = "patients"

            def __str__(self) -> str:
                return "one"

        assert speechless([Silent, Spoken]) == ["Silent"]

    @isolate_apps("patients")
    def test_bite_where_a_pair_can_be_torn(self) -> None:
        class Call(models.Model):
            made_at = models.DateTimeField(null=True)
            made_by = models.ForeignKey(PERSON, models.PROTECT, null=True)

            class Meta:
                app_label = "patients"

        assert torn([Call]) == ["Call.made_at without made_by"]

    @isolate_apps("patients")
    def test_bite_where_a_pair_can_be_torn_on_one_side(self) -> None:
        class Call(models.Model):
            made_on = models.DateField(null=True)
            made_by = models.ForeignKey(PERSON, models.PROTECT, null=True)

            class Meta:
                app_label = "patients"
                constraints = (
                    models.CheckConstraint(
                        name="a_call_has_somebody",
                        condition=Q(made_on=None) | Q(made_by__isnull=False),
                    ),
                )

        assert torn([Call]) == ["Call.made_on without made_by"]

    @isolate_apps("patients")
    def test_see_through_not_and_and(self) -> None:
        class Call(models.Model):
            made_at = models.DateTimeField(null=True)
            made_by = models.ForeignKey(PERSON, models.PROTECT, null=True)

            class Meta:
                app_label = "patients"
                constraints = (
                    models.CheckConstraint(
                        name="a_call_has_both_or_none",
                        condition=~Q(made_at=None, made_by__isnull=False)
                        & ~Q(made_at__isnull=False, made_by=None),
                    ),
                )

        assert torn([Call]) == []

    @isolate_apps("patients")
    def test_bite_where_a_constraint_has_a_code_for_a_name(self) -> None:
        class Call(models.Model):
            made_on = models.DateField()

            class Meta:
                app_label = "patients"
                constraints = (
                    models.UniqueConstraint(name="uq_call", fields=("made_on",)),
                )

        assert unspoken([Call]) == ["uq_call"]
