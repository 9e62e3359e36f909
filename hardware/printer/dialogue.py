"""Request and answer with a printer over its serial line, with timeouts for slow ones."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hardware.errors import DeviceConfused, DeviceSilent, DeviceStopped
from hardware.printer.answers import Answers, NoAnswer, trouble_by_sensor, worst_of
from hardware.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from hardware.printer.families import Sensor
    from hardware.serial_line import SerialLine

DEVICE: Final = "printer"

_DLE_EOT = b"\x10\x04"
_HEARD_S = 0.2
"""How long one look for an answer takes."""
_AFTER_S = 0.02
"""What comes so soon after an answer belongs to it."""
_MOST_OWED = 7
_STOPS = {Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.FAULT}
"""With these nothing more comes out until it is mended; a pause ends by itself."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """At rest a printer answers within `answer_s`; while it prints it may be slow.

    Nothing at all has to have moved for `look_s` before it is asked how it is, and for `silent_s`
    before it is given up. Late answers are over when it was quiet for `settle_s`.
    """

    answer_s: float = 3.0
    look_s: float = 3.0
    silent_s: float = 10.0
    settle_s: float = 0.5


TIMEOUTS = Timeouts()


class Dialogue:
    """Knows what is asked and answered; refuses to know what is printed."""

    def __init__(self, line: SerialLine, timeouts: Timeouts) -> None:
        self._line = line
        self._timeouts = timeouts
        self._answers = Answers()

    def send(self, sent: bytes) -> None:
        """As fast as the printer takes it. Raises `DeviceSilent` when nothing moves."""
        self._line.write(sent, self._timeouts.silent_s)

    def forget(self) -> None:
        """What has come before a question is no answer to it."""
        self._line.forget_received()
        self._answers.forget()

    def realtime_trouble(self) -> Trouble | None:
        """DLE EOT 1 to 4 of a resting printer."""
        return self._twice(lambda: self._ask_at_once(self._timeouts.answer_s, alone=True))

    def sensor_trouble(self, sensor: Sensor) -> Trouble | None:
        """The byte of the sensor of a resting printer."""
        return self._twice(lambda: self._ask_in_turn(sensor))

    def read_answer(self, count: int, *, at_once: bool) -> bytes:
        """The next bytes in turn, as long as anything moves.

        `at_once` says that the printer can be asked meanwhile. Raises `DeviceStopped`,
        `DeviceSilent`, `DeviceConfused`.
        """
        try:
            self._wait_in_turn(count, at_once=at_once)
        except NoAnswer as wrong:
            raise answer_not_understood(wrong) from wrong
        taken = bytes(self._answers.in_turn[:count])
        del self._answers.in_turn[:count]
        return taken

    def synchronise(self, ask: bytes, *, at_once: bool) -> None:
        """Afterwards the next answer in turn is one to the next question.

        Answers still owed from before a crash come first. When more have come than can be owed,
        one of ours is among them, and the others follow at once.
        """
        self.send(ask * (_MOST_OWED + 1))
        self.read_answer(_MOST_OWED + 1, at_once=at_once)
        self._settle()

    def await_answer(self, wanted: bytes) -> None:
        """Wait for just this, but not for long."""
        with suppress(NoAnswer):
            self._until(lambda: self._answers.in_turn.endswith(wanted), self._timeouts.answer_s)
        self.forget()

    def drain(self) -> None:
        """Wait until all has gone out. Raises `DeviceSilent` when nothing moves."""
        moved_s, before = time.monotonic(), self._line.unsent()
        while left := self._line.unsent():
            if left != before:
                moved_s, before = time.monotonic(), left
            elif time.monotonic() - moved_s > self._timeouts.silent_s:
                raise DeviceSilent(DEVICE, self._timeouts.silent_s)
            time.sleep(_HEARD_S)

    def _twice(self, ask: Callable[[], Trouble | None]) -> Trouble | None:
        """A disturbed answer is worth a second question, a missing one too."""
        self.forget()
        try:
            return ask()
        except (NoAnswer, DeviceSilent):
            self._settle()
        try:
            return ask()
        except NoAnswer as wrong:
            raise answer_not_understood(wrong) from wrong

    def _settle(self) -> None:
        """Let late answers come, so that none is taken for one to the next question."""
        quiet_at_s = time.monotonic() + self._timeouts.settle_s
        until_s = quiet_at_s + self._timeouts.silent_s
        while (now_s := time.monotonic()) < quiet_at_s:
            if self._line.read(quiet_at_s - now_s) and now_s < until_s:
                quiet_at_s = time.monotonic() + self._timeouts.settle_s
        self.forget()

    def _ask_at_once(self, within_s: float, *, alone: bool) -> Trouble | None:
        """`alone`: nothing else is to be answered now, so that any other byte is a wrong one."""
        answers = [self._one_at_once(which, within_s, alone=alone) for which in (1, 2, 3, 4)]
        if alone:
            self._hear(_AFTER_S)
            if self._answers.in_turn or self._answers.at_once:
                raise NoAnswer(bytes(self._answers.in_turn + self._answers.at_once))
        return worst_of(*answers)

    def _one_at_once(self, which: int, within_s: float, *, alone: bool) -> int:
        """Exactly one byte for one question: a second one may answer another question."""
        self.send(_DLE_EOT + bytes([which]))
        self._until(lambda: bool(self._answers.at_once), within_s)
        if len(self._answers.at_once) > 1:
            raise NoAnswer(bytes(self._answers.at_once))
        if not self._answers.at_once:
            if alone and self._answers.in_turn:
                raise NoAnswer(bytes(self._answers.in_turn))
            raise DeviceSilent(DEVICE, within_s)
        return self._answers.at_once.pop()

    def _ask_in_turn(self, sensor: Sensor) -> Trouble | None:
        self.send(sensor.ask)
        self._until(lambda: bool(self._answers.in_turn), self._timeouts.answer_s)
        self._hear(0)
        answer, strange = bytes(self._answers.in_turn), bool(self._answers.at_once)
        self._answers.forget()
        if not answer and not strange:
            raise DeviceSilent(DEVICE, self._timeouts.answer_s)
        if len(answer) != 1 or strange:
            raise NoAnswer(answer)
        return trouble_by_sensor(answer[0], sensor)

    def _wait_in_turn(self, count: int, *, at_once: bool) -> None:
        moved_s, looked_s, before = time.monotonic(), time.monotonic(), self._state()
        while len(self._answers.in_turn) < count:
            self._hear(_HEARD_S)
            now_s, state = time.monotonic(), self._state()
            if state != before:
                moved_s, looked_s, before = now_s, now_s, state
            elif now_s - moved_s > self._timeouts.silent_s:
                raise DeviceSilent(DEVICE, self._timeouts.silent_s)
            elif at_once and now_s - looked_s > self._timeouts.look_s:
                self._go_on_unless_stopped()
                looked_s = time.monotonic()

    def _go_on_unless_stopped(self) -> None:
        trouble = self._ask_at_once(self._timeouts.silent_s, alone=False)
        if trouble in _STOPS:
            raise DeviceStopped(DEVICE, trouble)

    def _state(self) -> tuple[int, int]:
        """Changes as long as anything moves: bytes on their way out, answers that have come."""
        return self._line.unsent(), len(self._answers.in_turn)

    def _until(self, there: Callable[[], bool], within_s: float) -> None:
        deadline_s = time.monotonic() + within_s
        while not there() and (left_s := deadline_s - time.monotonic()) > 0:
            self._hear(min(left_s, _HEARD_S))

    def _hear(self, within_s: float) -> None:
        self._answers.feed(self._line.read(within_s))


def answer_not_understood(wrong: NoAnswer) -> DeviceConfused:
    """What a printer does that says such things is unknown."""
    said = f"it answers {wrong}, as no printer of this family does: check family and baud"
    return DeviceConfused(DEVICE, said)
