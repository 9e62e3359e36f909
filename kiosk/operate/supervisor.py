"""Supervisor: runs the three services as children of one command, as systemd does on a bus.

Each child reports readiness as it would to systemd (see `system.systemd`). One that ends is started
again, and so is one that hangs: it says nothing any more, as a watchdog would notice. One that was
never ready has said why on stderr, and then nothing runs.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import FrameType

LOOK_EVERY_S = 60.0
"""At the children, if no signal or word of theirs has come before."""

GRACE_S = 5.0
HUNG_AFTER_S = 30.0
START_WITHIN_S = 120.0
RESTART_PAUSE_S = 1.5
"""As the units do it: WatchdogSec, TimeoutStartSec, and less than RestartSec."""

MALLOC = {
    "MALLOC_ARENA_MAX": "2",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}
"""As systemd/kiosk-.service.d sets it, with the reason."""


class ChildFailed(KioskError):
    """A service did not come up; its own sentence stands above this one."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"{name} could not start; everything is stopped again.")


def _notify_socket() -> socket.socket:
    """Receives what a child would send to systemd; never waits for it."""
    channel = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    channel.settimeout(0)
    return channel


@dataclass
class Child:
    """One service: how to start it, and how it is doing."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    takes_keyboard: bool = False
    ready: bool = False
    proven: bool = False
    start_at_s: float = 0.0
    heard_s: float = 0.0
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    notify_socket: socket.socket = field(default_factory=_notify_socket)

    def start(self) -> None:
        """Start it; the kernel ends it if this process dies first."""
        address = f"radhaus-{os.getpid()}-{self.name}"
        if not self.notify_socket.getsockname():
            self.notify_socket.bind(f"\0{address}")
        self.process = subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, "-m", "kiosk", *self.command],
            env={**MALLOC, **self.environment, **_notify(f"@{address}")},
            stdin=None if self.takes_keyboard else subprocess.DEVNULL,
        )
        self.ready, self.heard_s = False, time.monotonic()

    @property
    def hangs_at_s(self) -> float:
        """When it counts as hung, if nothing more is heard of it."""
        return self.heard_s + (HUNG_AFTER_S if self.ready else START_WITHIN_S)

    def receive_ready(self) -> bool:
        """Whether it has just told that it is ready; a service that once was is proven to work."""
        was_ready = self.ready
        try:
            while True:
                self.ready |= b"READY=1" in self.notify_socket.recv(4096).splitlines()
                self.heard_s = time.monotonic()
        except BlockingIOError:
            self.proven |= self.ready
            return self.ready and not was_ready


def _notify(address: str) -> dict[str, str]:
    return {"NOTIFY_SOCKET": address, "WATCHDOG_USEC": str(int(HUNG_AFTER_S * 1_000_000))}


def run_children(
    children: Sequence[Child],
    report: Callable[[str], None],
    check: Callable[[], None] | None = None,
) -> None:
    """Keep them running until SIGTERM or Ctrl-C. Raises `ChildFailed`, and what `check` raises."""
    asked_to_stop = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked_to_stop
        asked_to_stop = True

    signalled, signalling = socket.socketpair(type=socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
    signal.set_wakeup_fd(signalling.fileno(), warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # without a handler it would not end the wait
    try:
        while not asked_to_stop:
            if check:
                check()
            for child in children:
                _supervise(child, report)
            select.select(
                [signalled, *(child.notify_socket for child in children)], [], [], _rest_s(children)
            )
            with suppress(BlockingIOError):
                signalled.recv(1)
    finally:
        signal.set_wakeup_fd(-1)
        _stop_all(children)


def _rest_s(children: Sequence[Child]) -> float:
    """How long there is nothing to do for those that run, and none to start again."""
    due_s = [child.hangs_at_s if child.process else child.start_at_s for child in children]
    return max(0.0, min([LOOK_EVERY_S, *(at_s - time.monotonic() for at_s in due_s)]))


def _supervise(child: Child, report: Callable[[str], None]) -> None:
    if child.receive_ready():
        report(f"{child.name} is ready.")
    if child.process is None:
        if time.monotonic() >= child.start_at_s:
            child.start()
    elif child.process.poll() is not None:
        if not child.proven:
            raise ChildFailed(child.name)
        report(f"{child.name} ended ({child.process.returncode}) and is started again.")
        child.process, child.start_at_s = None, time.monotonic() + RESTART_PAUSE_S
    elif time.monotonic() >= child.hangs_at_s:
        report(f"{child.name} hangs: nothing was heard of it any more.")
        child.process.kill()
        child.process.wait()


def _stop_all(children: Sequence[Child]) -> None:
    running = [
        child.process for child in children if child.process and child.process.poll() is None
    ]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + GRACE_S
    for process in running:
        try:
            process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
