"""The words in which symptoms are asked about and shown."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from patients.symptoms import Domain, RedFlag

Words = str | Promise

DOMAINS: dict[str, Words] = {
    Domain.TREMOR: _("Tremor"),
    Domain.SPASM: _("Muscle spasm"),
    Domain.PARAESTHESIA: _("Tingling"),
    Domain.NUMBNESS: _("Numbness"),
    Domain.WEAKNESS: _("Weakness"),
    Domain.GAIT: _("Walking and balance"),
    Domain.COGNITION: _("Memory and thinking"),
    Domain.PAIN: _("Pain"),
    Domain.FATIGUE: _("Fatigue"),
}
RED_FLAGS: dict[str, Words] = {
    RedFlag.VISION: _("sight getting worse"),
    RedFlag.SPHINCTER: _("bladder or bowel not under control"),
    RedFlag.FALL_INJURY: _("a fall with injury"),
    RedFlag.RAPID_WEAKNESS: _("weakness that grows from day to day"),
    RedFlag.SEIZURE: _("a seizure"),
    RedFlag.PSYCHOSIS: _("psychosis"),
}
CHANGE: dict[int, Words] = {
    1: _("1, very much improved"),
    2: _("2, much improved"),
    3: _("3, minimally improved"),
    4: _("4, no change"),
    5: _("5, minimally worse"),
    6: _("6, much worse"),
    7: _("7, very much worse"),
}
