"""ESC/POS printer driver over a serial line (USB or UART)."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Final

from hardware.errors import CannotOpen, DeviceStopped, PrinterNotReady
from hardware.printer.answers import NoAnswer, trouble_by_sensor
from hardware.printer.dialogue import DEVICE, TIMEOUTS, Dialogue, answer_not_understood
from hardware.printer.raster import bands, blank
from hardware.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PIL.Image import Image

    from hardware.printer.dialogue import Timeouts
    from hardware.printer.families import Family
    from hardware.serial_line import SerialLine

RESET: Final = b"\x1b@"
RASTER: Final = b"\x1dv0\x00"
CLEAR: Final = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
CLEARED: Final = b"\x37\x25\x00"
PROCESS_ID: Final = b"\x1d\x28\x48\x06\x00\x30\x30"
_LONGEST_HEADER_BYTES = 16
"""Zeros that end whatever command was torn before its dots."""
_AT_ONCE_BYTES = 2048
"""After so many bytes the printer is asked to answer in its turn, and two such lots at most are on
their way: small buffers do not overflow, and a slow printer is not taken for a broken one."""


class SerialPrinter:
    """Prints pictures of `width_px` dots on `paper_mm`.

    A slip counts as printed once the printer has answered a question that it only comes to after
    it has worked off the slip, and is well afterwards.
    """

    def __init__(
        self,
        line: SerialLine,
        family: Family,
        paper_mm: int,
        width_px: int,
        patience: Timeouts = TIMEOUTS,
    ) -> None:
        self._line = line
        self._family = family
        self._paper_mm = paper_mm
        self._width_px = width_px
        self._dialogue = Dialogue(line, patience)
        self._in_step = False
        self._torn = True

    def open(self) -> None:
        if self._width_px > (dots := self._family.dots.get(self._paper_mm, 0)):
            reason = f"{self._width_px} dots for {self._paper_mm} mm do not fit on its {dots}"
            raise CannotOpen(DEVICE, f"{reason}: set paper_mm or family")
        self._line.open()
        self._in_step, self._torn = False, True

    def close(self) -> None:
        self._line.close()

    def trouble(self) -> Trouble | None:
        self._come_into_step()
        if self._family.status == "realtime":
            return self._dialogue.realtime_trouble()
        if self._family.status == "sensor" and self._family.sensor:
            return self._dialogue.sensor_trouble(self._family.sensor)
        self._dialogue.forget()  # raises `DeviceLost` where the line is gone: all that can be known
        return None

    def print_slip(self, picture: Image) -> None:
        if (trouble := self.trouble()) and not trouble.harmless:
            raise PrinterNotReady(DEVICE, trouble)
        self._in_step = False
        try:
            if self._torn and self._family.status == "realtime":
                self._line_up()
            self._print(self._slip(picture))
            self._confirm()
        except NoAnswer as wrong:
            raise answer_not_understood(wrong) from wrong
        except DeviceStopped:
            self._clear()  # or the rest would come out with the new roll
            raise
        self._in_step, self._torn = True, False

    def forget(self) -> None:
        """No slip is stored once it is sent."""
        self._dialogue.forget()

    def _come_into_step(self) -> None:
        """Whatever was torn off before, the next byte begins a command.

        A printer that still waits for the rest of a picture gets it: white dots, which outside of
        a picture mean nothing.
        """
        if self._in_step:
            return
        self._dialogue.forget()
        self._dialogue.send(bytes(_LONGEST_HEADER_BYTES))
        self._clear()
        widest = max(self._family.dots.values()) // 8
        self._dialogue.send(bytes(self._family.band_rows * widest))
        self._dialogue.send(RESET + self._family.prepare)
        if self._family.status == "sensor":
            self._line_up()
        self._in_step = True

    def _line_up(self) -> None:
        if self._family.sensor:
            at_once = self._family.status == "realtime"
            self._dialogue.synchronise(self._family.sensor.ask, at_once=at_once)

    def _clear(self) -> None:
        if self._family.clears:
            self._dialogue.send(CLEAR)
            self._dialogue.await_answer(CLEARED)

    def _slip(self, picture: Image) -> Iterator[bytes]:
        """The commands of one slip, from head to cut."""
        yield RESET + self._family.prepare
        if self._torn:  # what may hang there is a part of another slip
            yield from self._ending()
        left_dots = (self._family.dots[self._paper_mm] - picture.width) // 2
        for band in bands(picture, self._family.band_rows, left_dots):
            yield _raster(band)
        yield from self._ending()

    def _ending(self) -> Iterator[bytes]:
        for begin in range(0, self._family.feed_rows, self._family.band_rows):
            rows = min(self._family.band_rows, self._family.feed_rows - begin)
            yield _raster(blank(rows))
        yield self._family.finish

    def _print(self, commands: Iterable[bytes]) -> None:
        sensor, waiting = self._family.sensor, 0
        for lot in _lots(commands):
            self._dialogue.send(lot)
            if sensor is None:
                continue
            self._dialogue.send(sensor.ask)
            waiting += 1
            if waiting > 1:
                self._hear_sensor()
                waiting -= 1
        for _ in range(waiting):
            self._hear_sensor()

    def _hear_sensor(self) -> None:
        """Raise `DeviceStopped` when the paper has run out."""
        sensor = self._family.sensor
        if sensor:
            trouble = trouble_by_sensor(self._expect(1)[0], sensor)
            if trouble is Trouble.PAPER_OUT:
                raise DeviceStopped(DEVICE, trouble)

    def _confirm(self) -> None:
        """Raise an error unless the printer has worked off all, and is well afterwards."""
        if self._family.confirm == "process_id":
            name = bytes(ord("A") + secrets.randbelow(16) for _ in range(4))
            self._dialogue.send(PROCESS_ID + name)
            if (heard := self._expect(7)) != b"\x37\x22" + name + b"\x00":
                raise NoAnswer(heard)
        elif self._family.confirm == "line":
            self._dialogue.drain()
        self._in_step = True
        if (trouble := self.trouble()) and not trouble.harmless:
            self._in_step = False
            raise DeviceStopped(DEVICE, trouble)

    def _expect(self, count: int) -> bytes:
        return self._dialogue.read_answer(count, at_once=self._family.status == "realtime")


def _raster(band: Image) -> bytes:
    """`GS v 0` with its dots.

    Of python-escpos only this: its printers bring a database that takes half a second to read, and
    leaves a new folder in /tmp at each start.
    """
    from escpos.image import EscposImage  # noqa: PLC0415 - only where a printer is

    size = (-(-band.width // 8)).to_bytes(2, "little") + band.height.to_bytes(2, "little")
    return RASTER + size + bytes(EscposImage(band).to_raster_format())


def _lots(commands: Iterable[bytes]) -> Iterator[bytes]:
    lot = b""
    for command in commands:
        lot += command
        if len(lot) >= _AT_ONCE_BYTES:
            yield lot
            lot = b""
    if lot:
        yield lot
