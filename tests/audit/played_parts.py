"""Parts of the audit's page: quarters that the product's own simulation plays."""

from collections.abc import Iterator
from functools import cache
from statistics import fmean

from kiosk.settings import profiles
from tests.audit import measure
from tests.audit.insider import Guesses
from tests.audit.markdown import head, met, row
from tests.audit.measure import Widths
from tests.audit.played import played_quarter
from tests.audit.truth import Quarter

OF = ("topic", "outcome", "both", "smiley")
SEEDS = range(1, 13)
BOUNDED_QUARTERS = 5


@cache
def _quarter(profile: str, seed: int) -> Quarter:
    return played_quarter(profile, seed=seed)


def played(quick: bool) -> Iterator[str]:  # noqa: FBT001 - one switch of the whole run
    seeds, draws, most = (SEEDS[:1], 1, 20) if quick else (SEEDS, 5, 60)
    yield "## Quarters of the product's own simulation\n"
    yield f"Each shipped profile plays {len(seeds)} quarters of 60 visits at all its stops in turn,"
    yield f"every tenth person with an appointment. Bounds of {most} numbers of each of the first"
    yield f"{BOUNDED_QUARTERS} for the watcher; insiders over {draws} draws of each quarter: right"
    yield "/ certain, the mean of all. *Worst*: the most certainty about topic, outcome or smiley"
    yield "in one quarter.\n"
    columns = ("profile", "stops", "people", "cells", "exact", "fewest values")
    yield from head(*columns, *OF, "appointment", "worst", "met")
    for name in profiles.available_profiles():
        yield _played_row(name, seeds, draws, most)
    yield "\nThe mark is for what many quarters have in common. A single package is luck: where"
    yield "a number lies one above a multiple of five and went up, the insider is sure of everybody"
    yield "in it, and of half the people if it is the outcome that is most frequent."


def _played_row(name: str, seeds: range, draws: int, most: int) -> str:
    widths, total, worst = Widths(), dict[str, Guesses](), 0.0
    people = []
    for seed in seeds:
        truth, one = _quarter(name, seed), dict[str, Guesses]()
        people.append(len(truth.people))
        if seed <= BOUNDED_QUARTERS:
            widths.join(measure.bounds(truth, f"{name} {seed}".encode(), watching=True, most=most))
        for number in range(draws):
            key = f"{name} {seed} {number}".encode()  # each box has its own
            for what, found in measure.guesses(truth, key).items():
                one.setdefault(what, Guesses()).add(found)
                total.setdefault(what, Guesses()).add(found)
        worst = max(worst, *(one[what].shares[1] for what in ("topic", "outcome", "smiley")))
    shares = [total[what].shares for what in (*OF, "appointment")]
    good = not (widths.exact or widths.narrow or widths.outside)
    good = good and all(right <= 0.70 and certain <= 0.10 for right, certain in shares[:-1])
    told = [f"{right:.2f} / {certain:.3f}" for right, certain in shares]
    size = (len(truth.stops), round(fmean(people)))
    bounds = (widths.cells, widths.exact, widths.least)
    return row(name, *size, *bounds, *told, f"{worst:.2f}", met(good))


def played_accuracy(quick: bool) -> Iterator[str]:  # noqa: FBT001
    draws = 2 if quick else 15
    yield "## Accuracy of those quarters\n"
    yield f"{draws} draws of the first quarter of each profile; the marks are those of below.\n"
    yield from head(
        *("profile", "total off, most", "stop error", "topic error"),
        *("rank of the stops, mean", "bias, worst table", "met"),
    )
    for name in profiles.available_profiles():
        truth = _quarter(name, SEEDS[0])
        found = measure.accuracy(truth, draws)
        total = max(map(abs, found.total)) / len(truth.people)
        stop, topic, rank = fmean(found.stops), fmean(found.topics or [0]), fmean(found.ranks)
        bias = max(abs(fmean(table)) for table in found.bias.values())
        good = total <= 0.005 and stop <= 2.5 and topic <= 2.5 and rank >= 0.97 and bias <= 0.5
        shown = (f"{total:.2%}", f"{stop:.2f}", f"{topic:.2f}", f"{rank:.3f}", f"{bias:.2f}")
        yield row(name, *shown, met(good))
