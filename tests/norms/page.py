"""docs/norms.md: the score and the rows, written from what was measured and from nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from tests.norms.row import EVERYWHERE, GLASS, Row, Tallies, Tally, evidence, row_passed

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "norms.md"
MOST_FAULTS = 3
"""So many are named for each row that failed; all of them are printed."""

HEAD = """# What the norms ask of the glass, and what was measured

Written by `script/norms`, which measures every row of type A: on every screen of the samples, in
every language, on every panel and in both themes, by keys and captured speech, by rendered pixels
(on a roomy, a low and an upright panel), and by the tests that are named. A whole run takes about
half an hour on two cores, most of it pixels and speech; `--only PART` renews one part. Nothing here
is written by hand; `tests/norms/test_norms.py` holds page and table of rows together. EN 301 549
V3.2.1 and, where it says so, V4.1; the limits stand in `tests/norms/rows/`. Not certified by
anybody: built and tested against EN 301 549.
"""

PEOPLE = """
## Rows for people

A program cannot tell these. They stand open until somebody has done them and signed.

| clause | asked | to be measured | by whom | signed |
| --- | --- | --- | --- | --- |
"""


def page_of(rows: tuple[Row, ...], tallies: Tallies, extras: str = "") -> str:
    """The whole page. `extras` are sections of their own, between the score and the rows."""
    machine = [row for row in rows if row.type == "A"]
    passed = sum(row_passed(row, tallies) is True for row in machine)
    share = 100 * passed // len(machine)
    parts = [
        HEAD,
        f"\n**{passed} of {len(machine)} rows of type A passed: {share} %.** The goal is 100 %.\n",
        *_scores("language", 1, machine, tallies),
        *_scores("screen", 0, machine, tallies),
        extras,
        *_measured(machine, tallies),
        PEOPLE,
        *(_for_people(row) for row in rows if row.type != "A"),
    ]
    return "".join(parts)


def _scores(what: str, side: int, rows: list[Row], tallies: Tallies) -> Iterator[str]:
    """The share of rows passed in each language, or on each screen, of those that look there."""
    names = {place[side] for tally in tallies.values() for place in tally.checked} - {""}
    yield f"\n## By {what}\n\n| {what} | rows that look there | passed | share | failed |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for name in sorted(names, key=lambda each: (each != GLASS, each)):
        place = (name, "") if side == 0 else ("", name)
        found = {row: row_passed(row, tallies, place) for row in rows}
        looked = {row: result for row, result in found.items() if result is not None}
        failed = [row.clause for row, result in looked.items() if not result]
        good = len(looked) - len(failed)
        cells = (_name(name, side), len(looked), good, f"{100 * good // len(looked)} %")
        yield f"| {' | '.join(map(str, cells))} | {'; '.join(failed) or '-'} |\n"


def _name(name: str, side: int) -> str:
    return f"{Texts.load().name(LanguageCode(name))} (`{name}`)" if side else f"`{name}`"


def _measured(rows: list[Row], tallies: Tallies) -> Iterator[str]:
    yield "\n## Rows of type A\n\n| clause | asked | limit | measured | result |\n"
    yield "| --- | --- | --- | --- | --- |\n"
    for row in rows:
        result = _result(row, tallies)
        by = ", ".join(
            _by(name, tallies.get(name, Tally())) for name in (*row.measures, *row.tests)
        )
        yield f"{asked(row)} {by} | {result} |\n"


def asked(row: Row) -> str:
    """The first cells of its line."""
    should = " (should)" if row.strength == "should" else ""
    return f"| {row.clause} | {row.asks}{should} | {row.limit} |"


def _by(name: str, tally: Tally) -> str:
    """A measure with how often it looked, a test by its name."""
    if "::" in name:
        return f"`{name}`"
    return f"{name.replace('_', ' ')} ({sum(tally.checked.values())})"


def _result(row: Row, tallies: Tallies) -> str:
    if row_passed(row, tallies):
        return "passed"
    found = [*evidence(row, tallies)]
    if not found or not all(tally.checked for tally in found):
        return "**not measured**"
    faults = [_fault(place, text) for tally in found for place, text in _faults(tally)]
    more = f" and {len(faults) - MOST_FAULTS} more" if len(faults) > MOST_FAULTS else ""
    return f"**failed**: {'; '.join(faults[:MOST_FAULTS])}{more}"


def _faults(tally: Tally) -> Iterator[tuple[tuple[str, str], str]]:
    for place, texts in tally.faults.items():
        yield from ((place, text) for text in texts)


def _fault(place: tuple[str, str], text: str) -> str:
    where = "" if place == EVERYWHERE else f"{'/'.join(filter(None, place))}: "
    return (where + text).replace("|", "\\|").replace("\n", " ")


def _for_people(row: Row) -> str:
    return f"{asked(row)} {row.who} | no |\n"
