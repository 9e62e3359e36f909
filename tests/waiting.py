"""Polling with a timeout, the one way in which tests wait."""

import os
import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_S = 180.0 * float(os.environ.get("RADHAUS_PATIENCE", "1"))
"""A shared machine is slow now and then; a failing test waits so long once. An emulated one is
slower by the factor RADHAUS_PATIENCE."""

SHORTEST_PAUSE_S, LONGEST_PAUSE_S = 0.02, 0.25
PAUSE_SHARE = 0.1
"""Of what was waited so far: a look may cost a page or a process, and waits may be long."""

Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None], what: str = "what this line looks for") -> Found:
    """What `look` gives as soon as it is something true."""
    began_s = time.monotonic()
    while (waited_s := time.monotonic() - began_s) < PATIENCE_S:
        if found := look():
            return found
        time.sleep(min(max(SHORTEST_PAUSE_S, PAUSE_SHARE * waited_s), LONGEST_PAUSE_S))
    message = f"This never came: {what}."
    raise AssertionError(message)
