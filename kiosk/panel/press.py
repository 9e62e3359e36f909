"""What counts as one press: pure, fed with the edges that contacts really make.

A contact bounces when it closes and when it opens, worn ones rattle, children drum, a keyboard
repeats. EN 301 549 (5.8) asks for a double-strike lock of at least half a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hardware.buttons.port import ButtonEdge

LOCK_S = 0.5
REST_S = 1.5


@dataclass(frozen=True, slots=True)
class PressTimes:
    """`lock_s`: how long a button must have been untouched, not even released, before it counts.

    `rest_s`: how long after a press nothing of its group counts, so that one person gives one
    smiley. The group of `smiley.5` is `smiley`.
    """

    lock_s: float = LOCK_S
    rest_s: float = REST_S


class PressRule:
    """Follows all buttons; `counts` is asked once for each edge, in order."""

    def __init__(self, times: PressTimes) -> None:
        self._times = times
        self._last_edge_s: dict[str, float] = {}
        self._last_press_s: dict[str, float] = {}

    def counts(self, edge: ButtonEdge) -> bool:
        """Whether this edge is a press."""
        group = edge.name.partition(".")[0]
        untouched = self._is_over(self._last_edge_s.get(edge.name), self._times.lock_s, edge.at_s)
        rested = self._is_over(self._last_press_s.get(group), self._times.rest_s, edge.at_s)
        self._last_edge_s[edge.name] = edge.at_s
        if not (edge.down and untouched and rested):
            return False
        self._last_press_s[group] = edge.at_s
        return True

    @staticmethod
    def _is_over(began_s: float | None, duration_s: float, now_s: float) -> bool:
        return began_s is None or now_s - began_s >= duration_s
