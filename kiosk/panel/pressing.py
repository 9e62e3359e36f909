"""What presses become: a smiley, the next call, and a lamp that answers."""

from __future__ import annotations

import logging
import threading
from collections import deque
from typing import TYPE_CHECKING

from kiosk.domain.device import READY, Condition
from kiosk.domain.errors import Refused
from kiosk.panel.duty import LONGEST_WORK_S

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hardware.buttons.port import Buttons
    from hardware.lamp.port import Lamp
    from kiosk.panel.press import PressRule

FLASH_S = 0.4
WAIT_S = 0.2
"""Buttons cannot be woken: this is how long stopping the process may wait for them."""

log = logging.getLogger(__name__)


class Pressing:
    """The buttons: each press that counts becomes one use case, and then an answer.

    `actions` has a use case for each name; `answer` is told the name only after it has succeeded.
    """

    device = "buttons"

    def __init__(
        self,
        buttons: Buttons,
        rule: PressRule,
        actions: Mapping[str, Callable[[], object]],
        answer: Callable[[str], None],
    ) -> None:
        self.wake = threading.Event()
        self._buttons = buttons
        self._rule = rule
        self._actions = actions
        self._answer = answer

    def open(self) -> None:
        self._buttons.open()

    def close(self) -> None:
        self._buttons.close()

    def work(self) -> Condition:
        edge = self._buttons.wait(WAIT_S)
        if edge and self._rule.counts(edge):
            self._act(edge.name)
        return READY

    def give_up(self) -> None:
        """Nobody waits for a button."""

    def _act(self, name: str) -> None:
        action = self._actions.get(name)
        if action is None:
            log.warning("The button %r has no meaning.", name)
            return
        try:
            action()
        except Refused as refusal:
            log.info("The button %r did nothing: %s", name, refusal)
        else:
            self._answer(name)


class Flashing:
    """The lamps beside the buttons."""

    device = "lamp"

    def __init__(self, lamp: Lamp) -> None:
        self.wake = threading.Event()
        self._lamp = lamp
        self._names: deque[str] = deque()

    def flash(self, name: str) -> None:
        """From any thread."""
        self._names.append(name)
        self.wake.set()

    def open(self) -> None:
        self._lamp.open()

    def close(self) -> None:
        self._lamp.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            while self._names:
                self._lamp.flash(self._names.popleft(), FLASH_S)
        return READY

    def give_up(self) -> None:
        """An answer that comes late is none."""
        self._names.clear()
