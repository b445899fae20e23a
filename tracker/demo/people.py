"""
Who is in the demo, and what has befallen each: days ago, so that it is always today.

Everybody is invented. The numbers are of ranges that nobody has: 999 for patients,
07700 900 for telephones.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Maintained:
    """
    On maintenance at `interval`, injected so many days ago, the latest first.

    The earliest was given elsewhere. `bloods` are taken whenever they are due.
    """

    interval: str = "8w"
    given_ago: tuple[int, ...] = ()
    bloods: bool = False
    unverified_ago: int | None = None
    paused_ago: int | None = None
    review_in: int = 0


@dataclass(frozen=True)
class Loading:
    """On alternate days since `began_ago`, without those after `stopped_ago`."""

    began_ago: int
    stopped_ago: int = 1
    maintained_ago: int | None = None


@dataclass(frozen=True)
class Workup:
    """Waiting for a prescriber's decision."""

    unverified_ago: int | None = None


@dataclass(frozen=True)
class Someone:
    """A person of the demo."""

    family_name: str
    given_name: str
    birth_date: date
    nhs_number: str
    story: Maintained | Loading | Workup
    neurological: str = "no"
    cause: str = "Pernicious anaemia"
    product: str = "hydroxocobalamin"
    medicines: tuple[tuple[str, str], ...] = ()  # each with its milligrams a day
    conditions: tuple[str, ...] = ()
    allergy: str = ""  # empty: nobody has asked
    preferred: str = "sms"
    is_reachable: bool = True


