"""Words that are stored, sent and compared stay what they are."""

from enum import StrEnum
from types import ModuleType

import pytest

from patients import (
    background,
    bands,
    course,
    diagnosis_table,
    exclusions,
    laboratory,
    medicines,
    samples,
    symptoms,
)

MODULES = (
    background,
    bands,
    course,
    diagnosis_table,
    exclusions,
    laboratory,
    medicines,
    samples,
    symptoms,
)

# Those that are not their own name: a standard or a form says them so.
OTHERWISE = {
    "background.Condition.OPTIC_NEUROPATHY": "hereditary_optic_neuropathy",
    "background.Condition.HIGH_SUSPICION": "high_clinical_suspicion",
    "exclusions.Exclusion.NEUROTOXIC_DRUGS": "X1",
    "exclusions.Exclusion.HYPOTHYROIDISM": "X2",
    "exclusions.Exclusion.RENAL_DISEASE": "X3",
    "exclusions.Exclusion.DIABETES": "X4",
    "exclusions.Exclusion.THIAMINE": "X5",
    "exclusions.Exclusion.COPPER": "X6",
    "exclusions.Exclusion.VITAMIN_E": "X7",
    "exclusions.Exclusion.INFECTION": "X8",
    "exclusions.Exclusion.INFLAMMATORY_NEUROPATHY": "X9",
    "exclusions.Exclusion.HAEMATOLOGICAL": "X10",
    "exclusions.Exclusion.MALIGNANCY": "X11",
    "exclusions.Exclusion.NITROUS_OXIDE": "X12",
    "exclusions.Exclusion.ALCOHOL": "X13",
    "exclusions.Exclusion.OTHER_TREMOR": "X14",
    "exclusions.Exclusion.ELECTROLYTES": "X15",
    "exclusions.Exclusion.PYRIDOXINE": "X16",
    "exclusions.Exclusion.CAUSATIVE_DRUGS": "X17",
    "bands.Level.NOT_HIGH": "not high",
    "bands.Kidney.GOOD": "60 or more",
    "bands.Kidney.REDUCED": "30 to 59",
    "bands.Kidney.POOR": "under 30",
    "diagnosis_table.Flag.HCY_HIGH_MMA_NORMAL": (
        "HCY_HIGH_MMA_NORMAL_CHECK_FOLATE_B6_RENAL_THYROID"
    ),
    "diagnosis_table.Flag.HCY_ABOVE_TARGET": "HCY_ABOVE_TARGET_10",
    "diagnosis_table.Flag.FOLATE_LOW": "FOLATE_LOW_TREAT_B12_FIRST_OR_TOGETHER",
    "diagnosis_table.Context.SUSPICION": "high clinical suspicion",
    "diagnosis_table.Context.N2O": "nitrous oxide",
    "medicines.Medicine.CONTRACEPTIVE": "combined_contraceptive",
    "samples.Sample.BLOOD_COUNT": "full_blood_count",
    "samples.Sample.FILM": "blood_film",
    "samples.Sample.KIDNEYS": "urea_and_electrolytes",
    "samples.Sample.THYROID": "thyroid_function",
    "samples.Sample.LIVER": "liver_function",
    "samples.Sample.INTRINSIC_FACTOR": "intrinsic_factor_antibody",
    "samples.Sample.COELIAC": "coeliac_serology",
    "samples.Sample.PYRIDOXINE": "vitamin_b6",
}


def words(module: ModuleType) -> list[StrEnum]:
    """Return the words that a module defines."""
    return [
        word
        for noun in vars(module).values()
        if isinstance(noun, type) and issubclass(noun, StrEnum)
        if noun.__module__ == module.__name__
        for word in noun
    ]


def is_otherwise(word: StrEnum) -> bool:
    return word.value not in (word.name, word.name.lower())


def address(word: StrEnum) -> str:
    module = type(word).__module__.partition(".")[2]
    return f"{module}.{type(word).__name__}.{word.name}"


class TestWords:
    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
    def test_are_their_own_names_but_for_a_few(self, module: ModuleType) -> None:
        found = {address(it): it.value for it in words(module) if is_otherwise(it)}

        here = tuple(address(word) for word in words(module))
        assert here
        assert found == {k: v for k, v in OTHERWISE.items() if k in here}
