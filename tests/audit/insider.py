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

from tests.audit.package import OTHERS, Package, Row
from tests.audit.places import places_of, smiley_places, structure_of, true_tables
from tests.audit.truth import OUTCOMES, SCORES, Person, Quarter, Smiley

BASE = 5
T = TypeVar("T")
Place = tuple[str, Row]


@dataclass
class Guesses:
    """How often an insider was right, and how often sure."""

    targets: int = 0
    right: int = 0
    certain: int = 0

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


def _with_margins(tables: Mapping[str, Mapping[Row, int]]) -> dict[str, dict[Row, int]]:
    """The tables, and the sums that they tell together."""
    found = {name: dict(rows) for name, rows in tables.items()}
    for margin, table, column in (
        ("group", "demand", 1),
        ("outcome", "outcomes", 2),
        ("score", "feedback", 1),
    ):
        sums: defaultdict[Row, int] = defaultdict(int)
        for row, n in tables.get(table, {}).items():
            sums[row[column : column + 1]] += n
        found[margin] = dict(sums)
    return found


def _places(tables: Mapping[str, Sequence[Row]]) -> list[Place]:
    places = [(table, row) for table, rows in tables.items() for row in rows]
    for margin, table, column in (
        ("group", "demand", 1),
        ("outcome", "outcomes", 2),
        ("score", "feedback", 1),
    ):
        places += [(margin, row[column : column + 1]) for row in tables.get(table, ())]
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
    """Stop, hour and what does not hang on topic and outcome are known anyway."""
    wanted = {name: tables[name] for name in ("demand", "topics", "outcomes")}
    return _places(wanted)


def smileys(package: Package, truth: Quarter, targets: Sequence[Smiley]) -> Guesses:
    """What an insider learns of a smiley."""
    insider = Insider(package, truth)
    found = Guesses()
    for target in targets:
        candidates = [
            _places(smiley_places(insider.structure, replace(target, score=score)))
            for score in SCORES
        ]
        prior = [SCORES[score] / 100 for score in SCORES]
        actual = _places(smiley_places(insider.structure, target))
        chances = insider.chances(actual, candidates, prior)
        _judge(found, dict(zip(SCORES, chances, strict=True)), target.score)
    return found


def _judge(found: Guesses, chances: Mapping[T, float], actual: T) -> None:
    best = max(chances, key=lambda option: chances[option])
    found.targets += 1
    found.right += best == actual
    found.certain += chances[best] > 1 - 1e-9
