"""Fingers on the buttons of the box, and what came of them.

`press PIN HELD_S` presses once, `measure PIN LAMP TIMES` presses often and tells in seconds how
long after the first edge the smiley was stored and the lamp was lit.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from kiosk.domain.misuse import AT_BUTTONS, PAUSE_S
from tests.machine.inside.journal import DATABASE
from tests.machine.inside.pins import level, pull

if TYPE_CHECKING:
    from collections.abc import Callable

BOUNCES = 5
HELD_S = 0.1
REST_S = 1.6
"""Longer than the panel lets a group of buttons rest."""
IN_A_ROW = AT_BUTTONS.most
BETWEEN_S = PAUSE_S + 0.5
"""More in a row, without this pause, count as drumming and are set aside."""
PATIENCE_S = 20.0
LOOK_AGAIN_S = 0.002
"""One processor serves panel and fingers: looking without a pause would slow what is measured."""


def press(pin: int, held_s: float) -> None:
    """Close and open the contact as worn ones do."""
    close(pin)
    time.sleep(held_s)
    let_go(pin)


def close(pin: int) -> None:
    for _ in range(BOUNCES):
        pull(pin, up=False)
        pull(pin, up=True)
    pull(pin, up=False)


def let_go(pin: int) -> None:
    for _ in range(BOUNCES):
        pull(pin, up=True)
        pull(pin, up=False)
    pull(pin, up=True)


def smileys(database: sqlite3.Connection) -> int:
    row = database.execute("SELECT count(*) FROM journal WHERE kind = 'FeedbackGiven'").fetchone()
    return int(row[0])


def has_more(database: sqlite3.Connection, before: int) -> bool:
    return smileys(database) > before


def measure(pin: int, lamp: int, times: int) -> dict[str, list[float]]:
    """Seconds from the first edge, for each press."""
    stored: list[float] = []
    lit: list[float] = []
    with closing(sqlite3.connect(DATABASE, uri=True)) as database:
        for nth in range(times):
            kept = smileys(database)
            began_s = time.monotonic()
            close(pin)
            kept_s, lit_s = first_times(partial(has_more, database, kept), lambda: level(lamp) == 1)
            stored.append(kept_s - began_s)
            lit.append(lit_s - began_s)
            time.sleep(HELD_S)
            let_go(pin)
            time.sleep(REST_S if (nth + 1) % IN_A_ROW else BETWEEN_S)
    return {"stored_s": stored, "lit_s": lit}


def first_times(*looks: Callable[[], bool]) -> list[float]:
    """When each was so for the first time, whichever came first."""
    deadline_s = time.monotonic() + PATIENCE_S
    seen: dict[int, float] = {}
    while len(seen) < len(looks):
        for place, look in enumerate(looks):
            if place not in seen and look():
                seen[place] = time.monotonic()
        if time.monotonic() > deadline_s:
            sys.exit(f"Nothing came of a press within {PATIENCE_S:g} s.")
        time.sleep(LOOK_AGAIN_S)
    return [seen[place] for place in range(len(looks))]


def main(arguments: list[str]) -> None:
    match arguments:
        case ["press", pin, held_s]:
            press(int(pin), float(held_s))
        case ["measure", pin, lamp, times]:
            sys.stdout.write(json.dumps(measure(int(pin), int(lamp), int(times))))


if __name__ == "__main__":
    main(sys.argv[1:])
