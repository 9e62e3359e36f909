"""How long people waited and how they found it: waiting times and smileys of a report."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.counts.coarsening import LEAST_SMILEYS_OF_STOP, OTHERS
from kiosk.counts.collect import ALL_KINDS
from kiosk.counts.exact import NOT_SAID
from kiosk.export.report.band import band_of
from kiosk.export.report.demand import Amount, block_in_words
from kiosk.export.tables import german
from kiosk.export.tables.wait_medians import ALL, waiting_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod

_CLASS_MIN: Final = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """Waiting of some people: medians in minutes, as the begin of a class of five."""

    label: str
    people: int
    waiting_min: int | None
    way_min: int | None
    service_min: int | None
    over_30_percent: int | None


def class_in_words(begin_min: int | None) -> str:
    """A class of five minutes for readers."""
    if begin_min is None:
        return "zu wenige"
    if begin_min == 0:
        return "unter 5 min"
    return f"{begin_min} bis {begin_min + _CLASS_MIN} min"


def waiting_of_all(merged: ClosedPeriod) -> Waiting | None:
    rows = [row for row in _rows(merged) if row[:3] == (ALL, ALL, ALL_KINDS)]
    return _waiting(rows[0], german.ALL) if rows else None


def waiting_by_group(merged: ClosedPeriod) -> list[Waiting]:
    """All kinds together, by topic group."""
    return [
        _waiting(row, merged.names.groups.get(str(row[1]), german.OTHERS))
        for row in _rows(merged)
        if row[0] == ALL and row[1] != ALL and row[2] == ALL_KINDS
    ]


def waiting_by_hours(merged: ClosedPeriod) -> list[Waiting]:
    """By the hours of the day, of all kinds together where they are told so."""
    return [
        _waiting(row, block_in_words(str(row[0])) + _kind(str(row[2])))
        for row in _rows(merged)
        if row[0] != ALL
    ]


def _kind(kind: str) -> str:
    return "" if kind == ALL_KINDS else f", {german.KINDS[kind]}"


def _rows(merged: ClosedPeriod) -> list[tuple[str | int | None, ...]]:
    return list(waiting_rows(merged))


def _waiting(row: Sequence[str | int | None], label: str) -> Waiting:
    people, waiting, way, service, over = (n if isinstance(n, int) else None for n in row[3:8])
    return Waiting(label, people or 0, waiting, way, service, over)


@dataclass(frozen=True, slots=True)
class Smileys:
    """Smileys of a stop or of all: how many of each score, the worst first."""

    label: str
    scores: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.scores.values())

    @property
    def good_percent(self) -> int:
        """The share of the upper scores: four and five of five, two of two, three of three."""
        levels = max(self.scores)
        least = levels - 1 if levels > 3 else levels  # noqa: PLR2004 - of five the upper two
        good = sum(n for score, n in self.scores.items() if score >= least)
        return round(100 * good / self.total)


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What was answered to a survey question, those who did not answer last."""

    question: str
    answers: Sequence[Amount]

    @property
    def asked(self) -> float:
        """How many were asked."""
        return sum(row.band.count for row in self.answers)


def smileys(merged: ClosedPeriod) -> Smileys | None:
    """All of them together."""
    found = _by_stop(merged)
    scores: Counter[int] = Counter()
    for counted in found.values():
        scores.update(counted)
    return _smileys(merged, german.ALL, scores) if scores.total() else None


def smileys_of_stops(merged: ClosedPeriod) -> list[Smileys]:
    """Of each stop with enough of them."""
    rows = [
        _smileys(merged, merged.names.stops[stop].name, scores)
        for stop, scores in sorted(_by_stop(merged).items())
        if stop != OTHERS and stop in merged.names.stops
        if scores.total() >= LEAST_SMILEYS_OF_STOP
    ]
    return sorted(rows, key=lambda row: row.label.casefold())


def survey(merged: ClosedPeriod, periods: int) -> list[SurveyResult]:
    """Each survey question with its answers, most frequent first; those without one last."""
    found: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for (question, answer), n in merged.tables.get("survey", []):
        found[str(question)].append((str(answer), n))
    return [
        SurveyResult(
            merged.names.survey[question].label if question in merged.names.survey else question,
            [
                Amount(code, german.survey_label(question, code, merged.names), band_of(n, periods))
                for code, n in sorted(rows, key=lambda row: (row[0] == NOT_SAID, -row[1]))
            ],
        )
        for question, rows in found.items()
    ]


def _by_stop(merged: ClosedPeriod) -> Mapping[str, Counter[int]]:
    found: defaultdict[str, Counter[int]] = defaultdict(Counter)
    for (stop, score), n in merged.tables.get("feedback", []):
        found[str(stop)][int(str(score))] += n
    return found


def _smileys(merged: ClosedPeriod, label: str, scores: Mapping[int, int]) -> Smileys:
    levels = range(1, merged.names.score_levels + 1)
    return Smileys(label, {score: scores.get(score, 0) for score in levels})
