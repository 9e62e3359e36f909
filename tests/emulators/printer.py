"""A receipt printer at the byte, whose paper comes together as pictures again.

It obeys the published ESC/POS commands that we may send, and writes down every other byte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from hardware.printer.families import Family

NUL, DLE, EOT, DC4, ESC, FS, GS = 0x00, 0x10, 0x04, 0x14, 0x1B, 0x1C, 0x1D
CLEAR_BUFFERS = bytes([DLE, DC4, 8, 1, 3, 20, 1, 6, 2, 8])

LENGTH = {
    b"\x1b@": 2,
    b"\x1b7": 5,
    b"\x1bv": 2,
    b"\x1da": 3,
    b"\x1d\xe0": 3,
    b"\x1dr": 3,
    b"\x1c\x50": 6,
    b"\x1d(": 5,
    b"\x1dv": 8,
}
"""How long each command is that it understands; `GS V` and `GS (` go on by their own bytes."""


@dataclass
class Health:
    """What its sensors say. Rows of paper that are left: None is a full roll."""

    rows_left: int | None = None
    paper_low: bool = False
    cover_open: bool = False
    paused: bool = False
    cutter_jammed: bool = False
    hot: bool = False
    broken: bool = False

    @property
    def paper_out(self) -> bool:
        return self.rows_left == 0

    @property
    def error(self) -> bool:
        return self.cutter_jammed or self.broken or self.hot

    @property
    def online(self) -> bool:
        return not (self.paper_out or self.cover_open or self.paused or self.error)


@dataclass
class Piece:
    """What hangs out of the printer, row by row; 1 is ink."""

    rows: list[bytes] = field(default_factory=list)

    def picture(self, dots: int) -> Image.Image:
        """As it lies on the table: dark on white."""
        row_bytes = dots // 8
        joined = b"".join(row.ljust(row_bytes, b"\0")[:row_bytes] for row in self.rows)
        return Image.frombytes("1", (dots, len(self.rows)), joined, "raw", "1;I")


class EmulatedPrinter:
    """The far end of a line. `faults` are bytes and commands that no driver of ours may send.

    `owed` are answers to questions from before, which come ahead of the next one in turn.
    """

    def __init__(self, family: Family, dots: int = 576) -> None:
        self.health = Health()
        self.faults: list[bytes] = []
        self.pieces: list[Piece] = []
        self.dots = dots
        self.owed = b""
        self._family = family
        self._piece = Piece()
        self._waiting = bytearray()
        self._tail = b""
        self._row_bytes = 0
        self._dots_missing = 0
        self._row = bytearray()
        self._answers = bytearray()

    @property
    def slips(self) -> list[Image.Image]:
        """All that was cut off, or torn off at the next reset; the feed to a cut is no slip."""
        feed = self._family.feed_rows
        pieces = self.pieces if self._family.finish else [*self.pieces, self._piece]
        return [piece.picture(self.dots) for piece in pieces if len(piece.rows) > feed]

    @property
    def hanging(self) -> Image.Image:
        """What has come out since the last cut."""
        return self._piece.picture(self.dots)

    @property
    def in_picture(self) -> bool:
        """Whether it still waits for the dots of a raster."""
        return self._dots_missing > 0

    def hear(self, received: bytes) -> bytes:
        begun = 0
        while begun < len(received):
            if self._family.status != "realtime" or DLE not in self._tail:
                ended = received.find(DLE, begun) if self._family.status == "realtime" else -1
                self._wait(received[begun : (ended := ended if ended >= 0 else len(received))])
                begun = ended
            if begun < len(received):
                self._obey_at_once(received[begun])
                begun += 1
        self._work()
        answers, self._answers = bytes(self._answers), bytearray()
        return answers if self._family.status != "none" else b""

    def mend(self) -> None:
        """A person has put in a roll or closed the cover: it goes on by itself."""
        self.health = Health()
        self._work()

    def _obey_at_once(self, byte: int) -> None:
        """Commands in real time work wherever they stand, even in a picture, and stay in there."""
        self._wait(bytes([byte]))
        if self._tail[-3:-1] == bytes([DLE, EOT]):
            self._tell_status(byte)
        elif self._tail == CLEAR_BUFFERS and self._family.clears:
            self._waiting.clear()
            self._dots_missing, self._row = 0, bytearray()
            self._answers += b"\x37\x25\x00"
        elif self._tail[-2:-1] == bytes([DLE]) and byte not in (EOT, DC4, DLE):
            self._wrong_if_at_once(byte)

    def _wait(self, received: bytes) -> None:
        self._waiting += received
        self._tail = (self._tail + received)[-len(CLEAR_BUFFERS) :]

    def _wrong_if_at_once(self, byte: int) -> None:
        if byte == 0x05:  # DLE ENQ would go on after an error
            self.faults.append(bytes([DLE, byte]))

    def _tell_status(self, which: int) -> None:
        health = self.health
        if which == 1:
            self._answers.append(0x12 | (not health.online) << 3)
        elif which == 2:
            bits = health.cover_open << 2 | health.paper_out << 5 | health.error << 6
            self._answers.append(0x12 | bits)
        elif which == 3:
            bits = health.cutter_jammed << 3 | health.broken << 5 | health.hot << 6
            self._answers.append(0x12 | bits)
        elif which == 4:
            low = health.paper_low or health.paper_out
            self._answers.append(0x12 | low * 0x0C | health.paper_out * 0x60)
        else:
            self.faults.append(bytes([DLE, EOT, which]))

    def _work(self) -> None:
        """Work off what waits, one command after the other, as long as it can print."""
        while self._waiting and (self.health.online or self._only_senses()):
            if self._dots_missing:
                self._take_dots()
            elif not self._take_command():
                return

    def _only_senses(self) -> bool:
        """A printer with nothing but a sensor answers it without paper too."""
        asks = bytes(self._family.sensor.ask) if self._family.sensor else b""
        return self._family.status == "sensor" and self._waiting.startswith(asks[:2])

    def _take_dots(self) -> None:
        """As far as they have come, and no further than to the end of a row."""
        taken = self._drop(min(self._dots_missing, self._row_bytes - len(self._row)))
        self._row += taken
        self._dots_missing -= len(taken)
        if len(self._row) == self._row_bytes:
            self._piece.rows.append(bytes(self._row))
            self._row = bytearray()
            if self.health.rows_left is not None:
                self.health.rows_left -= 1

    def _take_command(self) -> bool:
        """Take one whole command off the front; false while a part of it is missing."""
        head = bytes(self._waiting[:2])
        if head[0] == NUL:
            self._drop(1)
        elif head == bytes([DLE]) or (head[0] == DLE and head[1] != NUL):
            return self._skip_at_once()
        elif len(head) < 2:
            return False
        elif head[1] == NUL and head[0] in (DLE, ESC, FS, GS):
            self._drop(2)  # a torn command, ended by the zeros that end everything
        elif head == b"\x1dV":
            return self._cut()
        elif head in LENGTH:
            return self._take(head, LENGTH[head])
        else:
            self.faults.append(self._drop(1))
        return True

    def _skip_at_once(self) -> bool:
        """What was obeyed in real time has no meaning any more when its turn comes."""
        for known in (bytes([DLE, EOT]), CLEAR_BUFFERS):
            length = 3 if known[1:2] == bytes([EOT]) else len(known)
            if self._waiting[: len(known)] == known[: len(self._waiting)]:
                if len(self._waiting) < length:
                    return False
                self._drop(length)
                return True
        self.faults.append(self._drop(1))
        return True

    def _cut(self) -> bool:
        """`GS V m`, or `GS V m n`, which feeds before."""
        if len(self._waiting) < 3:
            return False
        length = 4 if self._waiting[2] in (65, 66) else 3
        if len(self._waiting) < length:
            return False
        command = self._drop(length)
        if command[2] not in (0, 1, 48, 49, 65, 66) or not self._family.finish:
            self.faults.append(command)
        self._part()
        return True

    def _take(self, head: bytes, length: int) -> bool:
        if head == b"\x1d(" and len(self._waiting) >= length:
            length += self._waiting[3] + 256 * self._waiting[4]
        if len(self._waiting) < length:
            return False
        self._obey(head, self._drop(length))
        return True

    def _obey(self, head: bytes, command: bytes) -> None:
        match head:
            case b"\x1b@" if not self._family.finish:
                self._part()
            case b"\x1dv":
                self._begin_picture(command)
            case b"\x1dr" if command[2] in (1, 49):
                self._tell_sensor()
            case b"\x1bv":
                self._tell_sensor()
            case b"\x1d(":
                self._name_process(command)
            case b"\x1c\x50":
                self._part()
            case b"\x1dr":
                self.faults.append(command)

    def _begin_picture(self, command: bytes) -> None:
        if command[2] != 0x30 or command[3] not in (0, 48):
            self.faults.append(command)
        self._row_bytes = command[4] + 256 * command[5]
        if self._row_bytes * 8 > self.dots:
            self.faults.append(command)
        self._dots_missing = self._row_bytes * (command[6] + 256 * command[7])
        self._row = bytearray()

    def _name_process(self, command: bytes) -> None:
        """`GS ( H` fn 48: tell its name when all before it has been printed."""
        if self._family.confirm == "process_id" and command[2:7] == b"H\x06\x0000":
            self._answers += b"\x37\x22" + command[7:] + b"\x00"
        elif len(command) > 5:  # not what is left of a torn one
            self.faults.append(command)

    def _tell_sensor(self) -> None:
        """Low and out as the family has them; with no bits for low it says nothing of it."""
        sensor = self._family.sensor
        if sensor is None:
            self.faults.append(b"sensor")
            return
        out = sensor.out if self.health.paper_out else 0
        low = sensor.low if self.health.paper_low else 0
        self._answers += self.owed + bytes([out | low])
        self.owed = b""

    def _part(self) -> None:
        self.pieces.append(self._piece)
        self._piece = Piece()

    def _drop(self, count: int) -> bytes:
        taken = bytes(self._waiting[:count])
        del self._waiting[:count]
        return taken
