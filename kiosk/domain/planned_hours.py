"""Hours of a profile: when its bus stands where, once or again and again."""

from dataclasses import dataclass

from kiosk.domain.ids import PartnerId, StopId, TopicId


@dataclass(frozen=True, slots=True)
class PlannedHours:
    """When the bus stands at a stop: once at a `date`, or on a `weekday` ("tu") again and again.

    `every_weeks` counts from `first`, the last day is `until_date`; dates are written 2026-11-24,
    `begins` and `ends` 10:00. Without `topics` the visit offers those of `partners`, else all.
    """

    stop: StopId
    begins: str
    ends: str
    date: str = ""
    weekday: str = ""
    every_weeks: int = 1
    first: str = ""
    until_date: str = ""
    partners: tuple[PartnerId, ...] = ()
    topics: tuple[TopicId, ...] = ()
