"""Which IPv4 addresses the machine has, by the kernel's routes."""

from __future__ import annotations

import re
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_LOCAL: Final = re.compile(r"\|-- ([\d.]+)\n(?: +/(?!32).*\n)* +/32 host LOCAL$", re.MULTILINE)


def own_addresses(root: Path) -> set[IPv4Address] | None:
    """Those of interfaces that are up; None where the kernel does not tell."""
    try:
        routes = (root / "proc/self/net/fib_trie").read_text(encoding="ascii")
    except OSError:
        return None
    return {IPv4Address(found) for found in _LOCAL.findall(routes)}
