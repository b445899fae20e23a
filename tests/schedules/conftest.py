"""How many histories are tried: few each time, many by command."""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "long",
    max_examples=2000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
