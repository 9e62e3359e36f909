"""Parts of the audit's page: attacks on several packages of one box."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from math import comb
from pathlib import Path
from random import Random

from tests.audit import backup_owner, periods, released
from tests.audit.insider import Guesses, Insider
from tests.audit.lived_box import LivedBox, end_early, end_the_year, live_until_november
from tests.audit.markdown import head, met, row
from tests.audit.played import MEMORY
from tests.audit.truth import quarter

SEED = 20261122
SIZES = (2, 5, 10, 30)
TABLES = ("visits", "demand", "topics", "hours", "languages")


def exports(quick: bool) -> Iterator[str]:  # noqa: FBT001 - one switch of the whole run
    years = 1 if quick else 10
    yield "## Several packages: differences\n"
    yield "A real file lives through a year: a quarter too small joins the next, a visit is counted"
    yield "after its quarter was closed, the running quarter is ended early and the stop visited"
    yield "again that day, the box starts anew before each step, a backup is put back and closes"
    yield "the same. Each pair of exports, those of the copy too, is compared as whoever has both"
    yield "would: what they tell of one period differs by those who came between. Mark: nothing"
    yield "differs, and each visit with its people and smileys stands in one package.\n"
    yield from head("years", "pairs of exports", "numbers that differ", "visits", "astray", "met")
    pairs = changed = visits = astray = 0
    for number in range(years):
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
            boxes = _two_lives(Path(folder), number)
            taken = [export for box in boxes for export in box.exports]
            pairs += comb(len(taken), 2)
            changed += sum(len(found) for found in periods.differences(taken))
            visits += sum(len(days) for box in boxes for days in box.came.values())
            astray += sum(1 for box in boxes for _ in box.astray())
    yield row(years, pairs, changed, visits, astray, met(not changed and not astray))
    yield "\nNegative control: topics of the running quarter, exported each week, those below five"
    yield "left out. The difference of two exports tells who came between; the more people, the"
    yield "less is left out.\n"
    yield from head("people a day", "numbers of a week computed", "at least 30 %")
    for size in SIZES:
        share = periods.computed_share(*periods.cumulative(quarter(size, SEED)))
        yield row(size, f"{share:.0%}", met(share >= 0.3) if size == SIZES[-1] else "no mark")


def _two_lives(folder: Path, seed: int) -> list[LivedBox]:
    box = LivedBox(folder / "kiosk.db")
    live_until_november(box, Random(seed))
    copy = box.put_back(folder / "restored.db")
    for each in (box, copy):
        end_early(each, Random(seed))
    end_the_year(box, Random(seed))
    return [box, copy]


def same_person(quick: bool) -> Iterator[str]:  # noqa: FBT001
    pairs, targets = (1, 10) if quick else (6, 30)
    yield "## Several packages: the same person twice\n"
    yield "The insider knows everybody else, and that this person came in both quarters for the"
    yield f"same, with the same outcome. {pairs} pairs of quarters. No mark of its own: two"
    yield "quarters tell of such a person what each tells.\n"
    yield from head("people a day", "of what", "persons", "certain after one", "certain after two")
    for size in SIZES:
        one, two = dict[str, Guesses](), dict[str, Guesses]()
        for number in range(pairs):
            truths = [quarter(size, SEED + 2 * number + part) for part in range(2)]
            known = [
                Insider(released.release(truth, f"pair {number} {part}".encode()), truth)
                for part, truth in enumerate(truths)
            ]
            for total, many in ((one, 1), (two, 2)):
                random = Random(number)
                told = periods.same_person(known[:many], truths[:many], targets, random)
                for what, found in told.items():
                    total.setdefault(what, Guesses()).add(found)
        for what in one:
            certain = (f"{each[what].shares[1]:.3f}" for each in (one, two))
            yield row(size, what, two[what].targets, *certain)


def continued_differently(quick: bool) -> Iterator[str]:  # noqa: FBT001
    draws = 1 if quick else 10
    yield "## Several packages: a backup put back that went on otherwise\n"
    yield "A backup is put back, and then other people come than those who came before: the last"
    yield "three visits are missing. The box closes the same period a second time. The city sees"
    yield "two packages of one number (`kiosk counts verify DIR...`); whoever has both has two"
    yield "draws of the same numbers. With a backup from the last month of the period both have one"
    yield "key, so most are equal; an older one has salts of its own afterwards. No mark.\n"
    yield from head(
        *("people a day", "numbers alike in truth"),
        *("of them published otherwise", "with an older backup"),
    )
    for size in SIZES:
        alike = otherwise = older = 0
        for number in range(draws):
            truth, key = quarter(size, SEED + number), f"otherwise {number}".encode()
            last = len(truth.visits) - 3
            fewer = replace(truth, people=tuple(p for p in truth.people if p.day < last))
            truths = (truth, fewer)
            same, changed = periods.drawn_twice(truths, (key, key), TABLES)
            _, of_older = periods.drawn_twice(truths, (key, key + b" older"), TABLES)
            alike, otherwise, older = alike + same, otherwise + changed, older + of_older
        yield row(size, alike, f"{otherwise / alike:.1%}", f"{older / alike:.1%}")


def old_backups(quick: bool) -> Iterator[str]:  # noqa: FBT001
    boxes = 2 if quick else 20
    yield "## Old backups: who has one and its key\n"
    yield f"{boxes} boxes count and close a quarter; each month a backup is made. Whoever opens it"
    yield "tries every key that it holds on the true counts of the quarter. Mark: no backup tells"
    yield "the draw, but one of the last month, which has most exact counts of it anyway.\n"
    yield from head("backup", "draw known", "met")
    known: dict[str, int] = {}
    for number in range(boxes):
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder:
            for name, told in backup_owner.draws_known(Path(folder), Random(number)).items():
                known[name] = known.get(name, 0) + told
    for name, times in known.items():
        good = "no mark" if name == backup_owner.LAST else met(not times)
        yield row(name, f"{times} of {boxes}", good)
    yield "\nWhere each key follows from the one before, as it once was, every older backup tells"
    yield "it (`tests/audit/test_backup_owner.py`)."
