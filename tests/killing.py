"""Kills at random moments: a program imports once, and its work runs in a child for each kill."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TURNS = """
import json, os, select, signal, sys
for line in sys.stdin:
    seconds, *words = json.loads(line)
    began, begin = os.pipe()
    if not (child := os.fork()):
        work(*sys.argv[1:], *words, begun=lambda: os.write(begin, b"."))
        os._exit(0)
    os.close(begin)
    os.read(began, 1)
    os.close(began)
    ended = os.pidfd_open(child)
    select.select([ended], [], [], seconds)
    os.close(ended)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print("killed" if os.WIFSIGNALED(status) else f"exit {os.WEXITSTATUS(status)}", flush=True)
"""
"""A child that raises an exception goes up through the loop and ends with 1."""


@contextmanager
def killing(program: str, *arguments: object) -> Iterator[Callable[..., bool]]:
    """Gives a function that lets `work` of the program run so long; whether the kill met it.

    What more it is given goes to `work` too, and `begun`, from which on the seconds count.
    Work that was over before must have ended well.
    """
    words = [sys.executable, "-c", program + _TURNS, *map(str, arguments)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield lambda seconds, *more: _kill_after(process, seconds, *map(str, more))
        assert process.stdin
        process.stdin.close()


def _kill_after(process: subprocess.Popen[str], seconds: float, *words: str) -> bool:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps([seconds, *words]) + "\n")
    process.stdin.flush()
    answer = process.stdout.readline()
    assert answer in {"killed\n", "exit 0\n"}, answer
    return answer == "killed\n"
