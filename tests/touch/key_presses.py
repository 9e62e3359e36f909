"""How many presses of keys lead from one element of a screen to the others."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kiosk.touch.focus import heading_of, next_focus

if TYPE_CHECKING:
    from kiosk.touch.layout.view import View


def presses_from(view: View, first: str | None, *, listening: bool) -> dict[str | None, int]:
    """The fewest presses of up and down until each element that they reach has the focus."""
    presses: dict[str | None, int] = {first: 0}
    waiting = deque([first])
    while waiting:
        focused = waiting.popleft()
        for key in ("up", "down"):
            reached = next_focus(view, focused, key, listening=listening)
            if reached not in presses:
                presses[reached] = presses[focused] + 1
                waiting.append(reached)
    return presses


def presses_to_choices(view: View) -> dict[str, int]:
    """By ear: the fewest presses until OK has acted on each element, from the heading on."""
    presses = presses_from(view, heading_of(view), listening=True)
    return {name: presses[name] + 1 for name in view.focus_order}
