"""`script/norms`: measures every row of type A of the norms, and writes docs/norms.md.

`--only PART` measures one part anew; of the others the page then has what they found last, which
lies in var/norms; until all were measured in this copy the page stays. Each part says what it does
and how long it took.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from kiosk.touch.layout.theme import USUAL_MM_PER_PX
from tests.norms import facts, journeys, keys, times, voice
from tests.norms.named_tests import run_tests
from tests.norms.page import PAGE, page_of
from tests.norms.row import Row, Tallies, Tally, load_rows, row_passed
from tests.norms.screens import (
    FIRST,
    PANELS,
    measure_layouts,
    measure_pixels,
    measure_speech,
    measure_trembling,
)
from tests.settings.profiles.asking import profile_that_asks

Part = Callable[[Path, tuple[Row, ...]], Tallies]
RESULTS = Path("var/norms")
JOURNEYS = RESULTS / "journeys.md"
THREE_PANELS = ((1280, 800), (800, 480), (720, 1280))
SOME_PANELS = ((1280, 800), (800, 480))
"""A roomy one and a small one: where time is measured, only what is left out there differs."""


def _profiles(folder: Path) -> tuple[str, str]:
    return FIRST, str(profile_that_asks(folder))


def _facts(_folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return {fact.__name__: fact() for fact in (*facts.FACTS, *facts.TIMED)}


def _speech(folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return measure_speech(_profiles(folder), PANELS)


def _layouts(folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return measure_layouts(_profiles(folder), PANELS, folder, click.echo)


def _journeys(_folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    usual = journeys.costs(FIRST, [(1280, 800)])
    worst = journeys.costs(FIRST, [*USUAL_MM_PER_PX])
    JOURNEYS.write_text(journeys.table(usual, worst), encoding="utf-8")
    return {"journeys": journeys.unreached(worst, FIRST)}


def _times(_folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    warnings = times.idle_warnings(FIRST, SOME_PANELS)
    return {"idle_warnings": warnings, "final_answers": times.final_answers(FIRST, SOME_PANELS)}


def _keys(_folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return {
        "key_walk": keys.key_walk(FIRST, THREE_PANELS, click.echo),
        "trembling_hand": measure_trembling(click.echo),
    }


def _voice(folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return {"blindfold": voice.blindfold(folder, click.echo)}


def _pixels(folder: Path, _rows: tuple[Row, ...]) -> Tallies:
    return measure_pixels(folder, click.echo)


def _tests(folder: Path, rows: tuple[Row, ...]) -> Tallies:
    return run_tests(rows, folder)


PARTS: dict[str, Part] = {
    "facts": _facts,
    "speech": _speech,
    "layouts": _layouts,
    "journeys": _journeys,
    "times": _times,
    "keys": _keys,
    "voice": _voice,
    "pixels": _pixels,
    "tests": _tests,
}


@click.command()
@click.option("--only", type=click.Choice([*PARTS]), help="One part; the others as found last.")
def main(only: str | None) -> None:
    """Measure, print what failed, and write the page."""
    rows, tallies = load_rows(), Tallies()
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name, part in PARTS.items():
        if only in {None, name}:
            _measure(name, part, rows)
        file = RESULTS / f"{name}.json"
        if file.exists():
            found = json.loads(file.read_text(encoding="utf-8"))
            tallies |= {measure: Tally.of_data(data) for measure, data in found.items()}
    extras = JOURNEYS.read_text(encoding="utf-8") if JOURNEYS.exists() else ""
    for line in _failures(tallies):
        click.echo(line)
    if missing := [name for name in PARTS if not (RESULTS / f"{name}.json").exists()]:
        click.echo(f"{PAGE} stays as it is: never measured in this copy: {', '.join(missing)}")
        sys.exit(any(tally.faults for tally in tallies.values()))
    PAGE.write_text(page_of(rows, tallies, extras), encoding="utf-8")
    click.echo(f"{PAGE} is written")
    sys.exit(any(not row_passed(row, tallies) for row in rows if row.type == "A"))


def _measure(name: str, part: Part, rows: tuple[Row, ...]) -> None:
    """One part, and keep what it found."""
    click.echo(f"== {name} ==")
    began_s = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        tallies = part(Path(folder), rows)
    found = {measure: tally.as_data() for measure, tally in tallies.items()}
    (RESULTS / f"{name}.json").write_text(json.dumps(found), encoding="utf-8")
    click.echo(f"{name}: {time.monotonic() - began_s:.0f} s")


def _failures(tallies: Tallies) -> Iterator[str]:
    for name, tally in tallies.items():
        for place, faults in tally.faults.items():
            yield from (f"FAILED {name} {'/'.join(place)}: {fault}" for fault in faults)


if __name__ == "__main__":
    main()
