"""How figures are written on pages; a figure of nothing is a dash."""

from django import template

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """Write a share as a percentage: `94.8 %`."""
    return "–" if share is None else f"{100 * share:.1f} %"


@register.filter
def days(mean: float | None) -> str:
    """Write a mean number of days: `4.0`."""
    return "–" if mean is None else f"{mean:.1f}"
