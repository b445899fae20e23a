"""
The main job, from end to end, through the real doors.

A practice's list comes in; its clinic is released; a prescriber starts a plan;
reminders leave by e-mail and by text; the nurse records the injection; the future has
moved.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.components.mail import Sink
from tests.components.processes import wait_until
from tests.components.sms import Kannel
from tests.journeys.house import House

LIST = Path(__file__).parent.parent / "samples" / "practice-list.csv"
PASSWORD = "correct horse battery staple"
STAFF = {"grace": "nurse", "paul": "prescriber", "lydia": "clinical_lead"}

FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
SUNDAY_EVENING = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TUESDAY_EVENING = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
THEA, IVY = "+447700900126", "ivy.phalarope@example.org"


class Person:
    """Somebody at a browser."""

    def __init__(self, page: Page, house: House, name: str) -> None:
        self.page, self.house = page, house
        self.go("/sign-in/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()

    def go(self, path: str) -> None:
        """Open a page of the house."""
        self.page.goto(f"{self.house.url}{path}")

    def open_chart(self, name: str) -> None:
        """Find a patient by name and open the chart."""
        self.go("/patients/")
        self.page.get_by_label("Name or number").fill(name)
        self.page.get_by_role("button", name="Find").click()
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()

    def adherence_of(self, name: str) -> list[str]:
        """Return the figures beside a name on the page of adherence."""
        self.go("/reports/adherence/")
        row = self.page.get_by_role("row").filter(has_text=name)
        return row.get_by_role("cell").all_inner_texts()

    def count(self, group: str) -> int:
        """Return the number beside a group of the day's list."""
        self.go("/")
        text = self.page.get_by_role("link", name=re.compile(rf"\d+\s+{group}"))
        return int(re.findall(r"\d+", text.first.inner_text())[0])


@pytest.fixture
def clinic(house: House) -> House:
    """Give a house with a clinic and its staff, on a Friday morning, not yet open."""
    house.move_clock_to(FRIDAY)
    house.manage("migrate", "--verbosity", "0")
    house.manage("collectstatic", "--no-input", "--verbosity", "0")
    house.manage(
        *("create_clinic", "elm-street", "--name", "Elm Street Surgery"),
        *("--phone", "020 7946 0000"),
    )
    for name, role in STAFF.items():
        house.manage(
            *("add_staff", name, "--clinic", "elm-street", "--role", role),
            "--password-stdin",
            typed=PASSWORD,
        )
    return house


@pytest.fixture
def running(clinic: House) -> Iterator[House]:
    """Give the house while it runs."""
    with clinic.running():
        yield clinic


@pytest.fixture
def people(browser: Browser, running: House) -> Iterator[dict[str, Person]]:
    """Give the staff, each signed in at a browser of their own."""
    contexts = [browser.new_context() for _ in STAFF]
    yield {
        name: Person(context.new_page(), running, name)
        for name, context in zip(STAFF, contexts, strict=True)
    }
    for context in contexts:
        context.close()


def test_from_a_list_to_an_injection(
    running: House, people: dict[str, Person], smtp_sink: Sink, kannel: Kannel
) -> None:
    import_and_release(running, people["lydia"], smtp_sink)
    start_loading(running, people["paul"], kannel)
    record_the_injection(running, people["grace"])
    hear_only_of_the_next_dose(running, kannel)
    assert "Traceback" not in running.log()


def import_and_release(house: House, lydia: Person, mail: Sink) -> None:
    """A list comes in; nothing leaves until the lead has seen what would."""
    said = house.manage("import_patients", str(LIST), "--clinic", "elm-street")
    assert "53 lines read: 28 new" in said
    house.wait_for_rounds()
    assert mail.messages == []

    lydia.go("/clinic/hold/")
    expect(lydia.page.get_by_role("main")).to_contain_text("Phalarope, Ivy")
    lydia.page.get_by_role("button", name="Release").click()

    wait_until(lambda: bool(mail.to(IVY)), what="the first e-mail")
    (letter,) = mail.to(IVY)
    assert letter["Subject"] == "Your next visit to Elm Street Surgery"
    assert "Phalarope" not in letter.as_string().replace(IVY, "")


def start_loading(house: House, paul: Person, kannel: Kannel) -> None:
    """A prescriber starts alternate days; the evening before, a text leaves."""
    page = paul.page
    paul.open_chart("Brent, Thea")
    page.get_by_role("link", name="Start").first.click()
    page.get_by_label("yes", exact=True).check()
    page.get_by_label("Protocol").select_option(index=0)
    page.get_by_label("First injection on").fill("2026-11-23")
    page.get_by_label("The patient agrees").fill("said so at the visit")
    page.get_by_label("no allergy is known").check()
    page.get_by_label("Reason").select_option("deficiency")
    page.get_by_role("button", name="Start").click()
    expect(page.get_by_role("main")).to_contain_text("Mon 23 Nov 2026")

    house.move_clock_to(SUNDAY_EVENING)

    wait_until(lambda: bool(kannel.texts(to=THEA)), what="the first text")
    (text,) = kannel.texts(to=THEA)
    assert "Mon+23+Nov" in text.words or "Mon 23 Nov" in text.words


def record_the_injection(house: House, grace: Person) -> None:
    """The nurse records it; list, chart and adherence page have changed."""
    house.move_clock_to(MONDAY)
    due = grace.count("due today")
    before = grace.adherence_of("Brent, Thea")
    page = grace.page

    grace.open_chart("Brent, Thea")
    page.get_by_role("link", name="Record").first.click()
    page.get_by_label("Batch").fill("346A80")
    page.get_by_label("Expiry date").fill("2027-06-30")
    page.get_by_label("The patient told name and date of birth").check()
    page.get_by_role("button", name="Record").click()

    expect(page.get_by_role("main")).to_contain_text("Wed 25 Nov 2026")
    assert grace.count("due today") == due - 1
    after = grace.adherence_of("Brent, Thea")
    assert before[-2] == "0.0 %"  # of her days were covered
    assert after[-2] == "100.0 %"


def hear_only_of_the_next_dose(house: House, kannel: Kannel) -> None:
    """No further reminder leaves for the dose that was given; the next one does."""
    kannel.clear()

    house.move_clock_to(TUESDAY_EVENING)

    wait_until(lambda: bool(kannel.texts(to=THEA)), what="the next text")
    house.wait_for_rounds()
    (text,) = kannel.texts(to=THEA)
    assert "Wed" in text.words
    assert "25" in text.words
