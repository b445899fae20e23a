"""What messages say, and what they must not."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from string import Template

import pytest

from notifications import wording
from notifications.channels import gsm
from notifications.ladder import Means, Purpose
from notifications.wording import Facts, Words, render
from tests.notifications.segments import sms_segments

FACTS = Facts(
    clinic="Elm Street Surgery",
    clinic_phone="020 7946 0000",
    due_on=date(2026, 11, 23),
    first_name="Ada",
)
LONGEST_CLINIC = "Saint Bartholomew and Saint Swithin's PCN"[:40]
LONGEST_PHONE = "+44 (0)20 7946 000 x12"[:20]
WRITTEN = [Means.SMS, Means.EMAIL]

# Whoever reads over a shoulder must not learn what the visit is for.
TELLING = re.compile(
    r"b-?12|vitamin|cobalamin|deficien|an(a)?emi|injection|inject|jab|needle|dose|drug"
    r"|medic|treat|therapy|nerve|neuro|blood|lab|result|diagnos|disease|ill|loading"
    r"|maintenance|panel",
    re.IGNORECASE,
)


def texts_of(language: str, facts: Facts = FACTS) -> list[Words]:
    return [
        render(purpose=purpose, means=means, language=language, facts=facts)
        for purpose in Purpose
        for means in WRITTEN
    ]


class TestRender:
    @pytest.mark.parametrize(
        ("purpose", "text"),
        [
            pytest.param(
                Purpose.INJECTION_AHEAD,
                "Elm Street Surgery: your next visit is due on Mon 23 Nov. "
                "Please call 020 7946 0000 to book. "
                "We can't read replies. Emergency: 999.",
                id="ahead",
            ),
            pytest.param(
                Purpose.INJECTION_MISSED,
                "Elm Street Surgery: your visit was due on Mon 23 Nov. "
                "Please call 020 7946 0000 to book. "
                "We can't read replies. Emergency: 999.",
                id="missed",
            ),
            pytest.param(
                Purpose.PANEL_DUE,
                "Elm Street Surgery: your next check is due on Mon 23 Nov. "
                "Please call 020 7946 0000 to book. "
                "We can't read replies. Emergency: 999.",
                id="panel",
            ),
        ],
    )
    def test_says_it_in_a_text_message(self, purpose: Purpose, text: str) -> None:
        said = render(purpose=purpose, means=Means.SMS, language="en", facts=FACTS)

        assert said == Words(subject="", body=text)

    def test_says_it_in_an_e_mail(self) -> None:
        said = render(
            purpose=Purpose.INJECTION_AHEAD,
            means=Means.EMAIL,
            language="en",
            facts=FACTS,
        )

        assert said == Words(
            subject="Your next visit to Elm Street Surgery",
            body=(
                "Dear Ada,\n"
                "\n"
                "Your next visit to us is due on Monday 23 November 2026.\n"
                "\n"
                "Please call us on 020 7946 0000 to book a time. If you have a time "
                "with us, you do not need to call.\n"
                "\n"
                "We cannot read replies to this e-mail. In an emergency, call 999.\n"
                "\n"
                "Elm Street Surgery\n"
            ),
        )

    @pytest.mark.parametrize(
        ("purpose", "subject"),
        [
            (Purpose.INJECTION_AHEAD, "Your next visit to Elm Street Surgery"),
            (Purpose.INJECTION_MISSED, "Please call Elm Street Surgery"),
            (Purpose.PANEL_DUE, "Your next check at Elm Street Surgery"),
        ],
    )
    def test_has_a_subject_without_the_patient(
        self, purpose: Purpose, subject: str
    ) -> None:
        said = render(purpose=purpose, means=Means.EMAIL, language="en", facts=FACTS)

        assert said.subject == subject

    def test_greets_who_has_no_first_name(self) -> None:
        said = render(
            purpose=Purpose.PANEL_DUE,
            means=Means.EMAIL,
            language="en",
            facts=replace(FACTS, first_name=""),
        )

        assert said.body.startswith("Hello,\n\nYour next check ")

    def test_puts_names_in_as_they_are(self) -> None:
        odd = replace(FACTS, clinic="$phone & <Sons>", first_name="$clinic")

        said = render(
            purpose=Purpose.INJECTION_MISSED,
            means=Means.EMAIL,
            language="en",
            facts=odd,
        )

        assert said.subject == "Please call $phone & <Sons>"
        assert said.body.startswith("Dear $clinic,\n")

    def test_lets_no_name_break_a_line_of_subject_or_text(self) -> None:
        odd = replace(FACTS, clinic="Elm\r\nBcc: Eve")

        said = texts_of("en", odd)

        assert {words.subject for words in said} == {
            "",
            "Your next visit to Elm Bcc: Eve",
            "Please call Elm Bcc: Eve",
            "Your next check at Elm Bcc: Eve",
        }
        assert all("\n" not in words.body for words in said if not words.subject)

    def test_has_nothing_to_say_to_a_nurse(self) -> None:
        with pytest.raises(ValueError, match=r"^a nurse's task has no text$"):
            render(
                purpose=Purpose.INJECTION_MISSED,
                means=Means.NURSE,
                language="en",
                facts=FACTS,
            )

    @pytest.mark.parametrize(
        ("day", "name"),
        [
            (date(2026, 1, 1), "Thursday 1 January 2026"),
            (date(2026, 10, 28), "Wednesday 28 October 2026"),
            (date(2028, 2, 29), "Tuesday 29 February 2028"),
        ],
    )
    def test_names_the_day_in_full_in_an_e_mail(self, day: date, name: str) -> None:
        said = render(
            purpose=Purpose.PANEL_DUE,
            means=Means.EMAIL,
            language="en",
            facts=replace(FACTS, due_on=day),
        )

        assert f"is due on {name}." in said.body


class TestSpoken:
    @pytest.mark.parametrize(
        ("language", "served"),
        [
            pytest.param("en", "en", id="english"),
            pytest.param("en-GB", "en", id="english of a country"),
            pytest.param("EN_gb", "en", id="written otherwise"),
            pytest.param("cy", "en", id="a language without texts"),
            pytest.param("", "en", id="not known"),
            pytest.param("../..", "en", id="a path is no language"),
            pytest.param("pages", "en", id="a folder without phrases is none"),
        ],
    )
    def test_is_the_nearest_language_that_has_texts(
        self, language: str, served: str
    ) -> None:
        assert wording.spoken(language) == served


@pytest.mark.parametrize("language", sorted(wording.languages()))
class TestEveryLanguage:
    def test_has_every_text(self, language: str) -> None:
        expected = {"phrases.json"} | {
            f"{purpose}.{part}.txt"
            for purpose in Purpose
            for part in ("sms", "email", "email.subject")
        }

        assert {f.name for f in (wording.TEXTS / language).iterdir()} == expected

    def test_names_seven_days_and_twelve_months(self, language: str) -> None:
        file = wording.TEXTS / language / "phrases.json"
        phrases = json.loads(file.read_text(encoding="utf-8"))

        for style in ("short", "long"):
            assert len(set(phrases[f"weekdays_{style}"].split())) == 7
            assert len(set(phrases[f"months_{style}"].split())) == 12

    def test_tells_nothing_of_the_treatment(self, language: str) -> None:
        for words in texts_of(language):
            assert TELLING.findall(f"{words.subject} {words.body}") == []

    def test_names_the_patient_in_the_greeting_only(self, language: str) -> None:
        canary = replace(FACTS, first_name="Xanthippe")

        for words in texts_of(language, canary):
            named = words.subject + words.body
            assert named.count("Xanthippe") == (1 if words.subject else 0)
            assert "Xanthippe" in words.body.splitlines()[0] or not words.subject

    def test_tells_how_to_reach_the_clinic_and_help(self, language: str) -> None:
        for words in texts_of(language, replace(FACTS, emergency_phone="112")):
            assert "020 7946 0000" in words.body
            assert "112" in words.body
            assert "Elm Street Surgery" in words.body

    def test_fits_one_text_message_on_every_day(self, language: str) -> None:
        longest = replace(FACTS, clinic=LONGEST_CLINIC, clinic_phone=LONGEST_PHONE)
        year = (date(2028, 1, 1) + timedelta(days=n) for n in range(366))
        lengths = {
            sms_segments(
                render(
                    purpose=purpose,
                    means=Means.SMS,
                    language=language,
                    facts=replace(longest, due_on=day),
                ).body
            )
            for day in year
            for purpose in Purpose
        }

        assert (len(LONGEST_CLINIC), len(LONGEST_PHONE)) == (40, 20)
        assert lengths == {1}

    def test_spells_a_clinic_with_the_signs_of_a_telephone(self, language: str) -> None:
        typographic = replace(FACTS, clinic="St Mary’s – North")

        said = render(
            purpose=Purpose.INJECTION_MISSED,
            means=Means.SMS,
            language=language,
            facts=typographic,
        )

        assert "St Mary's - North" in said.body
        assert gsm.fits(said.body)

    def test_uses_only_what_it_is_given(self, language: str) -> None:
        known = {"clinic", "phone", "emergency", "day", "greeting"}

        for file in (wording.TEXTS / language).glob("*.txt"):
            used = Template(file.read_text(encoding="utf-8")).get_identifiers()
            assert set(used) <= known, file.name


class TestPlainEnglish:
    """A reading age of 9 to 11: grade 6 of the Automated Readability Index or lower."""

    @pytest.mark.parametrize("purpose", Purpose)
    @pytest.mark.parametrize("means", WRITTEN)
    def test_can_be_read_by_a_child_of_eleven(
        self, purpose: Purpose, means: Means
    ) -> None:
        facts = Facts(
            clinic="us", clinic_phone="111", due_on=date(2026, 11, 23), first_name="Ada"
        )
        said = render(purpose=purpose, means=means, language="en", facts=facts)

        assert readability(said.body) <= 6

    def test_would_notice_officialese(self) -> None:
        officialese = (
            "Patients are respectfully requested to telephone the administration "
            "department in order to schedule their forthcoming appointment."
        )

        assert readability(officialese) > 12


def readability(text: str) -> float:
    """Return the school year (UK: age less 5) that can read `text`."""
    parts = re.split(r"[.!?:]\s|\n\n|[.!?]$", text)
    sentences = [part for part in parts if part.strip()]
    words = re.findall(r"[\w'-]+", text)
    letters = sum(map(len, words))
    return 4.71 * letters / len(words) + 0.5 * len(words) / len(sentences) - 21.43
