"""Commit notification: a datagram socket per follower, to which writers send after each commit.

A datagram only wakes; what happened stands in the journal. So one that is lost, refused or merged
with others costs its follower a poll interval, and the writer neither an error nor a wait. The
sockets lie in a folder beside the database, open to those who may write it.
"""

from __future__ import annotations

import logging
import os
import select
import socket
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATAGRAMS = socket.SOCK_DGRAM | socket.SOCK_NONBLOCK
_DRAINED_AT_ONCE = 64

_log = logging.getLogger(__name__)


class CommitSocket:
    """A follower's end. `wait` is for one thread, `interrupt` for any and for signal handlers."""

    def __init__(self, database: Path) -> None:
        self._folder = _folder_of(database)
        self._name = os.urandom(8).hex()
        self._socket: socket.socket | None = None
        self._interrupts, self._interrupting = socket.socketpair(type=_DATAGRAMS)
        self._poll = select.poll()
        self._poll.register(self._interrupts, select.POLLIN)
        self._complained = False

    def wait(self, timeout_s: float | None) -> bool:
        """Sleep until there may be a commit to read; False when interrupted.

        Returns at once when it has just begun to listen: none could announce what was before.
        """
        if not self._listens() and self._listen():
            return True
        ready = [fd for fd, _ in self._poll.poll(None if timeout_s is None else timeout_s * 1000)]
        if self._socket:
            _drain(self._socket)
        if self._interrupts.fileno() not in ready:
            return True
        _drain(self._interrupts)
        return False

    def interrupt(self) -> None:
        """End the wait under way, or else the next one."""
        with suppress(OSError):  # many have, or it is closed meanwhile
            self._interrupting.send(b"\0")

    def close(self) -> None:
        self._stop_listening()
        self._interrupts.close()
        self._interrupting.close()

    def _listens(self) -> bool:
        """Whether writers still find it: the folder may have been emptied or exchanged."""
        return self._socket is not None and (self._folder / self._name).exists()

    def _listen(self) -> bool:
        self._stop_listening()
        listener = socket.socket(socket.AF_UNIX, _DATAGRAMS)
        try:
            self._folder.mkdir(mode=0o770, exist_ok=True)
            with _opened(self._folder) as folder:
                # A writer takes a socket that is not yet bound for a dead one: it appears bound.
                listener.bind(f"/proc/self/fd/{folder}/.{self._name}")
                os.rename(f".{self._name}", self._name, src_dir_fd=folder, dst_dir_fd=folder)
        except OSError as error:
            listener.close()
            if not self._complained:
                _log.warning("Commits are polled for, not heard: %s: %s", self._folder, error)
            self._complained = True
            return False
        self._socket = listener
        self._poll.register(listener, select.POLLIN)
        return True

    def _stop_listening(self) -> None:
        if self._socket:
            self._poll.unregister(self._socket)
            self._socket.close()
            self._socket = None
            with suppress(OSError):
                (self._folder / self._name).unlink(missing_ok=True)


class CommitNotifier:
    """A writer's end. Never waits, and never fails."""

    def __init__(self, database: Path) -> None:
        self._folder = _folder_of(database)
        self._socket = socket.socket(socket.AF_UNIX, _DATAGRAMS)

    def notify(self) -> None:
        with suppress(OSError), _opened(self._folder) as folder, os.scandir(folder) as found:
            for entry in found:
                if not entry.name.startswith("."):
                    _send(self._socket, folder, entry.name)

    def close(self) -> None:
        self._socket.close()


def _drain(receiver: socket.socket) -> None:
    with suppress(BlockingIOError):
        for _ in range(_DRAINED_AT_ONCE):
            receiver.recv(1)


def _send(sender: socket.socket, folder: int, name: str) -> None:
    try:
        sender.sendto(b"\0", f"/proc/self/fd/{folder}/{name}")
    except ConnectionRefusedError:  # its process is dead
        with suppress(OSError):
            os.unlink(name, dir_fd=folder)
    except OSError:  # full: the follower is awake already; forbidden or gone: it polls
        pass


def _folder_of(database: Path) -> Path:
    return database.with_name(database.name + "-followers")


@contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """By handle, because unix(7) allows an address of 107 letters only."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)
