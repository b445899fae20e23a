"""What a clinic asks of its laboratory, from a day on."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from patients import lab_rules
from patients.lab_rules import NUMBERS, LabRules
from patients.laboratory import Policy
from patients.models.clinic import Clinic
from patients.models.history import Remembered


def _threshold(title: Any, name: str) -> "models.DecimalField[Decimal, Decimal]":
    return models.DecimalField(
        title, max_digits=7, decimal_places=2, default=NUMBERS[name].default
    )


class LabPolicy(Remembered):
    """How a clinic follows treatment by blood tests, and its laboratory's numbers."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="lab_policies")
    from_on = models.DateField(_("from"))
    policy = models.CharField(
        _("blood tests"),
        max_length=24,
        choices=[
            (
                Policy.QUARTERLY_THEN_ANNUAL.value,
                _("every 3 months until stable, then every year"),
            ),
            (Policy.UK_CLINICAL.value, _("UK practice: a yearly blood count")),
        ],
        default=Policy.QUARTERLY_THEN_ANNUAL.value,
    )
    b12_mass_low = _threshold(
        _("B12 deficient below, in pg/mL or ng/L"), "b12_mass_low"
    )
    b12_mass_high = _threshold(
        _("B12 deficiency unlikely above, in pg/mL or ng/L"), "b12_mass_high"
    )
    b12_moles_low = _threshold(_("B12 deficient below, in pmol/L"), "b12_moles_low")
    b12_moles_high = _threshold(
        _("B12 deficiency unlikely above, in pmol/L"), "b12_moles_high"
    )
    active_b12_low = _threshold(
        _("Active B12 deficient below, in pmol/L"), "active_b12_low"
    )
    active_b12_high = _threshold(
        _("Active B12 deficiency unlikely above, in pmol/L"), "active_b12_high"
    )
    mma_high = _threshold(_("MMA high above, in nmol/L"), "mma_high")
    homocysteine_high = _threshold(
        _("Homocysteine high above, in µmol/L"), "homocysteine_high"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(
                name="a_clinic_has_one_laboratory_policy_from_a_day_on",
                fields=("clinic", "from_on"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.policy} from {self.from_on}"

    @property
    def numbers(self) -> dict[str, Decimal]:
        return {name: getattr(self, name) for name in NUMBERS}

    @property
    def rules(self) -> LabRules:
        return LabRules(
            from_on=self.from_on,
            policy=Policy(self.policy),
            thresholds=lab_rules.thresholds_from(self.numbers),
        )
