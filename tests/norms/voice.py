"""A blindfold visit in every language, on one real glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.system.virtual_display import start_virtual_display
from tests.norms.row import Tally
from tests.screens.blindfold import EVERY_SCREEN, listener_before_a_glass, visit_by_ear

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MOST_PRESSES = 12


def blindfold(folder: Path, said: Callable[[str], None]) -> Tally:
    """5.1.2.2: headphones in, number in hand, smiley given, all that is shown heard."""
    tally = Tally()
    with (
        start_virtual_display("1280x800") as display,
        listener_before_a_glass(folder, display.environment) as listener,
    ):
        for code in listener.kiosk.office.profile.languages:
            listener.glass.begin_visit(listener.kiosk)  # the language of the last one goes
            try:
                presses, faults = visit_by_ear(listener, code)
            except AssertionError as error:
                faults = [f"the way cannot be gone: {error}"]
                listener.pull_out()
            else:
                said(f"{code}: {presses} presses to the number")
                if presses > MOST_PRESSES:
                    faults.append(f"{presses} presses to the number")
            for screen in EVERY_SCREEN:
                here = [fault for fault in faults if fault.startswith(f"{screen}:")]
                tally.add((screen, str(code)), here)
            elsewhere = [each for each in faults if not each.startswith(EVERY_SCREEN)]
            tally.add(("", str(code)), elsewhere)
    return tally