ELM_STREET = (
    Someone(
        "Lovelace",
        "Ada",
        date(1958, 12, 10),
        "9994100017",
        Maintained(given_ago=(56, 112, 168, 224, 280, 336), bloods=True),
    ),
    Someone(
        "Hopper",
        "Mary",
        date(1947, 12, 9),
        "9994100084",
        Maintained(given_ago=(59, 117, 171, 232, 288), bloods=True),
    ),
    Someone(
        "Somerville",
        "Jean",
        date(1962, 3, 4),
        "9994100157",
        Maintained("2m", given_ago=(20, 81, 143, 204, 270, 332), bloods=True),
        allergy="cobalt",
    ),
    Someone(
        "Franklin",
        "Rose",
        date(1971, 7, 25),
        "9994100297",
        Maintained("12w", given_ago=(30, 116, 200, 282), bloods=True),
    ),
    Someone(
        "Hodgkin",
        "Dorothy",
        date(1950, 5, 12),
        "9994100432",
        Maintained("3m", given_ago=(12, 104, 200, 291), bloods=True),
    ),
    Someone(
        "Anning",
        "May",
        date(1949, 5, 21),
        "9994100505",
        Maintained("2m", given_ago=(41, 110, 171, 246, 310), bloods=True),
        preferred="email",
    ),
    Someone(
        "Seacole",
        "Joyce",
        date(1955, 11, 23),
        "9994100572",
        Maintained("4w", given_ago=(10, 38, 68, 96, 124, 155, 183), bloods=True),
        neurological="yes",
    ),
    Someone(
        "Kaur",
        "Simran",
        date(1983, 2, 17),
        "9994100645",
        Maintained("1m", given_ago=(9, 40, 71, 101), bloods=True),
        neurological="yes",
        cause="Nitrous oxide",
    ),
    Someone(
        "Okafor",
        "Ngozi",
        date(1979, 8, 30),
        "9994100718",
        Maintained(given_ago=(75, 131, 190)),
    ),
    Someone(
        "Novak",
        "Irena",
        date(1966, 1, 5),
        "9994100785",
        Maintained(given_ago=(96, 150, 207)),
        preferred="email",
    ),
    Someone(
        "Hughes",
        "Gareth",
        date(1944, 6, 18),
        "9994100858",
        Maintained("2m", given_ago=(80, 141)),
        neurological="yes",
    ),
    Someone(
        "Patel",
        "Asha",
        date(1988, 9, 14),
        "9994100920",
        Loading(began_ago=9),
        neurological="yes",
        cause="Nitrous oxide",
        conditions=("nitrous_oxide_recreational",),
    ),
    Someone(
        "Murphy",
        "Liam",
        date(1974, 4, 2),
        "9994100998",
        Loading(began_ago=16),
        neurological="yes",
        cause="Total gastrectomy",
    ),
    Someone(
        "Lindqvist",
        "Åsa",
        date(1969, 10, 27),
        "9994101064",
        Loading(began_ago=14, stopped_ago=5),
        neurological="yes",
    ),
    Someone(
        "Cohen",
        "Miriam",
        date(1952, 2, 29),
        "9994101137",
        Loading(began_ago=0),
        neurological="yes",
    ),
    Someone(
        "Evans",
        "Rhys",
        date(1961, 7, 7),
        "9994101277",
        Loading(began_ago=120, maintained_ago=75),
        neurological="yes",
    ),
    Someone(
        "Brown",
        "Olive",
        date(1939, 3, 31),
        "9994101412",
        Maintained("10w", given_ago=(68, 139)),
        preferred="phone",
    ),
    Someone(
        "Nguyen",
        "Linh",
        date(1991, 5, 19),
        "9994101552",
        Maintained("6w", given_ago=(40, 82)),
    ),
    Someone(
        "Ibrahim",
        "Yusuf",
        date(1957, 12, 1),
        "9994101625",
        Maintained("12w", given_ago=(82,)),
    ),
    Someone(
        "Taylor",
        "Joan",
        date(1946, 8, 8),
        "9994101692",
        Maintained(given_ago=(50,), unverified_ago=6),
    ),
    Someone(
        "Silva",
        "Teresa",
        date(1972, 6, 13),
        "9994101765",
        Maintained(given_ago=(21,), unverified_ago=3),
        preferred="email",
    ),
    Someone(
        "Walker",
        "Albert",
        date(1936, 1, 22),
        "9994101838",
        Maintained(given_ago=(55,)),
        is_reachable=False,
    ),
    Someone(
        "Byrne",
        "Nora",
        date(1941, 9, 3),
        "9994101900",
        Maintained(given_ago=(35, 90), paused_ago=20, review_in=25),
    ),
    Someone(
        "Schmidt",
        "Greta",
        date(1964, 4, 11),
        "9994101978",
        Maintained(given_ago=(60, 118), paused_ago=40, review_in=-5),
    ),
    Someone(
        "Rossi",
        "Carla",
        date(1953, 10, 16),
        "9994102044",
        Maintained(given_ago=(15, 76)),
        product="cyanocobalamin",
        medicines=(("metformin", "1000"), ("ppi", "20")),
        conditions=("diabetes",),
    ),
    Someone(
        "Haddad",
        "Samir",
        date(1968, 2, 8),
        "9994102117",
        Maintained(given_ago=(25, 84)),
        neurological="unknown",
    ),
    Someone(
        "Fraser",
        "Isla",
        date(1977, 11, 28),
        "9994102184",
        Maintained(given_ago=(50, 105, 163)),
        medicines=(("doac", "10"),),
    ),
    Someone(
        "Mbeki",
        "Thandi",
        date(1985, 3, 9),
        "9994102257",
        Maintained("2m", given_ago=(33, 95, 157)),
        cause="Crohn's disease",
        conditions=("malabsorption",),
    ),
    Someone(
        "Adams",
        "Peter",
        date(1990, 1, 15),
        "9994102397",
        Workup(),
        neurological="unknown",
        cause="",
    ),
    Someone(
        "Yilmaz",
        "Elif",
        date(1994, 7, 21),
        "9994102532",
        Workup(),
        cause="Dietary deficiency",
    ),
    Someone(
        "Green",
        "Poppy",
        date(2019, 6, 5),
        "9994102605",
        Workup(unverified_ago=30),
        cause="Imerslund-Gräsbeck syndrome",
    ),
)

MILL_LANE = (
    Someone(
        "Moreau",
        "Claire",
        date(1960, 5, 5),
        "9994102672",
        Maintained(given_ago=(50, 106)),
    ),
    Someone(
        "Jensen",
        "Lars",
        date(1975, 9, 9),
        "9994102745",
        Loading(began_ago=7),
        neurological="yes",
    ),
)
