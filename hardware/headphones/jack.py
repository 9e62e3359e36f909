"""ALSA driver of the headphone socket: the switch that the sound card reports (amixer)."""

from __future__ import annotations

import os
import re
import select
import subprocess
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from hardware import program

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST_LOOK_S = 2.0
LOOK_AGAIN_S = 10.0
"""How often it is looked without an event: the net beneath, for a card that was pulled."""

_CHUNK_BYTES = 4096
_VALUE = re.compile(r"^\s*: values=(on|off)", re.MULTILINE)


class JackHeadphones:
    """`card` as `aplay -l` calls it, `control` as `amixer controls` does: `Headphone Jack`.

    Sleeps until the card tells of a change, and looks then. A card without that switch says no.
    """

    def __init__(self, card: str, control: str) -> None:
        self._card, self._control = card, control
        self._closed = threading.Event()
        self._events: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self.plugged = self._look() or False

    def watch(self, changed: Callable[[], None]) -> None:
        self._thread = threading.Thread(
            target=self._watch, args=(changed,), name="headphones", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        if self._events:
            self._events.kill()
        if self._thread:
            self._thread.join(LONGEST_LOOK_S)

    def is_known(self) -> bool:
        return self._look() is not None

    def _watch(self, changed: Callable[[], None]) -> None:
        while not self._closed.is_set():
            with suppress(OSError), self._listen() as self._events:
                while self._wait_for_event(self._events):
                    self._compare(changed)
            self._compare(changed)
            self._closed.wait(LOOK_AGAIN_S)

    def _compare(self, changed: Callable[[], None]) -> None:
        now = not self._closed.is_set() and (self._look() or False)
        if now != self.plugged and not self._closed.is_set():
            self.plugged = now
            changed()

    def _wait_for_event(self, events: subprocess.Popen[bytes]) -> bool:
        """Wait until the card tells of something, or for a while; False when it is gone."""
        if events.stdout is None:
            return False
        if not select.select([events.stdout], [], [], LOOK_AGAIN_S)[0]:
            return True
        return bool(os.read(events.stdout.fileno(), _CHUNK_BYTES))

    def _listen(self) -> subprocess.Popen[bytes]:
        """`stdbuf`: amixer keeps its lines back when it writes into a pipe."""
        return subprocess.Popen(
            ["stdbuf", "-oL", "amixer", "--card", self._card, "events"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _look(self) -> bool | None:
        """None where it cannot be known."""
        command = ["amixer", "--card", self._card, "cget", f"iface=CARD,name={self._control}"]
        try:
            done = program.run(command, LONGEST_LOOK_S)
        except (program.ProgramMissing, program.ProgramHung, OSError):
            return None
        found = None if done.failed else _VALUE.search(done.output.decode(errors="replace"))
        return found[1] == "on" if found else None
