"""Key of a period's draw: the salts of its months, each made with the first count of its month.

They stand beside the exact counters: a restored copy of the file draws the same again, a closing
after a crash too. They go with the counters, and no key follows from another: an attacker
with the box, or with a backup from before, cannot draw the same and compare.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from kiosk.store import draw_salts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.store.database import Connection


def draw_key(connection: Connection, months: Iterable[str]) -> bytes:
    """The key with which these months are rounded together."""
    return hashlib.sha256(b"".join(draw_salts.of(connection, months))).digest()
