"""Service of one plugged stick: mount it, have it written without rights, let it go, tell how.

Runs as root, which may mount. Whatever reads or writes the stick or the database is a child that
has become an ordinary user.
"""

from __future__ import annotations

import subprocess
import time
from typing import TYPE_CHECKING, Final, Protocol

from hardware.stick.port import StickUnusable, Unusable
from kiosk.domain.stick import StickState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hardware.stick.port import Stick

LONGEST_WRITE_S: Final = 600
LONGEST_SHOWN_S: Final = 600.0
"""Timeout of the state that says the stick can be pulled out."""

_LOOK_EVERY_S: Final = 0.25
"""Another stick in the same socket is another service of this name: this one must be over."""

_KILL_AFTER_S: Final = 5


class Writer(Protocol):
    """The ordinary user."""

    def write(self, folder: Path) -> StickState:
        """Write the mounted stick; says how that ended."""

    def tell(self, state: StickState) -> None:
        """Report the state of the stick to all doors."""


class CommandWriter:
    """Starts `kiosk stick write` and `kiosk stick tell` as that user."""

    def __init__(self, kiosk: Sequence[str], user: str, group: str) -> None:
        # timeout(1) within: root has no right to end other users' processes here.
        self._words = [
            *("setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups"),
            *("timeout", f"--kill-after={_KILL_AFTER_S}", str(LONGEST_WRITE_S), *kiosk, "stick"),
        ]

    def write(self, folder: Path) -> StickState:
        done = subprocess.run(
            [*self._words, "write", str(folder)], stdout=subprocess.PIPE, text=True, check=False
        )
        state = done.stdout.strip()
        return StickState(state) if state in set(StickState) else StickState.FAILED

    def tell(self, state: StickState) -> None:
        subprocess.run([*self._words, "tell", state], check=False)


def serve_stick(stick: Stick, writer: Writer, wait: Callable[[Stick], None] | None = None) -> str:
    """Serve it until it is pulled out; says in a sentence what became of it."""
    try:
        folder = stick.mount()
    except StickUnusable as error:
        if error.why is Unusable.IN_USE:
            return f"{error} Left alone."
        state, said = StickState(error.why), str(error)
    else:
        state = _written(stick, writer, folder)
        said = f"The stick: {state}."
    writer.tell(state)
    (wait or wait_until_pulled)(stick)
    if state is not StickState.PULLED:
        writer.tell(StickState.GONE)
    return said


def _written(stick: Stick, writer: Writer, folder: Path) -> StickState:
    try:
        state = writer.write(folder)
    finally:
        stick.unmount()  # before the doors tell that it can be pulled out
    return state if stick.is_there() else StickState.PULLED


def wait_until_pulled(stick: Stick) -> None:
    """Return when it is gone, or has been there for long."""
    deadline_s = time.monotonic() + LONGEST_SHOWN_S
    while stick.is_there() and time.monotonic() < deadline_s:
        time.sleep(_LOOK_EVERY_S)
