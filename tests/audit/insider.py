"""Attack of an insider who knows everybody else: what they learn of the one person left.

The insider knows all other people of the quarter with everything about them, the person's stop and
hour, and the package. For each topic and outcome that is possible they ask whether the published
numbers fit, and how well: up with the probability of the remainder, down otherwise.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import TypeVar

from tests.audit.package import OTHERS, Package, Row, summed
from tests.audit.places import items_of, places_of, smiley_places, structure_of, true_tables
from tests.audit.truth import ITEMS, OUTCOMES, Person, Quarter, Smiley

BASE = 5
T = TypeVar("T")
Place = tuple[str, Row]


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


def _fit(count: int, published: int, *, together: bool) -> float:
    """How likely a number is published for a true one; 0 where the rules forbid it."""
    if count == 0 or published % BASE:
        return float(published == count)
    if together:
        return 1.0
    rest = count % BASE
    if published == count - rest:
        return 1 - rest / BASE
    return rest / BASE if published == count - rest + BASE else 0.0


class Insider:
    """Knows the truth but for one person, whose places in the tables they try out."""

    def __init__(self, package: Package, truth: Quarter, *, exact: bool = False) -> None:
        self._exact = exact
        self.structure = structure_of(package)
        self.true = _with_margins(true_tables(self.structure, truth))
        self._published = _with_margins(package.tables)

    def chances(
        self, actual: Iterable[Place], candidates: Sequence[Sequence[Place]], prior: Sequence[float]
    ) -> list[float]:
        """The probability of each candidate."""
        without = Counter(actual)
        everywhere = {place for places in candidates for place in places}
        bad, fits = set(), {}
        for place in everywhere:
            others = self._count(place) - without[place]
            published = self._published.get(place[0], {}).get(place[1], 0)
            together = OTHERS in place[1]
            if self._exact:
                absent, present = float(published == others), float(published == others + 1)
            else:
                absent = _fit(others, published, together=together)
                present = _fit(others + 1, published, together=together)
            fits[place] = (absent, present)
            if absent == 0:
                bad.add(place)
        chances = []
        for places, before in zip(candidates, prior, strict=True):
            mine = set(places)
            if not bad <= mine or any(fits[place][1] == 0 for place in mine):
                chances.append(0.0)
                continue
            told = sum(log(fits[p][1]) - (log(fits[p][0]) if p not in bad else 0) for p in mine)
            chances.append(before * exp(told))
        total = sum(chances)
        return [chance / total for chance in chances] if total else list(prior)

    def _count(self, place: Place) -> int:
        return self.true.get(place[0], {}).get(place[1], 0)


MARGINS = (
    ("group", "demand", (1,)),
    ("outcome", "outcomes", (2,)),
    ("score", "feedback", (1,)),
    ("class", "times", (0, 1, 3)),
)
"""Sums that a table tells with its cells: name, table, and the columns that stay."""


def _with_margins(tables: Mapping[str, Mapping[Row, int]]) -> dict[str, dict[Row, int]]:
    """The tables, and the sums that they tell together."""
    found = {name: dict(rows) for name, rows in tables.items()}
    for margin, table, columns in MARGINS:
        found[margin] = summed(tables.get(table, {}).items(), *columns)
    return found


def _places(tables: Mapping[str, Sequence[Row]]) -> list[Place]:
    places = [(table, row) for table, rows in tables.items() for row in rows]
    for margin, table, columns in MARGINS:
        rows = tables.get(table, ())
        places += [(margin, tuple(row[column] for column in columns)) for row in rows]
    return places


def topic_and_outcome(
    package: Package, truth: Quarter, targets: Sequence[Person], *, exact: bool = False
) -> dict[str, Guesses]:
    """What an insider learns of these people: their topic, their outcome, and both."""
    insider = Insider(package, truth, exact=exact)
    structure = insider.structure
    found = {"topic": Guesses(), "outcome": Guesses(), "both": Guesses()}
    topics = Counter(person.topic for person in truth.people)
    total = len(truth.people)
    for target in targets:
        options = [(topic, outcome) for topic in truth.groups for outcome in OUTCOMES]
        candidates = []
        for topic, outcome in options:
            came = replace(target, topic=topic, group=truth.groups[topic], outcome=outcome)
            candidates.append(_told(places_of(structure, came, truth.visits)))
        prior = [(topics[t] + 0.1) / total * OUTCOMES[o] / 100 for t, o in options]
        actual = _told(places_of(structure, target, truth.visits))
        chances = insider.chances(actual, candidates, prior)
        by_topic: defaultdict[str, float] = defaultdict(float)
        by_outcome: defaultdict[str, float] = defaultdict(float)
        for (topic, outcome), chance in zip(options, chances, strict=True):
            by_topic[topic] += chance
            by_outcome[outcome] += chance
        _judge(found["topic"], by_topic, target.topic)
        _judge(found["outcome"], by_outcome, target.outcome)
        both = dict(zip(options, chances, strict=True))
        _judge(found["both"], both, (target.topic, target.outcome))
    return found


def _told(tables: Mapping[str, Sequence[Row]]) -> list[Place]:
    """What hangs on topic and outcome; the insider has seen how long the person waited."""
    wanted = {name: tables[name] for name in ("demand", "topics", "outcomes")}
    wanted["times"] = [row for row in tables["times"] if row[0] == "waiting"]
    return _places(wanted)


def notes(package: Package, truth: Quarter, targets: Sequence[Person], item: str) -> Guesses:
    """What an insider learns of an answer that was noted at the end of a talk."""
    insider = Insider(package, truth)
    found, values = Guesses(), ITEMS[item]
    people = Counter(_noted(person, item) for person in truth.people)
    if item not in insider.structure.items:
        return Guesses(len(targets))
    for target in targets:
        candidates = [[("records", (item, value))] for value in values]
        prior = [(people[value] + 0.1) / len(truth.people) for value in values]
        mine = _noted(target, item)
        chances = insider.chances([("records", (item, mine))], candidates, prior)
        _judge(found, dict(zip(values, chances, strict=True)), mine)
    return found


def _noted(person: Person, item: str) -> str:
    return next(row[1] for row in items_of(person) if row[0] == item)


def kinds(package: Package, truth: Quarter, targets: Sequence[Person]) -> Guesses:
    """Whether somebody had an appointment, for who knows all their times to the class."""
    insider = Insider(package, truth)
    structure, found, options = insider.structure, Guesses(), ("appointment", "walk_in")
    people = Counter(person.kind for person in truth.people)
    for target in targets:
        places = {}
        for kind in options:
            tables = places_of(structure, replace(target, kind=kind), truth.visits)
            places[kind] = _places({name: tables[name] for name in ("times", "times_hours")})
            places[kind] += [
                ("records", row) for row in tables["records"] if row[0] == "appointment"
            ]
        prior = [people[kind] / len(truth.people) for kind in options]
        chances = insider.chances(places[target.kind], [places[kind] for kind in options], prior)
        _judge(found, dict(zip(options, chances, strict=True)), target.kind)
    return found


def smileys(package: Package, truth: Quarter, targets: Sequence[Smiley]) -> Guesses:
    """What an insider learns of a smiley."""
    insider = Insider(package, truth)
    found = Guesses()
    for target in targets:
        candidates = [
            _places(smiley_places(insider.structure, replace(target, score=score)))
            for score in truth.scores
        ]
        total = sum(truth.scores.values())
        prior = [chance / total for chance in truth.scores.values()]
        actual = _places(smiley_places(insider.structure, target))
        chances = insider.chances(actual, candidates, prior)
        _judge(found, dict(zip(truth.scores, chances, strict=True)), target.score)
    return found


def _judge(found: Guesses, chances: Mapping[T, float], actual: T) -> None:
    best = max(chances, key=lambda option: chances[option])
    found.targets += 1
    found.right += best == actual
    found.certain += chances[best] > 1 - 1e-9
