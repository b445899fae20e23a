"""The time behind a plan while it is replayed: stretches, courses, series of panels."""

from dataclasses import dataclass, field, replace
from datetime import date

from schedules.panels import Series
from schedules.phases import UNDER_TREATMENT, Phase
from schedules.protocol import Loading
from schedules.stretches import CourseSoFar, Stretch


@dataclass
class Chronicle:
    """What has been written down so far, the last entry of each list still going on."""

    stretches: list[Stretch] = field(default_factory=list)
    courses: list[CourseSoFar] = field(default_factory=list)
    panel_series: list[Series] = field(default_factory=list)
    interval_changes: list[date] = field(default_factory=list)

    def enter(self, phase: Phase, on: date, *, clinical: bool = False) -> None:
        """End the stretch that was, and begin another if the phase is treatment."""
        if self.stretches and self.stretches[-1].to_on is None:
            ended = replace(self.stretches.pop(), to_on=on)
            self.stretches += [ended] if ended.from_on < on else []
        if phase in UNDER_TREATMENT:
            self.stretches.append(Stretch(phase=phase, from_on=on, clinical=clinical))

    def begin_course(self, episode: int, loading: Loading) -> None:
        """Begin a loading course, of the kind that its protocol describes."""
        self.courses.append(CourseSoFar(episode=episode, loading=loading))

    def load(self, on: date) -> int:
        """Write a dose into the loading course; return how many it has now."""
        self.courses[-1].days.append(on)
        return len(self.courses[-1].days)

    def end_course(self, on: date) -> None:
        """End the loading course by decision, if one is going on."""
        if self.courses and self.courses[-1].ended_on is None:
            self.courses[-1].ended_on = on

    def change_interval(self, on: date) -> None:
        """Write down that the interval was changed."""
        self.interval_changes.append(on)

    def begin_panels(self, from_on: date, *, on: date) -> None:
        """Count the panels from another day, from now on."""
        self.end_panels(on)
        self.panel_series.append(Series(from_on=from_on))

    def end_panels(self, on: date) -> None:
        """Ask for no more panels, if any were asked for."""
        if self.panel_series and self.panel_series[-1].to_on is None:
            self.panel_series[-1] = replace(self.panel_series[-1], to_on=on)
