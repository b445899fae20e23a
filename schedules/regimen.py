"""A protocol in words: what is given, to whom, how often, and what it states itself."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schedules.intervals import Interval, Unit
from schedules.parameters import NUMBERS
from schedules.protocol import Loading, Protocol
from schedules.words import Words, every

ROUTES: dict[str, Words] = {
    "im": gettext_lazy("into the muscle"),
    "sc": gettext_lazy("under the skin"),
}
FOR_WHOM: dict[bool | None, Words] = {
    True: gettext_lazy("For people with neurological symptoms, or who may have them."),
    False: gettext_lazy("For people without neurological symptoms only (R14)."),
    None: gettext_lazy("For people with or without neurological symptoms."),
}


def in_words(protocol: Protocol) -> tuple[str, ...]:
    """Return a regimen as sentences that a clinician can check."""
    return (
        str(FOR_WHOM[protocol.neurological]),
        _("%(product)s, %(dose)s mg, %(route)s.")
        % {
            "product": protocol.product,
            "dose": f"{protocol.dose_mg.normalize():f}",
            "route": ROUTES.get(protocol.route, protocol.route),
        },
        _loading(protocol.loading),
        _("Maintenance: %s, without an end.") % every(protocol.maintenance),
        *_stated(protocol),
    )


def _loading(loading: Loading | None) -> str:
    if loading is None:
        return _("No loading: maintenance was established elsewhere.")
    pace = every(Interval(loading.step_days, Unit.DAY))
    if loading.count is None:
        said = _("Loading: %s, without a fixed end; a prescriber ends it.") % pace
    else:
        said = ngettext(
            "Loading: %(count)s injection, %(pace)s.",
            "Loading: %(count)s injections, %(pace)s.",
            loading.count,
        ) % {"count": loading.count, "pace": pace}
    if loading.cap_per_7d is None:
        return said
    return f"{said} {_('At most %s in any 7 days.') % loading.cap_per_7d}"


def _stated(protocol: Protocol) -> Iterator[str]:
    """Yield the parameters that the protocol states itself, over the clinic's."""
    for number in NUMBERS:
        if number.name in protocol.overrides:
            yield _("%(title)s: %(value)s, whatever the clinic has set.") % {
                "title": number.title,
                "value": number.told(protocol.overrides[number.name]),
            }
