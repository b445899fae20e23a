"""
What a message says: a text file for each purpose, channel and language.

Adding a language is adding a folder beside `en`: the texts, and in `phrases.json` its
greetings and the names of its days and months. The machine's locales are not asked.

A text never tells a drug, a disease or a surname: a telephone lies on a table for all
to read. Who learns no more than the clinic's name and a day has learnt nothing.
"""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template

from notifications.channels import gsm
from notifications.ladder import Means, Purpose

TEXTS = Path(__file__).parent / "templates" / "notifications"
FALLBACK = "en"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a text may speak of."""

    clinic: str
    clinic_phone: str
    due_on: date
    first_name: str = ""  # greets in e-mails; no text message holds it
    emergency_phone: str = "999"


@dataclass(frozen=True)
class Words:
    """A message in words; a text message has no subject."""

    subject: str
    body: str


def render(*, purpose: Purpose, means: Means, language: str, facts: Facts) -> Words:
    """
    Return what to say, in `language` or, where there is none of it, in English.

    Raises ValueError for the nurse, whom nothing is sent to.
    """
    folder = TEXTS / spoken(language)
    if means is Means.SMS:
        text = _fill(folder / f"{purpose}.sms.txt", _values(folder, facts, "short"))
        return Words("", gsm.plain(_one_line(text)))
    if means is Means.EMAIL:
        values = _values(folder, facts, "long")
        subject = _fill(folder / f"{purpose}.email.subject.txt", values)
        return Words(_one_line(subject), _fill(folder / f"{purpose}.email.txt", values))
    raise ValueError("a nurse's task has no text")


def languages() -> frozenset[str]:
    """Return the languages that there are texts in."""
    return frozenset(file.parent.name for file in TEXTS.glob("*/phrases.json"))


def spoken(language: str) -> str:
    """Return the language that serves who speaks `language`: "en" for "en-GB"."""
    wish = language.lower().replace("_", "-")
    served = languages()
    choices = (wish, wish.partition("-")[0], FALLBACK)
    return next(choice for choice in choices if choice in served)


def _values(folder: Path, facts: Facts, style: str) -> dict[str, str]:
    phrases = _phrases(folder)
    greeting = phrases["greeting" if facts.first_name else "greeting_nobody"]
    return {
        "clinic": facts.clinic,
        "phone": facts.clinic_phone,
        "emergency": facts.emergency_phone,
        "day": _day(facts.due_on, phrases, style),
        "greeting": Template(greeting).substitute(first_name=facts.first_name),
    }


def _day(day: date, phrases: dict[str, str], style: str) -> str:
    """Return the day as people say it: "Mon 23 Nov", or "Monday 23 November 2026"."""
    return Template(phrases[f"day_{style}"]).substitute(
        weekday=phrases[f"weekdays_{style}"].split()[day.weekday()],
        day=day.day,
        month=phrases[f"months_{style}"].split()[day.month - 1],
        year=day.year,
    )


@cache
def _phrases(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "phrases.json").read_text(encoding="utf-8")))


@cache
def _template(file: Path) -> Template:
    return Template(file.read_text(encoding="utf-8"))


def _fill(file: Path, values: dict[str, str]) -> str:
    return _template(file).substitute(values)


def _one_line(text: str) -> str:
    return " ".join(text.split())
