"""Practices' lists for tests: one person a line, whatever is not said is as usual."""

import csv
import io

COLUMNS = {
    "NHS number": "999 410 0017",
    "Patient no": "45001",
    "Surname": "Lovelace",
    "Forename": "Ada",
    "Date of birth": "10-Dec-1975",
    "Gender": "F",
    "Mobile": "07700 900123",
    "E-mail": "ada@example.org",
    "Preferred contact": "SMS",
    "Consent to text": "Y",
    "Diagnosis": "Pernicious anaemia",
    "Neurological symptoms": "N",
    "Drug": "Hydroxocobalamin 1mg/1ml",
    "Interval": "12 weekly",
    "Last injection": "2026-10-01",
    "Batch": "346A80",
    "Deceased": "",
}
#: Whom the lists of the tests name besides Ada: numbers of the range that nobody has.
GRACE = {"NHS number": "999 410 0084", "Patient no": "45002", "Forename": "Grace"}
MARY = {"NHS number": "999 410 0157", "Patient no": "45003", "Forename": "Mary"}

#: Ada on two lines, each by another number and one without a first name: two people to
#: whoever reads the list alone, one to the record, and one injection.
ONE_INJECTION_TWICE = (
    {"Patient no": "", "Last injection": "2026-11-18"},
    {"NHS number": "", "Forename": "", "Last injection": "2026-11-18"},
)


def a_list(
    *people: dict[str, str],
    without: tuple[str, ...] = (),
    besides: tuple[str, ...] = (),
) -> bytes:
    """Return a file with a line each; everybody is Ada but for what is said."""
    columns = [column for column in COLUMNS if column not in without]
    columns += besides
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for person in people:
        writer.writerow(COLUMNS | person)
    return file.getvalue().encode()
