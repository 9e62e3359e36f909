"""Who came where and for what: stops, topics, partners, hours and weekdays of a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import OTHERS
from kiosk.export.report.band import Band, band_of, runs_without_difference
from kiosk.export.report.merging import WEEKDAYS, sums_by
from kiosk.export.tables import german
from kiosk.export.tables.builder import concern_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod
    from kiosk.export.report.merging import SummedPeriods

MOST_TOPICS: Final = 10
"""So many are ranked; all others stand in the order of the alphabet."""

MOST_STOPS: Final = 16
"""Of the first page; all of them stand further behind."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A row of a report: something and how many."""

    code: str
    label: str
    band: Band


@dataclass(frozen=True, slots=True)
class StopAmount:
    """A stop with its people, its days, and the people of a day."""

    code: str
    label: str
    district: str
    people: Band
    days: int
    per_day: Band


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Counts by two codes; None where nothing is published."""

    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float | None]]]

    @property
    def most(self) -> float:
        return max((n for _, row in self.rows for n in row if n is not None), default=0)

    @property
    def has_gaps(self) -> bool:
        return any(n is None for _, row in self.rows for n in row)


def stops_by_people(summed: SummedPeriods) -> list[StopAmount]:
    """The stops with most people a day first; what is told of several together comes last."""
    people = sums_by(summed.merged, "demand", 0)
    rows = [_stop(summed, code, count) for code, count in people.items()]
    return sorted(rows, key=lambda row: (row.code == OTHERS, -row.per_day.count, row.label))


def _stop(summed: SummedPeriods, code: str, count: int) -> StopAmount:
    """Its people a day are those of the days on which it was told apart."""
    named = summed.merged.names.stops.get(code)
    label = german.OTHERS if code == OTHERS else named.name if named else code
    told = band_of(count, summed.stops.rounded(code))
    people = summed.stops.band(code, count)
    district, days = named.district if named else "", summed.days_of_stops.get(code, 0)
    return StopAmount(code, label, district, people, days, told.per(days or 1))


def stops_without_difference(stops: Sequence[StopAmount]) -> list[tuple[int, int]]:
    """Places of stops among which no difference can be shown."""
    return runs_without_difference([stop.per_day for stop in stops if stop.code != OTHERS])


def topics_by_people(summed: SummedPeriods) -> list[Amount]:
    """Published topics: the ten asked for most by their rank, all others by the alphabet."""
    rows = [
        Amount(code, topic_label(summed.merged, code), summed.topics.band(code, count))
        for code, count in sums_by(summed.merged, "topics", 1).items()
    ]
    rows.sort(key=lambda row: (row.code == OTHERS, -row.band.count, row.label))
    ranked, rest = rows[:MOST_TOPICS], rows[MOST_TOPICS:]
    return ranked + sorted(rest, key=lambda row: (row.code == OTHERS, row.label.casefold()))


def topics_of_few(merged: ClosedPeriod) -> list[str]:
    """Labels of the topics on offer that are not told apart, in the order of the alphabet."""
    people = sums_by(merged, "topics", 1)
    names = {topic.label for code, topic in merged.names.topics.items() if not people[code]}
    return sorted(names, key=str.casefold)


def topic_label(period: ClosedPeriod, code: str) -> str:
    if code == OTHERS:
        return german.OTHERS
    named = period.names.topics.get(code)
    return named.label if named else code


def concerns_by_topic(summed: SummedPeriods) -> list[tuple[str, int, int, int]]:
    """Topic, its people, those who also came for it, and both: most concerns first.

    Of the periods in which anything further was noted: elsewhere it is unknown.
    """
    if not summed.noted:
        return []
    merged = summed.noted
    rows = [
        (_topic_of_group(merged, str(group), str(topic)), int(people), int(further), int(count))
        for group, topic, people, further, count in concern_rows(merged)
        if count
    ]
    return sorted(rows, key=lambda row: (-row[3], row[0]))


def _topic_of_group(period: ClosedPeriod, group: str, topic: str) -> str:
    if topic != OTHERS:
        return topic_label(period, topic)
    return f"{german.OTHERS}: {period.names.groups.get(group, german.OTHERS)}"


def partners_by_people(summed: SummedPeriods) -> list[Amount]:
    """Who advises on what was asked for; topics that are not told apart have none."""
    merged = summed.merged
    people: Counter[str] = Counter()
    rounded: Counter[str] = Counter()
    for code, n in sums_by(merged, "topics", 1).items():
        named = merged.names.topics.get(code)
        partner = OTHERS if code == OTHERS or not named else named.partner
        people[partner] += n
        rounded[partner] += summed.topics.rounded(code)
    return [
        Amount(code, _partner(merged, code), band_of(n, rounded[code]))
        for code, n in sorted(people.items(), key=lambda row: (row[0] == OTHERS, -row[1]))
    ]


def _partner(period: ClosedPeriod, code: str) -> str:
    if code == OTHERS:
        return "übrige Anliegen, nicht zugeordnet"
    return period.names.partners.get(code, code) or period.names.operator


def hours_of_stops(merged: ClosedPeriod, stops: Sequence[StopAmount]) -> HeatMap:
    """People by stop and hours of the day."""
    cells = {(str(stop), str(hours)): n for (stop, hours), n in merged.tables.get("hours", [])}
    blocks = sorted({hours for _, hours in cells if hours != "None"})
    rows = _heat_rows(stops, blocks, cells)
    return HeatMap([block_in_words(block) for block in blocks], rows)


def block_in_words(block: str) -> str:
    """A block such as `10-12` for readers."""
    if block == OTHERS:
        return "übrige Uhrzeiten"
    begin, end = (int(hour) for hour in block.split("-"))
    if begin == 0:
        return f"vor {end} Uhr"
    return f"ab {begin} Uhr" if end == 24 else f"{begin} bis {end} Uhr"  # noqa: PLR2004 - midnight


def weekdays_of_stops(summed: SummedPeriods, stops: Sequence[StopAmount]) -> HeatMap:
    """People a day by stop and weekday, where the bus stood there on that weekday."""
    people = summed.people_of_weekdays
    means = {
        key: round(people.get(key, 0) / days, 1) for key, days in summed.days_of_weekdays.items()
    }
    columns = [day for day in WEEKDAYS if any(day == weekday for _, weekday in means)]
    return HeatMap(columns, _heat_rows(stops, columns, means))


def _heat_rows(
    stops: Sequence[StopAmount],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], float],
) -> list[tuple[str, list[float | None]]]:
    rows = [(stop.label, [cells.get((stop.code, column)) for column in columns]) for stop in stops]
    return [(label, row) for label, row in rows if any(n is not None for n in row)]
