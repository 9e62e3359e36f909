"""Virtual display (Xvfb) for a glass on a headless machine."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class NoDisplay(KioskError):
    """There is no display, and none can be made."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"There is no display for the glass: {reason}.")


def has_display(environment: Mapping[str, str]) -> bool:
    """Whether a desktop is there to open a window on."""
    return bool(environment.get("WAYLAND_DISPLAY") or environment.get("DISPLAY"))


@dataclass(frozen=True, slots=True)
class VirtualDisplay:
    """An Xvfb that runs, and the environment of programs that show themselves on it."""

    environment: dict[str, str]
    server: subprocess.Popen[bytes]

    def check(self) -> None:
        """Raises `NoDisplay` when it has ended: no glass can come up on it any more."""
        if self.server.poll() is not None:
            raise NoDisplay(f"its Xvfb ended ({self.server.returncode}); start 'kiosk run' again")


@contextmanager
def start_virtual_display(size: str) -> Iterator[VirtualDisplay]:
    """An Xvfb of that size (`WIDTHxHEIGHT`) while the block runs."""
    program = shutil.which("Xvfb")
    if program is None:
        raise NoDisplay("install xvfb, or start it on a desktop")
    read_end, write_end = os.pipe()
    # -displayfd lets the server pick a free display and tell when it is up.
    options = f"-displayfd {write_end} -screen 0 {size}x24 -nolisten tcp -noreset"
    with subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", "--", program, *options.split()],
        pass_fds=(write_end,),
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write_end)
        try:
            with os.fdopen(read_end) as answer:
                number = answer.readline().strip()
            if not number:
                raise NoDisplay("Xvfb did not start")
            environment = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"}
            yield VirtualDisplay({**environment, "DISPLAY": f":{number}"}, server)
        finally:
            server.terminate()
