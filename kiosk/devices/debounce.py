"""Debounce: what counts as one press. Pure, fed with the edges that contacts really make.

A contact bounces when it closes and when it opens, worn ones rattle, cables catch spikes, children
drum, a keyboard repeats. So a contact has closed or opened only when it has stayed so for its
bounce time, whatever it did before; shorter than that it has not moved at all. EN 301 549 (5.8)
asks for a double-strike lock of at least half a second.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from hardware.buttons.port import ButtonEdge

BOUNCE_S = 0.01
LOCK_S = 0.5
NEXT_REST_S = 1.5
"""For the button `next` only: a hand that hits it twice calls once."""

ON_ITS_WAY_S = 0.002
"""An edge needs so long from its contact to here; before that nothing is certain."""

STUCK_S = 15.0
"""Longer than any press."""

SHORTED_S = 2.0
FEWEST_OF_A_CABLE = 3
"""All of so many buttons closed at once for that long: a hand does it too, but not for long."""


@dataclass(frozen=True, slots=True)
class PressTimes:
    """`bounce_s`: how long a contact must stay closed, or open, to have become so.

    `lock_s`: how long it must have been untouched, not even released, before it counts. `rest_s`:
    how long after a press nothing of its group counts.
    """

    bounce_s: float = BOUNCE_S
    lock_s: float = LOCK_S
    rest_s: float = NEXT_REST_S


@dataclass(frozen=True, slots=True)
class Press:
    """A press of a button; `at_s` is when its contact closed for good."""

    name: str
    at_s: float


@dataclass(slots=True)
class _Contact:
    """`heard` is what the last edge said, at `heard_s`; `closed` is what has become of it."""

    name: str
    times: PressTimes
    heard: bool = False
    heard_s: float = -math.inf
    closed: bool = False
    touched_s: float = -math.inf

    @property
    def group(self) -> str:
        """`smiley` for `smiley.5`."""
        return self.name.partition(".")[0]

    @property
    def due_s(self) -> float:
        """When it will have closed or opened, if nothing more is heard."""
        return math.inf if self.heard == self.closed else self.heard_s + self.times.bounce_s


@dataclass(slots=True)
class PressRule:
    """Follows all buttons. `times` has those that are wired; others get the usual times."""

    times: Mapping[str, PressTimes]
    _contacts: dict[str, _Contact] = field(init=False)
    _pressed_s: dict[str, float] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._contacts = {name: _Contact(name, times) for name, times in self.times.items()}

    def begin(self, closed: Collection[str], now_s: float) -> None:
        """The buttons were opened: what is closed already is held, and no press."""
        for name in closed:
            self._contact(name).touched_s = now_s
        for contact in self._contacts.values():
            contact.heard = contact.closed = contact.name in closed
            contact.heard_s = now_s

    def hear(self, edge: ButtonEdge) -> list[Press]:
        """Take in the next edge. Returns the presses that were certain by then."""
        presses = self.settle(edge.at_s)
        contact = self._contact(edge.name)
        contact.heard, contact.heard_s = edge.down, edge.at_s
        return presses

    def settle(self, now_s: float) -> list[Press]:
        """The presses that are certain now, if no earlier edge is still on its way."""
        due = sorted((one for one in self._contacts.values() if one.due_s <= now_s), key=_due)
        return [Press(one.name, one.heard_s) for one in due if self._moved(one)]

    def next_due_s(self) -> float:
        """When `settle` will have something to say; infinite when all contacts rest."""
        return min((contact.due_s for contact in self._contacts.values()), default=math.inf)

    def stuck(self, now_s: float) -> tuple[str, ...]:
        """The buttons that have been closed for too long."""
        held = (one for one in self._contacts.values() if one.closed)
        return tuple(one.name for one in held if now_s - one.touched_s >= STUCK_S)

    def shorted(self, now_s: float) -> tuple[str, ...]:
        """The groups of which every button is closed, as by a crushed cable."""
        groups = dict.fromkeys(contact.group for contact in self._contacts.values())
        return tuple(group for group in groups if self._is_shorted(group, now_s))

    def _moved(self, contact: _Contact) -> bool:
        """It has closed or opened for good; whether that is a press."""
        untouched_s = contact.heard_s - contact.touched_s
        contact.closed, contact.touched_s = contact.heard, contact.heard_s
        if not contact.closed or untouched_s < contact.times.lock_s:
            return False
        rested_s = contact.heard_s - self._pressed_s.get(contact.group, -math.inf)
        if rested_s < contact.times.rest_s or self._all_heard_closed(contact.group):
            return False
        self._pressed_s[contact.group] = contact.heard_s
        return True

    def _is_shorted(self, group: str, now_s: float) -> bool:
        members = self._of_group(group)
        closed = len(members) >= FEWEST_OF_A_CABLE and all(one.closed for one in members)
        return closed and all(now_s - one.touched_s >= SHORTED_S for one in members)

    def _all_heard_closed(self, group: str) -> bool:
        members = self._of_group(group)
        return len(members) >= FEWEST_OF_A_CABLE and all(one.heard for one in members)

    def _of_group(self, group: str) -> Sequence[_Contact]:
        return [contact for contact in self._contacts.values() if contact.group == group]

    def _contact(self, name: str) -> _Contact:
        return self._contacts.setdefault(name, _Contact(name, PressTimes()))


def _due(contact: _Contact) -> float:
    return contact.due_s
