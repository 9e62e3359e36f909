"""Zygote: one process imports what many short lives need, and forks each of them warm.

A test that kills processes again and again would spend its time on their imports, and most of its
kills would hit those. Where nothing is heard of a life, `tests.killing` is enough.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

# Each order brings a pipe: the child's stdout, which ends when the child does.
_FORKS = """
import json, os, signal, socket, sys, traceback
signal.signal(signal.SIGCHLD, lambda *_: os.waitpid(-1, os.WNOHANG))
orders = socket.socket(fileno=int(sys.argv[1]))
while True:
    order, pipes, _, _ = socket.recv_fds(orders, 65536, 1)
    if not order:
        break
    if (child := os.fork()) == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        orders.close()
        os.dup2(pipes[0], 1)
        os.close(pipes[0])
        try:
            main(*json.loads(order))
        except Exception:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(pipes[0])
    orders.send(str(child).encode())
"""


@dataclass(frozen=True, slots=True)
class Life:
    """A forked process, and what it says."""

    pid: int
    stdout: IO[str]

    def kill(self) -> list[str]:
        """`kill -9`; the whole lines that it wrote and that are unread."""
        os.kill(self.pid, signal.SIGKILL)
        said = self.stdout.read().splitlines(keepends=True)
        return [line.rstrip("\n") for line in said if line.endswith("\n")]

    def next_line(self) -> str:
        """Waits for it; an error if the process ends before."""
        line = self.stdout.readline()
        assert line, "the process has ended"
        return line.rstrip("\n")


@dataclass
class Zygote:
    """Runs `program`, which defines `main(*words)`; each life calls it."""

    program: str
    _leaving: ExitStack = field(default_factory=ExitStack)

    def __enter__(self) -> Self:
        self._orders, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        words = [sys.executable, "-c", self.program + _FORKS, str(theirs.fileno())]
        with theirs:
            process = subprocess.Popen(words, pass_fds=[theirs.fileno()])
        self._leaving.enter_context(process)
        self._leaving.callback(self._orders.close)  # without orders it ends
        return self

    def __exit__(self, *_: object) -> None:
        self._leaving.close()

    @contextmanager
    def life(self, *words: object) -> Iterator[Life]:
        """A child at work; its caller ends it, or waits for its last line."""
        ours, theirs = os.pipe()
        with os.fdopen(ours, encoding="utf-8") as stdout:
            order = json.dumps([str(word) for word in words]).encode()
            socket.send_fds(self._orders, [order], [theirs])
            os.close(theirs)
            pid = self._orders.recv(64)
            assert pid, "the zygote has ended"
            yield Life(int(pid), stdout)
