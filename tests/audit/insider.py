"""Attack of an insider who knows all others: what they learn of the one person left.

The insider knows all other people of the quarter with everything about them, the person's stop and
hour, and the package. For each topic and outcome that is possible they ask whether the published
numbers fit, and how well. Of a row `others` they know the count of each cell that was put together,
so which sums are possible.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import exp, log
from typing import NamedTuple, TypeVar

from tests.audit.package import Package, Row, summed
from tests.audit.places import finest, items_of, places_of, smiley_places, structure_of
from tests.audit.rounded_sum import RoundedSum
from tests.audit.truth import ITEMS, OUTCOMES, Person, Quarter, Smiley

T = TypeVar("T")
Number = tuple[str, Row]


class Count(NamedTuple):
    """A number in which a person is counted, and the cell that was rounded for it."""

    table: str
    row: Row
    cell: Row

    @property
    def number(self) -> Number:
        return self.table, self.row


@dataclass
class Guesses:
    """How often an insider was right, and how often sure."""

    targets: int = 0
    right: int = 0
    certain: int = 0

    @property
    def shares(self) -> tuple[float, float]:
        """Right and certain."""
        return self.right / self.targets, self.certain / self.targets

    def add(self, other: "Guesses") -> None:
        self.targets += other.targets
        self.right += other.right
        self.certain += other.certain


class Insider:
    """Knows the truth but for one person, whose places in the tables they try out."""

    def __init__(self, package: Package, truth: Quarter, *, exact: bool = False) -> None:
        self._exact, self._visits = exact, truth.visits
        self.structure = structure_of(package)
        self._finest = finest(self.structure, truth)
        self._published = _with_margins(package.tables)
        self._cells: defaultdict[Number, Counter[Row]] = defaultdict(Counter)
        for place in chain(
            *map(self.places, truth.people), *map(self.smiley_places, truth.smileys)
        ):
            self._cells[place.number][place.cell] += 1

    def places(self, person: Person) -> list[Count]:
        return _places(
            places_of(self.structure, person, self._visits),
            places_of(self._finest, person, self._visits),
        )

    def smiley_places(self, smiley: Smiley) -> list[Count]:
        return _places(smiley_places(self.structure, smiley), smiley_places(self._finest, smiley))

    def chances(
        self, actual: Iterable[Count], candidates: Sequence[Sequence[Count]], prior: Sequence[float]
    ) -> list[float]:
        """The probability of each candidate."""
        mine = {place.number: place.cell for place in actual}
        everywhere = {place for places in candidates for place in places}
        sums = {place.number: self._without(place.number, mine) for place in everywhere}
        absent = {number: each.fit() for number, each in sums.items()}
        bad = {number for number, fit in absent.items() if fit == 0}
        present = {place: sums[place.number].fit(place.cell) for place in everywhere}
        chances = []
        for places, before in zip(candidates, prior, strict=True):
            there = set(places)
            if not bad <= {p.number for p in there} or any(present[p] == 0 for p in there):
                chances.append(0.0)
                continue
            told = sum(
                log(present[p]) - (log(absent[p.number]) if p.number not in bad else 0)
                for p in there
            )
            chances.append(before * exp(told))
        total = sum(chances)
        return [chance / total for chance in chances] if total else list(prior)

    def _without(self, number: Number, mine: Mapping[Number, Row]) -> RoundedSum:
        cells = Counter(self._cells.get(number, {}))
        if number in mine:
            cells[mine[number]] -= 1
        published = self._published.get(number[0], {}).get(number[1], 0)
        return RoundedSum(published, cells, exact=self._exact)


MARGINS = (
    ("group", "demand", (1,)),
    ("outcome", "outcomes", (2,)),
    ("score", "feedback", (1,)),
    ("class", "times", (0, 1, 3)),
    ("kind", "times", (0, 1)),
    ("kind_group", "times", (0, 1, 2)),
    ("further_group", "further", (0,)),
    ("further_sum", "further", ()),
    ("asked", "survey", (0,)),
)
"""Sums that a table tells with its cells: name, table, and the columns that stay."""


def _with_margins(tables: Mapping[str, Mapping[Row, int]]) -> dict[str, dict[Row, int]]:
    """The tables, and the sums that they tell together."""
    found = {name: dict(rows) for name, rows in tables.items()}
    for margin, table, columns in MARGINS:
        found[margin] = summed(tables.get(table, {}).items(), *columns)
    return found


def _places(rows: Mapping[str, Sequence[Row]], cells: Mapping[str, Sequence[Row]]) -> list[Count]:
    places = [
        Count(table, row, cell)
        for table in rows
        for row, cell in zip(rows[table], cells[table], strict=True)
    ]
    for margin, table, columns in MARGINS:
        for row in rows.get(table, ()):
            code = tuple(row[column] for column in columns)
            places.append(Count(margin, code, code))
    return places


Option = tuple[str, str]
"""A topic and an outcome."""


def topic_and_outcome(
    insider: Insider, truth: Quarter, targets: Sequence[Person]
) -> dict[str, Guesses]:
    """What an insider learns of these people: their topic, their outcome, and both."""
    found = {"topic": Guesses(), "outcome": Guesses(), "both": Guesses()}
    before = prior(truth)
    for target in targets:
        chances = options(insider, truth, target, before)
        judge_topic_and_outcome(found, chances, target)
        judge(found["both"], chances, (target.topic, target.outcome))
    return found


def prior(truth: Quarter) -> dict[Option, float]:
    """How likely each topic and outcome are to an attacker who knows nothing of the person."""
    topics, total = Counter(person.topic for person in truth.people), len(truth.people)
    return {
        (topic, outcome): (topics[topic] + 0.1) / total * share / 100
        for topic in truth.groups
        for outcome, share in OUTCOMES.items()
    }


def options(
    insider: Insider, truth: Quarter, target: Person, before: Mapping[Option, float]
) -> dict[Option, float]:
    """How likely each topic and outcome are for the insider."""
    candidates = []
    for topic, group in truth.groups.items():
        places = _by_topic_and_outcome(insider.places(replace(target, topic=topic, group=group)))
        candidates += [_ended(places, outcome) for outcome in OUTCOMES]
    actual = _by_topic_and_outcome(insider.places(target))
    chances = insider.chances(actual, candidates, list(before.values()))
    return dict(zip(before, chances, strict=True))


def judge_topic_and_outcome(
    found: Mapping[str, Guesses], chances: Mapping[Option, float], target: Person
) -> None:
    """Judge each alone, whatever the other is."""
    by_topic: defaultdict[str, float] = defaultdict(float)
    by_outcome: defaultdict[str, float] = defaultdict(float)
    for (topic, outcome), chance in chances.items():
        by_topic[topic] += chance
        by_outcome[outcome] += chance
    judge(found["topic"], by_topic, target.topic)
    judge(found["outcome"], by_outcome, target.outcome)


def _by_topic_and_outcome(places: Iterable[Count]) -> list[Count]:
    """What hangs on topic and outcome; the insider has seen how long the person waited."""
    tables = {"demand", "topics", "outcomes", "group", "outcome"}
    return [
        place
        for place in places
        if place.table in tables
        or (place.table in {"times", "kind_group"} and place.row[0] == "waiting")
    ]


def _ended(places: Iterable[Count], outcome: str) -> list[Count]:
    """The places of the same person with another outcome."""
    return [
        place._replace(row=(*place.row[:-1], outcome), cell=(*place.cell[:-1], outcome))
        if place.table in {"outcomes", "outcome"}
        else place
        for place in places
    ]


def notes(insider: Insider, truth: Quarter, targets: Sequence[Person], item: str) -> Guesses:
    """What an insider learns of an answer that was noted at the end of a talk."""
    found, values = Guesses(), ITEMS[item]
    people = Counter(_noted(person, item) for person in truth.people)
    if item not in insider.structure.items:
        return Guesses(len(targets))
    candidates = [[Count("records", (item, value), (item, value))] for value in values]
    prior = [(people[value] + 0.1) / len(truth.people) for value in values]
    for target in targets:
        mine = _noted(target, item)
        chances = insider.chances(candidates[values.index(mine)], candidates, prior)
        judge(found, dict(zip(values, chances, strict=True)), mine)
    return found


def _noted(person: Person, item: str) -> str:
    return next(row[1] for row in items_of(person) if row[0] == item)


def kinds(insider: Insider, truth: Quarter, targets: Sequence[Person]) -> Guesses:
    """Whether a person had an appointment, for who knows all their times to the class."""
    found, options = Guesses(), ("appointment", "walk_in")
    people = Counter(person.kind for person in truth.people)
    prior = [people[kind] / len(truth.people) for kind in options]
    for target in targets:
        places = {
            kind: [
                place
                for place in insider.places(replace(target, kind=kind))
                if place.table in {"times", "class", "kind", "kind_group"}
                or (place.table == "records" and place.row[0] == "appointment")
            ]
            for kind in options
        }
        chances = insider.chances(places[target.kind], [places[kind] for kind in options], prior)
        judge(found, dict(zip(options, chances, strict=True)), target.kind)
    return found


def further(insider: Insider, truth: Quarter, targets: Sequence[Person]) -> Guesses:
    """What an insider learns of a person's last further topic, for who knows that there was one.

    They know with which topic each person came, and all further topics but this one.
    """
    found = Guesses()
    noted = Counter(topic for person in truth.people for topic in person.further)
    for target in targets:
        *known, mine = target.further
        own = (target.group, target.topic)
        others = ((group, topic) for topic, group in truth.groups.items())
        options = [row for row in others if row not in {own, *known}]
        prior = [noted[row] + 0.1 for row in options]
        candidates = [_further_places(insider, target, row) for row in options]
        actual = candidates[options.index(mine)]
        chances = insider.chances(actual, candidates, [n / sum(prior) for n in prior])
        judge(found, dict(zip(options, chances, strict=True)), mine)
    return found


def _further_places(insider: Insider, person: Person, row: tuple[str, str]) -> list[Count]:
    tables = {"further", "further_group", "further_sum"}
    places = insider.places(replace(person, further=(row,)))
    return [place for place in places if place.table in tables]


def judge(found: Guesses, chances: Mapping[T, float], actual: T) -> None:
    best, total = max(chances, key=lambda option: chances[option]), sum(chances.values())
    found.targets += 1
    found.right += best == actual
    found.certain += chances[best] > (1 - 1e-9) * total
