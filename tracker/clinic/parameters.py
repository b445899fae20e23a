"""A clinic's parameters in words: what is in force, on what basis, since when."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from patients.models import Clinic
from schedules.models import ClinicParameters
from schedules.parameters import (
    DEFAULTS,
    NUMBERS,
    TOLERANCES,
    WINDOWS,
    Number,
    Parameters,
    Tolerance,
)
from schedules.words import day, every


@dataclass(frozen=True, kw_only=True)
class InForce:
    """One parameter as it is in force, and what it rests on."""

    title: str
    value: str
    default: str
    rule: str
    basis: str

    @property
    def is_changed(self) -> bool:
        """Tell whether the clinic has set it to something else."""
        return self.value != self.default


@dataclass(frozen=True, kw_only=True)
class Version:
    """A version that the clinic has set, and what differs in it from the defaults."""

    number: int
    from_on: str
    set_by: str
    set_on: str
    reason: str
    changes: tuple[str, ...]


def _windows(rows: tuple[Tolerance, ...]) -> Iterator[tuple[str, str]]:
    """Yield each row of the windows: which intervals, and the days around them."""
    for row in rows:
        up_to = _("up to %s days") % row.longest if row.longest else _("longer")
        days = _("%(early)s early, %(late)s late")
        yield up_to, days % {"early": row.early, "late": row.late}


def in_force(parameters: Parameters) -> tuple[InForce, ...]:
    """Return every parameter as a page or a person reads it."""
    return (
        *(_number(number, getattr(parameters, number.name)) for number in NUMBERS),
        *_window_rows(parameters),
        InForce(
            title=_("Intervals that are offered"),
            value=", ".join(str(every(each)) for each in parameters.intervals),
            default=", ".join(str(every(each)) for each in DEFAULTS.intervals),
            rule="2.2, R36",
            basis="NICE NG239",
        ),
    )


def _number(number: Number, value: int) -> InForce:
    return InForce(
        title=number.title,
        value=number.told(value),
        default=number.told(number.default),
        rule=number.rule,
        basis=number.basis,
    )


def _window_rows(parameters: Parameters) -> Iterator[InForce]:
    rows = zip(_windows(parameters.tolerances), _windows(TOLERANCES), strict=True)
    for (up_to, days), (_same, default) in rows:
        title = _("On time, intervals %s") % up_to
        yield InForce(
            title=title, value=days, default=default, rule="2.6", basis=WINDOWS
        )


def versions_of(clinic: Clinic) -> tuple[Version, ...]:
    """Return the versions that `clinic` has set, the newest first."""
    rows = ClinicParameters.objects.of(clinic).select_related("set_by")
    return tuple(
        Version(
            number=row.version,
            from_on=day(row.from_on),
            set_by=str(row.set_by),
            set_on=day(clinic.day(row.set_at)),
            reason=row.reason,
            changes=tuple(
                f"{each.title}: {each.value}"
                for each in in_force(row.parameters)
                if each.is_changed
            ),
        )
        for row in rows.order_by("-version")
    )
