"""Attacks on several packages of one box: what a later one tells beyond those before.

An attacker with two packages of which one holds the people of the other takes the difference, and
knows those who came between. One who knows that a person came in two periods tries out both.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from random import Random

from tests.audit import insider, released
from tests.audit.insider import Guesses, Insider, Option
from tests.audit.package import OTHERS, Package, Row
from tests.audit.places import structure_of, true_tables
from tests.audit.truth import Person, Quarter

BASE = 5
Export = Mapping[str, Package]
"""The packages that an attacker has at one time, by period."""


def differences(exports: Sequence[Export]) -> Iterator[dict[Row, int]]:
    """What each pair of exports tells of those who came between, for each table of a package."""
    for before, after in combinations(exports, 2):
        for period in before.keys() & after.keys():
            for table, rows in after[period].tables.items():
                old = before[period].tables[table]
                codes = rows.keys() | old.keys()
                if changed := {
                    row: rows.get(row, 0) - old.get(row, 0)
                    for row in codes
                    if rows.get(row, 0) != old.get(row, 0)
                }:
                    yield changed


def cumulative(truth: Quarter, every_days: int = 5) -> tuple[list[Export], list[dict[Row, int]]]:
    """A scheme that does not protect: topics of a running period, those below five left out.

    With it, who came between two exports.
    """
    exports: list[Export] = []
    came: list[dict[Row, int]] = []
    for day in range(every_days, len(truth.visits) + 1, every_days):
        topics = Counter[Row]((p.group, p.topic) for p in truth.people if p.day < day)
        shown = {row: n for row, n in topics.items() if n >= BASE}
        exports.append({"2026-Q4": Package({"topics": shown})})
        new = (p for p in truth.people if day - every_days <= p.day < day)
        came.append(dict(Counter[Row]((p.group, p.topic) for p in new)))
    return exports, came[1:]


def computed_share(exports: Sequence[Export], came: Sequence[Mapping[Row, int]]) -> float:
    """How many numbers of those who came between two exports their difference tells exactly."""
    right = cells = 0
    for pair, new in zip(pairwise(exports), came, strict=True):
        told: dict[Row, int] = {}
        for changed in differences(pair):
            told |= changed
        cells += len(new)
        right += sum(told.get(row) == n for row, n in new.items())
    return right / cells


def same_person(
    insiders: Sequence[Insider], quarters: Sequence[Quarter], targets: int, random: Random
) -> dict[str, Guesses]:
    """Topic and outcome of people who came in each of these quarters, each time for the same."""
    found = {"topic": Guesses(), "outcome": Guesses()}
    alike = [_by_option(truth) for truth in quarters]
    everywhere = [p for p in quarters[0].people if all(each[option_of(p)] for each in alike)]
    for first in random.sample(everywhere, min(targets, len(everywhere))):
        chances = insider.prior(quarters[0])
        for known, truth, each in zip(insiders, quarters, alike, strict=True):
            person = random.choice(each[option_of(first)])
            before = insider.prior(truth)
            told = insider.options(known, truth, person, before)
            chances = {o: chance * told[o] / before[o] for o, chance in chances.items()}
        insider.judge_topic_and_outcome(found, chances, first)
    return found


def _by_option(truth: Quarter) -> defaultdict[Option, list[Person]]:
    found: defaultdict[Option, list[Person]] = defaultdict(list)
    for person in truth.people:
        found[option_of(person)].append(person)
    return found


def option_of(person: Person) -> Option:
    return person.topic, person.outcome


def drawn_twice(
    truths: tuple[Quarter, Quarter], keys: tuple[bytes, bytes], tables: Sequence[str]
) -> tuple[int, int]:
    """Numbers that are alike in two truths; and how many of them two packages tell otherwise."""
    alike = otherwise = 0
    packages = [released.release(*each) for each in zip(truths, keys, strict=True)]
    true = [true_tables(structure_of(packages[0]), each) for each in truths]
    for table in tables:
        for row, n in true[0].get(table, {}).items():
            if OTHERS in row or n != true[1].get(table, {}).get(row, 0):
                continue
            told = [package.tables[table].get(row, 0) for package in packages]
            alike += 1
            otherwise += told[0] != told[1]
    return alike, otherwise
