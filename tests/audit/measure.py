"""Measurements of the audit: each attack and the accuracy, over so many draws."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from statistics import fmean

from tests.audit import insider, released, smiley_insider
from tests.audit.insider import Guesses, Insider
from tests.audit.package import OTHERS, summed
from tests.audit.places import structure_of, true_tables
from tests.audit.ranks import rank_correlation
from tests.audit.truth import Quarter

BASE = 5


@dataclass
class Widths:
    """What the attack by bounds finds."""

    cells: int = 0
    exact: int = 0
    narrow: int = 0
    least: int = 10**6
    outside: int = 0

    def add(self, width: int, *, inside: bool) -> None:
        self.cells += 1
        self.exact += width == 1
        self.narrow += width < BASE
        self.least = min(self.least, width)
        self.outside += not inside

    def join(self, other: "Widths") -> None:
        self.cells += other.cells
        self.exact += other.exact
        self.narrow += other.narrow
        self.least = min(self.least, other.least)
        self.outside += other.outside


def bounds(truth: Quarter, key: bytes, *, watching: bool, most: int | None = None) -> Widths:
    """The attack on one package, or on so many of its cells."""
    package = released.release(truth, key)
    found = (released.watcher if watching else released.outsider)(package, truth)
    names = released.cells(found)
    if most is not None and len(names) > most:
        names = Random(0).sample(names, most)
    true, widths = true_tables(structure_of(package), truth), Widths()
    for (table, row), told in found.bounds(names).items():
        count = true.get(table, {}).get(row, 0)
        widths.add(told.width, inside=told.least <= count <= told.most)
    return widths


@dataclass
class Accuracy:
    """How far the published numbers are from the truth."""

    total: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)
    ranks: list[float] = field(default_factory=list)
    bias: dict[str, list[float]] = field(default_factory=dict)


def accuracy(truth: Quarter, draws: int) -> Accuracy:
    """Over so many draws of one quarter; the bias of each cell that is told in all of them."""
    stops = Counter(person.stop for person in truth.people)
    topics = Counter(person.topic for person in truth.people)
    found, drawn = Accuracy(), dict[tuple[str, tuple[str, ...]], list[int]]()
    for number in range(draws):
        package = released.release(truth, f"draw {number}".encode())
        by_stop = summed(package.tables["visits"].items(), 1)
        told = {row[1]: n for row, n in package.tables["topics"].items() if row[1] != OTHERS}
        found.total.append(sum(by_stop.values()) - len(truth.people))
        found.stops += [abs(by_stop[stop,] - n) for stop, n in stops.items()]
        found.topics += [abs(n - topics[topic]) for topic, n in told.items()]
        found.ranks.append(rank_correlation([*stops.values()], [by_stop[stop,] for stop in stops]))
        true = true_tables(structure_of(package), truth)
        for table in ("visits", "demand", "outcomes", "hours", "times", "records"):
            for row in true.get(table, {}):
                if OTHERS not in row:
                    off = package.tables[table].get(row, 0) - true[table][row]
                    drawn.setdefault((table, row), []).append(off)
    for (table, _), offs in drawn.items():
        if len(offs) == draws:
            found.bias.setdefault(table, []).append(fmean(offs))
    return found


def guesses(truth: Quarter, key: bytes, targets: int = 40) -> dict[str, Guesses]:
    """What an insider learns of so many people and smileys of one package."""
    random, known = Random(key), Insider(released.release(truth, key), truth)
    people = random.sample(truth.people, min(targets, len(truth.people)))
    pressed = random.sample(truth.smileys, min(targets, len(truth.smileys)))
    found = insider.topic_and_outcome(known, truth, people)
    found["smiley"] = smiley_insider.smileys(known, truth, pressed)
    if asked := [smiley for smiley in truth.smileys if smiley.asked]:  # not in played quarters
        chosen = random.sample(asked, min(targets, len(asked)))
        found["survey answer"] = smiley_insider.answers(known, truth, chosen)
    found["advice"] = insider.notes(known, truth, people, "advice")
    found["appointment"] = insider.kinds(known, truth, people)
    several = [person for person in truth.people if person.further]
    if several:  # played quarters have none
        chosen_people = random.sample(several, min(targets, len(several)))
        found["further topic"] = insider.further(known, truth, chosen_people)
    return found
