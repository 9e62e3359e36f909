"""Medians of waiting times and the share above half an hour, from the classes of the ledger."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from kiosk.counts.collect import ALL_KINDS
from kiosk.export.tables import german

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.counts.ledger_entry import ClosedPeriod

LEAST_MEASURED: Final = 10
"""So many (rounded) must have been measured for a median to be told."""

LONG_MIN: Final = 30

ALL: Final = "all"
"""In place of hours or a topic group: all of them together."""

_MEASURES: Final = ("waiting", "way", "service")

Place = tuple[str, str, str]
"""Hours, topic group and kind, each of which may be all."""


def waiting_rows(period: ClosedPeriod) -> Iterable[tuple[str | int | None, ...]]:
    """Hours, group, kind, how many waited until a call, three medians, and a share in percent.

    A median is the begin of its class of five minutes; None where too few were measured, and where
    the measure is not told by kind.
    """
    classes: defaultdict[Place, dict[str, Counter[int]]]
    classes = defaultdict(lambda: {measure: Counter() for measure in _MEASURES})
    for (measure, kind, group, minutes), n in period.tables.get("times", []):
        if isinstance(minutes, int):
            for told in {str(kind), ALL_KINDS}:
                classes[ALL, str(group), told][str(measure)][minutes] += n
                classes[ALL, ALL, told][str(measure)][minutes] += n
    for (measure, kind, hours, minutes), n in period.tables.get("times_hours", []):
        if isinstance(minutes, int) and hours is not None:
            classes[str(hours), ALL, str(kind)][str(measure)][minutes] += n
    for place, measured in sorted(classes.items(), key=lambda row: [(c != ALL, c) for c in row[0]]):
        waiting = measured["waiting"]
        medians = (median_class(measured[measure]) for measure in _MEASURES)
        yield (*place, waiting.total(), *medians, _long_percent(waiting))


def median_class(classes: Mapping[int, int]) -> int | None:
    """The class in which the one in the middle stands."""
    total = sum(classes.values())
    if total < LEAST_MEASURED:
        return None
    passed = 0
    for begin, n in sorted(classes.items()):
        passed += n
        if 2 * passed >= total:
            return begin
    return None


def _long_percent(waiting: Counter[int]) -> int | None:
    if waiting.total() < LEAST_MEASURED:
        return None
    return round(
        100 * sum(n for begin, n in waiting.items() if begin >= LONG_MIN) / waiting.total()
    )


MEANINGS: Final[Mapping[str, str]] = {
    "waiting_min": german.MEDIAN.format(german.MEASURES["waiting"]),
    "way_min": german.MEDIAN.format(german.MEASURES["way"]),
    "service_min": german.MEDIAN.format(german.MEASURES["service"]),
    "over_30_percent": "Anteil mit einer Wartezeit von 30 Minuten und mehr, in Prozent",
}
