"""Fields that several endpoints hear."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from schedules.intervals import Interval, IntervalNotUnderstood


@extend_schema_field({"type": "string", "example": "2m"})
class IntervalField(serializers.Field[Interval, str, str, Any]):
    """An interval such as 14d, 6w or 2m."""

    def to_internal_value(self, data: Any) -> Interval:
        """Return the interval, or refuse."""
        try:
            return Interval.parse(str(data))
        except IntervalNotUnderstood as problem:
            raise serializers.ValidationError(
                "Write the interval as 14d, 6w or 2m."
            ) from problem
