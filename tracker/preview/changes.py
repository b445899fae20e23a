"""
What differs between a plan before an act and after it.

    before    20 Nov   20 Jan   22 Mar
    after              20 Jan   22 Mar   22 May      the dose of 20 Nov was given
    after              25 Jan   25 Mar   25 May      and late: everything moved
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class Change:
    """Something that was so, and would be so; None where there is nothing."""

    what: Hashable
    before: object
    after: object


@dataclass(frozen=True, kw_only=True)
class Numbered:
    """A dose of an episode, and the day on which it is due."""

    episode: int
    ordinal: int
    due_on: date

    @property
    def number(self) -> tuple[int, int]:
        """Return what the dose is known by."""
        return self.episode, self.ordinal


def doses(before: Iterable[Numbered], after: Iterable[Numbered]) -> tuple[Change, ...]:
    """
    Return the doses to come that would be due on another day, by their number.

    One that the act answers is no longer to come, and has not moved.
    """
    was = {dose.number: dose.due_on for dose in before}
    then = {dose.number: dose.due_on for dose in after}
    first = min(then, default=None)
    stays = {
        number: day
        for number, day in was.items()
        if first is None or number[0] != first[0] or number >= first
    }
    return differing(stays, then)


def differing(
    before: Mapping[Key, object], after: Mapping[Key, object]
) -> tuple[Change, ...]:
    """Return what is otherwise after an act, in the order before it."""
    everything = dict.fromkeys((*before, *after))
    return tuple(
        Change(what=key, before=before.get(key), after=after.get(key))
        for key in everything
        if before.get(key) != after.get(key)
    )
