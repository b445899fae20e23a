"""What a line says of the treatment: which injection, how often, when the last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schedules.intervals import Interval
from tracker.imports import answers, intervals, medicines
from tracker.imports.cells import Cells
from tracker.imports.columns import Column
from tracker.imports.dates import PastDates
from tracker.imports.medicines import Product
from tracker.imports.problems import Code

LONGEST_BATCH = 40
LONGEST_DIAGNOSIS = 120
USUAL_DOSE_MG = 1  # rule R40

_NEVER = frozenset({"", "never", "never injected", "none"})

_REVIEWED: Mapping[Product, Code] = {
    Product.CYANOCOBALAMIN: Code.CYANOCOBALAMIN,
    Product.METHYLCOBALAMIN: Code.METHYLCOBALAMIN,
}


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """
    The treatment as the list has it.

    Without a last injection the person was never injected; only then, and for the dead,
    may `interval` and `product` be missing too.
    """

    neurological: answers.Neurological
    diagnosis: str
    product: Product | None
    dose: str  # as written, "1mg"
    dose_mg: Decimal | None
    interval: Interval | None
    last_injection_on: date | None
    batch: str


def read_treatment(cells: Cells, *, past: PastDates, born_on: date | None) -> Treatment:
    """Return the treatment, refusing the line for what a plan cannot be made of."""
    last_injection_on = _last_injection(cells, past, born_on)
    if last_injection_on:
        _refuse_gaps(cells)
    dose = _dose(cells)
    return Treatment(
        neurological=_neurological(cells),
        diagnosis=_diagnosis(cells),
        product=_product(cells),
        dose=dose.written if dose else "",
        dose_mg=dose.mg if dose else None,
        interval=cells.read(Column.INTERVAL, intervals.read_interval),
        last_injection_on=last_injection_on,
        batch=cells.text(Column.BATCH, longest=LONGEST_BATCH),
    )


def _last_injection(cells: Cells, past: PastDates, born_on: date | None) -> date | None:
    if cells.text(Column.LAST_INJECTION).casefold() in _NEVER:
        return None
    on = cells.read(Column.LAST_INJECTION, past.read)
    if on and born_on and on < born_on:
        cells.refuse(Code.BEFORE_BIRTH, Column.LAST_INJECTION)
        return None
    return on


def _refuse_gaps(cells: Cells) -> None:
    """Refuse an injection of nobody knows what, or to be followed nobody knows when."""
    if not cells.text(Column.PRODUCT):
        cells.refuse(Code.PRODUCT_MISSING, Column.PRODUCT)
    if not cells.text(Column.INTERVAL):
        cells.refuse(Code.INTERVAL_MISSING, Column.INTERVAL)


def _product(cells: Cells) -> Product | None:
    product = cells.read(Column.PRODUCT, medicines.read_product)
    if product is not None and product in _REVIEWED:
        cells.warn(_REVIEWED[product], Column.PRODUCT)
    return product


def _dose(cells: Cells) -> medicines.Dose | None:
    """Return the dose from its own column or else from the drug's name."""
    own = cells.text(Column.DOSE)
    column = Column.DOSE if own else Column.PRODUCT
    dose = medicines.find_dose(cells.text(column))
    if own and dose is None:
        cells.warn(Code.DOSE_NOT_UNDERSTOOD, column)
    if dose and dose.mg != USUAL_DOSE_MG:
        cells.warn(Code.DOSE_UNUSUAL, column)
    return dose


def _neurological(cells: Cells) -> answers.Neurological:
    """Return the answer; whatever is not clear is unknown, and treated like a yes."""
    answer = cells.read_leniently(Column.NEUROLOGICAL, answers.read_neurological)
    return answer or "unknown"


def _diagnosis(cells: Cells) -> str:
    diagnosis = cells.text(Column.DIAGNOSIS)
    if len(diagnosis) > LONGEST_DIAGNOSIS:
        cells.warn(Code.DIAGNOSIS_SHORTENED, Column.DIAGNOSIS)
    return diagnosis[:LONGEST_DIAGNOSIS]
