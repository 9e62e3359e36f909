"""Duty of the computer itself: its troubles, and the shutdown when the ignition stays off."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hardware.board.port import Readings
from hardware.errors import HardwareError
from hardware.trouble import Trouble
from kiosk.devices.board_rule import BoardRule, IgnitionRule, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hardware.board.port import Board, Ignition
    from kiosk.domain.device_condition import Condition
    from kiosk.domain.moment import Moment
    from kiosk.panel.shutdown import Shutdown

LOOK_S = 1.0
"""How often the ignition is looked at."""

READ_EVERY_S = 5.0
"""How often everything else is read: a handful of small files."""

TRY_AGAIN_S = 30.0
"""How often an ignition that cannot be opened is tried again."""

CLOCK_GRACE_S = 300.0
"""A time service needs the network first: so long after the start it is no trouble."""


class BoardDuty:
    """`ignition` is None where the box has no such line; then it never shuts down by itself."""

    def __init__(
        self,
        board: Board,
        ignition: Ignition | None,
        ignition_rule: IgnitionRule,
        shutdown: Shutdown | None,
        now: Callable[[], Moment],
    ) -> None:
        self.wake = threading.Event()
        self._board = board
        self._line = _IgnitionLine(ignition) if ignition else None
        self._ignition_rule = ignition_rule
        self._shutdown = shutdown
        self._now = now
        self._rule = BoardRule()
        self._readings = Readings()
        self._read_s: float | None = None

    def open(self) -> None:
        self._board.open()
        self._read_s = None

    def close(self) -> None:
        self._board.close()
        if self._line:
            self._line.close()

    def work(self) -> Condition:
        if self._read_s is not None and self.wake.wait(LOOK_S if self._line else READ_EVERY_S):
            self.wake.clear()
        now = self._now()
        if self._read_s is None or now.boot_s - self._read_s >= READ_EVERY_S:
            self._readings = self._board.read()
            self._read_s = now.boot_s
        return self._rule.judge(self._readings, set(self._others(now)), now.boot_s)

    def give_up(self, _why: Condition) -> None:
        """It holds no jobs."""

    def _others(self, now: Moment) -> Iterator[Trouble]:
        if not now.trusted and now.boot_s >= CLOCK_GRACE_S:
            yield Trouble.CLOCK_UNKNOWN
        if self._line:
            yield from self._power(self._line, now.boot_s)

    def _power(self, line: _IgnitionLine, at_s: float) -> Iterator[Trouble]:
        on = line.is_on(at_s)
        if on is None:
            yield Trouble.IGNITION_UNKNOWN
        order = self._ignition_rule.order(on, at_s)
        if order is not Order.STAY:
            yield Trouble.NO_POWER
        if self._shutdown and order is Order.LEAVE:
            self._shutdown.ask()
        elif self._shutdown and on:
            self._shutdown.withdraw()


class _IgnitionLine:
    """The ignition's line, opened again after trouble: the rest of the board works without it."""

    def __init__(self, ignition: Ignition) -> None:
        self._ignition = ignition
        self._open = False
        self._failed_s: float | None = None

    def is_on(self, at_s: float) -> bool | None:
        """None while it cannot be read."""
        try:
            if not self._open and not self._opened(at_s):
                return None
            return self._ignition.is_on()
        except HardwareError:
            self.close()
            return None

    def _opened(self, at_s: float) -> bool:
        """Try it, unless that has failed a moment ago."""
        if self._failed_s is not None and at_s - self._failed_s < TRY_AGAIN_S:
            return False
        self._failed_s = at_s
        self._ignition.open()
        self._failed_s, self._open = None, True
        return True

    def close(self) -> None:
        self._ignition.close()
        self._open = False
