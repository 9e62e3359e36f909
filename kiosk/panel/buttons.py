"""Duty of the buttons: a press becomes a smiley, the next call or a key for the glass."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from concurrent.futures import wait
from functools import partial
from typing import TYPE_CHECKING

from hardware.trouble import Trouble
from kiosk.devices.debounce import ON_ITS_WAY_S
from kiosk.domain.device_condition import READY, Condition
from kiosk.domain.errors import KioskError, Refused
from kiosk.panel.worker_thread import WorkerThread

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from hardware.buttons.port import Buttons
    from kiosk.devices.debounce import Press, PressRule

    Action = Callable[[float], bool]
    """A use case for a press so many seconds ago. Says whether the lamp thanks for it."""

FELT_S = 0.15
LIT_WHEN_RECORDED_S = 0.8
"""A lamp lights up briefly at once: the press was felt. It stays on when the press was kept."""

WAIT_S = 1.0
"""A terminal in the background is looked at so often: its keys count once it is in front."""

RECORDED_WITHIN_S = 2.0
"""How long the last presses may take to be kept when the process is told to stop."""

log = logging.getLogger(__name__)


class _Wake(threading.Event):
    """Interrupts the driver too, which waits for fingers."""

    def __init__(self, buttons: Buttons) -> None:
        super().__init__()
        self._buttons = buttons

    def set(self) -> None:
        super().set()
        self._buttons.interrupt()


class ButtonsDuty:
    """The buttons: each press that counts becomes one use case.

    `actions` has a use case for each name. `answer` lights a lamp for so many seconds: at once,
    because a commit may wait for the disk, and longer when the use case says so. For the same
    reason the use cases, one after the other, have a thread of their own.
    """

    def __init__(
        self,
        buttons: Buttons,
        rule: PressRule,
        actions: Mapping[str, Action],
        answer: Callable[[str, float], None],
    ) -> None:
        self.wake: threading.Event = _Wake(buttons)
        self._buttons = buttons
        self._rule = rule
        self._actions = actions
        self._answer = answer
        self._acting = WorkerThread("presses")
        self._acts: deque[Future[None]] = deque()

    def open(self) -> None:
        self._buttons.open()
        self._rule.begin(self._buttons.closed(), time.monotonic())

    def close(self) -> None:
        self._buttons.close()
        wait(self._acts, RECORDED_WITHIN_S)

    def work(self) -> Condition:
        certain_s = self._rule.next_due_s() + ON_ITS_WAY_S
        edge = self._buttons.wait(max(0.0, min(WAIT_S, certain_s - time.monotonic())))
        settled_s = time.monotonic() - ON_ITS_WAY_S
        presses = self._rule.hear(edge) if edge else self._rule.settle(settled_s)
        for press in presses:
            self._felt(press)
        while self._acts and self._acts[0].done():
            self._acts.popleft().result()
        return self._condition(settled_s)

    def give_up(self, _why: Condition) -> None:
        """It holds no jobs."""

    def _felt(self, press: Press) -> None:
        action = self._actions.get(press.name)
        if action is None:
            log.warning("The button %r has no meaning.", press.name)
            return
        self._answer(press.name, FELT_S)
        self._acts.append(self._acting.send(partial(self._act, press, action)))

    def _act(self, press: Press, action: Action) -> None:
        try:
            thanked = action(time.monotonic() - press.at_s)
        except Refused as refusal:
            log.info("The button %r did nothing: %s", press.name, refusal)
        except KioskError as error:  # the disk: fingers are still felt, and the next may be kept
            log.warning("A press of the button %r was lost: %s", press.name, error)
        else:
            if thanked:
                self._answer(press.name, LIT_WHEN_RECORDED_S)

    def _condition(self, now_s: float) -> Condition:
        groups = [f"all of {group} at once" for group in self._rule.shorted(now_s)]
        stuck = [*groups, *self._rule.stuck(now_s)]
        return Condition((Trouble.STUCK,), ", ".join(stuck)) if stuck else READY
