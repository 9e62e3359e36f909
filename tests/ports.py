"""Ports for servers of tests, which nothing else takes between the choice and the start."""

import socket
from collections.abc import Iterator
from itertools import count
from pathlib import Path

_FIRST = 20_000
_RANGE = Path("/proc/sys/net/ipv4/ip_local_port_range")


def free_port() -> int:
    """Another one each time, and of no other test run either as long as this process lives.

    It lies below those that the kernel hands out: else any connection of another test may take it
    first, or one that is refused may reach itself.
    """
    return next(port for port in _CANDIDATES if _reserve(port) and _is_free(port))


def _candidates() -> Iterator[int]:
    handed_out = int(_RANGE.read_text().split()[0])
    for number in count():
        yield _FIRST + number % (handed_out - _FIRST)


def _reserve(port: int) -> bool:
    """A name in the kernel, of this network alone, that ends with the process."""
    with socket.socket(socket.AF_UNIX) as name:
        try:
            name.bind(f"\0radhaus-test-port-{port}")
        except OSError:
            return False
        name.detach()
    return True


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("", port))
        except OSError:
            return False
    return True


_CANDIDATES = _candidates()
