"""Who came where and for what: stops, topics, partners, hours and weekdays of a report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import LEAST_STOP, LEAST_TOPIC, OTHERS
from kiosk.export.report.band import Band, band_of, runs_without_difference
from kiosk.export.report.merging import merge_periods
from kiosk.export.tables import german
from kiosk.export.tables.builder import concern_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod

MOST_TOPICS: Final = 10
"""So many are ranked; all others stand in the order of the alphabet."""

WEEKDAYS: Final = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")


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


def sums_by(period: ClosedPeriod, table: str, column: int) -> Counter[str]:
    """The counts of a table by the code in one of its columns."""
    found: Counter[str] = Counter()
    for cell, count in period.tables.get(table, []):
        if cell[column] is not None:
            found[str(cell[column])] += count
    return found


def hidden_in(
    periods: Sequence[ClosedPeriod], table: str, column: int, least: int
) -> Callable[[str], int]:
    """How many people a code may lack: those of periods that count it among the others."""
    published = [sums_by(period, table, column) for period in periods]

    def hidden(code: str) -> int:
        if code == OTHERS:
            return 0
        return sum(least for sums in published if sums[OTHERS] and not sums[code])

    return hidden


def stops_by_people(periods: Sequence[ClosedPeriod], merged: ClosedPeriod) -> list[StopAmount]:
    """The stops with most people a day first; what is told of several together comes last."""
    people = sums_by(merged, "demand", 0)
    hidden = hidden_in(periods, "demand", 0, LEAST_STOP)
    held = Counter(code for code, _ in published_days(periods))
    rows = [
        _stop(merged, code, band_of(n, len(periods), hidden(code)), held[code], hidden(code))
        for code, n in people.items()
    ]
    return sorted(rows, key=lambda row: (row.code == OTHERS, -row.per_day.count, row.label))


def _stop(period: ClosedPeriod, code: str, people: Band, days: int, hidden: int) -> StopAmount:
    """Its people a day are those of the days on which it was told apart."""
    named = period.names.stops.get(code)
    label = german.OTHERS if code == OTHERS else named.name if named else code
    told = Band(people.count, people.least, people.most - hidden)
    district = named.district if named else ""
    return StopAmount(code, label, district, people, days, told.per(days or 1))


def published_days(periods: Sequence[ClosedPeriod]) -> list[tuple[str, date | None]]:
    """Stop and date of each visit that was held; `OTHERS` where its people stand with others'."""
    return [
        (day.stop if told[day.stop] else OTHERS, day.date)
        for period in periods
        for told in [sums_by(period, "demand", 0)]
        for day in period.days
        if day.held
    ]


def stops_without_difference(stops: Sequence[StopAmount]) -> list[tuple[int, int]]:
    """Places of stops among which no difference can be shown."""
    return runs_without_difference([stop.per_day for stop in stops if stop.code != OTHERS])


def topics_by_people(periods: Sequence[ClosedPeriod], merged: ClosedPeriod) -> list[Amount]:
    """Published topics: the ten asked for most by their rank, all others by the alphabet."""
    people = sums_by(merged, "topics", 1)
    hidden = hidden_in(periods, "topics", 1, LEAST_TOPIC)
    rows = [
        Amount(code, topic_label(merged, code), band_of(n, len(periods), hidden(code)))
        for code, n in people.items()
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


def concerns_by_topic(periods: Sequence[ClosedPeriod]) -> list[tuple[str, int, int, int]]:
    """Topic, its people, those who also came for it, and both: most concerns first.

    Of the periods in which anything further was noted: elsewhere it is unknown.
    """
    noted = [period for period in periods if period.tables.get("further")]
    if not noted:
        return []
    merged = merge_periods(noted)
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


def partners_by_people(periods: Sequence[ClosedPeriod], merged: ClosedPeriod) -> list[Amount]:
    """Who advises on what was asked for; topics that are not told apart have none."""
    people: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for code, n in sums_by(merged, "topics", 1).items():
        named = merged.names.topics.get(code)
        partner = OTHERS if code == OTHERS or not named else named.partner
        people[partner] += n
        told[partner] += 1
    return [
        Amount(code, _partner(merged, code), band_of(n, len(periods) * told[code]))
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
    return f"ab {begin} Uhr" if end == 24 else f"{begin} bis {end} Uhr"  # noqa: PLR2004


def weekdays_of_stops(
    periods: Sequence[ClosedPeriod], merged: ClosedPeriod, stops: Sequence[StopAmount]
) -> HeatMap:
    """People a day by stop and weekday, where the bus stood there on that weekday."""
    people: Counter[tuple[str, str]] = Counter()
    days: Counter[tuple[str, str]] = Counter()
    for (day, stop), n in merged.tables.get("visits", []):
        if day is not None:
            people[str(stop), _weekday(str(day))] += n
    for stop, on in published_days(periods):
        if on:
            days[stop, WEEKDAYS[on.weekday()]] += 1
    means = {key: round(people[key] / n, 1) for key, n in days.items()}
    columns = [day for day in WEEKDAYS if any(day == weekday for _, weekday in means)]
    return HeatMap(columns, _heat_rows(stops, columns, means))


def _weekday(day: str) -> str:
    return WEEKDAYS[date.fromisoformat(day).weekday()]


def _heat_rows(
    stops: Sequence[StopAmount],
    columns: Sequence[str],
    cells: Mapping[tuple[str, str], float],
) -> list[tuple[str, list[float | None]]]:
    rows = [(stop.label, [cells.get((stop.code, column)) for column in columns]) for stop in stops]
    return [(label, row) for label, row in rows if any(n is not None for n in row)]
