"""Ten years of normal results: nothing closes, pauses or waits longer (rules 2.10)."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from itertools import product
from types import ModuleType
from typing import Any, get_type_hints

import pytest

import schedules
from patients.measured import Measured, Value
from schedules import phases
from schedules.facts import Result
from schedules.forecast import Forecast, forecast
from schedules.intervals import Interval
from schedules.panels import Kind
from schedules.phases import EventKind, Phase
from schedules.stabilised import GOOD
from tests.schedules.stories import Story

BEGUN, TEN_YEARS_ON = date(2016, 2, 27), date(2026, 2, 27)
ALL = frozenset({"b12", "homocysteine", "haemoglobin", "mcv"})


def normal(months: int, count: int) -> list[Result]:
    """Return good panels, one every so many months."""
    step = Interval.parse(f"{months}m")
    return [
        Result(on=step.after(BEGUN, n), tests=ALL, signs=GOOD)
        for n in range(1, count + 1)
    ]


def treated(results: list[Result]) -> Forecast:
    story = Story().loaded(BEGUN)
    while story.open.due_on <= TEN_YEARS_ON:
        story.dose(story.open.due_on)
    story.results = results
    return story.until(TEN_YEARS_ON).forecast


@pytest.mark.proves("R04", "R26", "R35", "S08")
class TestTenYearsOfNormalResults:
    @pytest.mark.parametrize(
        "results",
        [
            pytest.param(normal(3, 40), id="every quarter"),
            pytest.param(normal(12, 10), id="every year"),
        ],
    )
    def test_move_blood_tests_and_nothing_else(self, results: list[Result]) -> None:
        with_results, without = treated(results), treated([])

        assert with_results.phase is without.phase is Phase.MAINTENANCE
        assert with_results.dose == without.dose
        assert with_results.dose is not None
        assert with_results.interval == without.interval == Interval.parse("2m")
        assert with_results.answers == without.answers
        assert with_results.stretches == without.stretches
        assert with_results.flags == without.flags

    def test_make_blood_tests_rarer(self) -> None:
        panel = treated(normal(3, 40)).panel

        assert panel is not None
        assert panel.kind is Kind.ANNUAL


def callables(module: ModuleType) -> Iterator[Callable[..., Any]]:
    """Yield the functions and methods that a module itself defines."""
    for _, it in inspect.getmembers(module):
        if getattr(it, "__module__", "") != module.__name__:
            continue
        if inspect.isfunction(it):
            yield it
        elif inspect.isclass(it):
            yield from (m for _, m in inspect.getmembers(it, inspect.isfunction))


def hears_values(hints: dict[str, Any]) -> bool:
    heard = (str(hint) for name, hint in hints.items() if name != "return")
    return any(kind.__name__ in hint for hint in heard for kind in (Value, Measured))


def says_treatment(hints: dict[str, Any]) -> bool:
    said = str(hints.get("return"))
    return any(kind.__name__ in said for kind in (Phase, Interval, Forecast))


def found_in(module: ModuleType) -> list[str]:
    """Return the functions that hear a laboratory value and say a treatment."""
    hints = ((each.__qualname__, get_type_hints(each)) for each in callables(module))
    return [name for name, hint in hints if hears_values(hint) and says_treatment(hint)]


def of_values(value: Value) -> Phase:
    """Return what no function may return."""
    raise AssertionError(value)


@pytest.mark.proves("R26", "R35", "R37")
class TestNoFunctionTakesALaboratoryValueAndReturnsAPhase:
    def test_holds(self) -> None:
        rules = ("panel_log", "panels", "stabilised", "forecast", "replay", "phases")
        names = [name for _, name, _ in pkgutil.iter_modules(schedules.__path__)]

        assert set(rules) <= set(names)
        for name in rules:
            assert found_in(import_module(f"schedules.{name}")) == []

    def test_bites(self) -> None:
        hints = get_type_hints(of_values)

        assert hears_values(hints)
        assert says_treatment(hints)

    def test_gives_the_forecast_words_and_no_numbers(self) -> None:
        assert not hears_values(get_type_hints(forecast))
        assert set(Result.__dataclass_fields__) == {"on", "tests", "signs"}

    def test_gives_no_decision_a_laboratory_reason(self) -> None:
        codes = {
            str(reason)
            for kind, phase in product(EventKind, Phase)
            for reason in phases.reasons(kind, phase)
        }

        assert "symptoms_controlled" in codes
        assert not {code for code in codes if "lab" in code or "normal" in code}
