"""Clicks and keys of what a clerk does all day, and the time from Next to the page.

`script/bench --only presses` writes `docs/presses.md`. Durations are those of the last whole run.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import click

from kiosk.service.office import Office
from tests.browser import launched
from tests.console.box import running_box
from tests.console.conftest import staff_page
from tests.console.journeys import JOURNEYS, PLANNED, UNUSED_TAB, play, prepare
from tests.prepared import new_database
from tests.town import TownClock

PAGE = Path("docs/presses.md")
BENCHMARKS = Path("docs/benchmarks.md")
FROM_NEXT = re.compile(
    r"next until it stands on the clerk's page, 30 waiting: p50 ([\d.]+) ms.*"
    r"painted p50 ([\d.]+) ms.*the whole page p50 ([\d.]+) ms"
)
"""Of the part `calling`; the first line is that of a new device."""

HEAD = """# What a person costs a clerk

Written by `script/bench --only presses`, which plays each journey in a real Chromium, once by mouse
and once by keys, and counts what the page hears; `tests/console/test_journeys.py` fails if one of
them needs a press more. From a called person to the next it is two, never more. A list that drops
down counts as two clicks: open it, choose. Where keys are more than clicks, Tab leads through a
dialog.

Before is commit 275efc05, the page as it was before **Next** and **Transfer** were made anew,
played the same way on 2026-11-30. A dash: it could not be done there (a person could be sent on to
a topic only, a missed number only be called, and neither an appointment was made nor a list of
calls back kept), or it had no key. Before, Next over somebody who had not come counted them as
served: to say that they had not took a press of its own.

| from a person at the desk | clicks | keys | clicks before | keys before |
| --- | --- | --- | --- | --- |
"""

BEFORE = {
    "Begin the talk, next person, no outcome": (2, 2),
    "An outcome for the called person, then the next person": (2, 2),
    "Begin the talk, outcome, next person": (3, 3),
    "Not come: the next person": (2, 2),
    "Park, and call again": (2, None),
    "Undo": (1, 1),
    "Referral": (2, 2),
    "Call back promised": (1, 1),
}
"""Clicks and keys at commit 275efc05, where the journey could be made."""

TIMES = """
## From Next to the page

Before is the desk as it was first lived a whole day. Now are the medians of the last whole run of
`script/bench`, a new device with 30 waiting ([benchmarks.md](benchmarks.md) says on which machine,
and has the 99th percentiles, 1000 waiting and 200,000 past tickets).

| | before | now |
| --- | --- | --- |
| presses from a called person to the next | 2 | {plain} |
| until the number stands on the page | 75 to 105 ms | {there} ms |
| until it is painted | | {painted} ms |
| until the whole page has followed | | {whole} ms |
"""


def measure() -> None:
    """Play the journeys, and write the page."""
    found = FROM_NEXT.search(BENCHMARKS.read_text(encoding="utf-8"))
    if found is None:
        raise LookupError(f"no time from Next in {BENCHMARKS}: run script/bench first")
    there, painted, whole = found.groups()
    counts = dict(presses_of_journeys())
    rows = [row_of(name, *now) for name, now in counts.items()]
    plain = max(counts[JOURNEYS[0].name])
    told = TIMES.format(plain=plain, there=there, painted=painted, whole=whole)
    PAGE.write_text(HEAD + "".join(rows) + told, encoding="utf-8")
    click.echo(f"{PAGE} is written")


def row_of(name: str, clicks: int, keys: int) -> str:
    """What a journey costs, and what it cost before."""
    before = [str(presses or "-") for presses in BEFORE.get(name, (None, None))]
    return f"| {name} | {clicks} | {keys} | {' | '.join(before)} |\n"


def presses_of_journeys() -> Iterator[tuple[str, tuple[int, int]]]:
    """Each journey with its clicks and its keys, as they are played."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(new_database(Path(folder) / "kiosk.db")) as database,
        running_box(Office(database, PLANNED), TownClock(tick_s=0.02)) as box,
        launched() as browser,
    ):
        page = staff_page(browser.new_context(base_url=box.url, locale="de-DE"), box)
        page.goto(UNUSED_TAB)
        for journey in JOURNEYS:
            prepare(journey, box.office, box.clock)
            clicks = play(page, journey, "clicks")
            prepare(journey, box.office, box.clock)
            keys = play(page, journey, "keys")
            click.echo(f"{journey.name}: {clicks} clicks, {keys} keys")
            yield journey.name, (clicks, keys)
