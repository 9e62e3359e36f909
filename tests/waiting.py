"""The one way in which tests wait: look again until it is so, and fail after a deadline."""

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE_S = 60.0
"""A shared machine is slow now and then; whoever waits in vain waits so long once."""

LOOK_AGAIN_S = 0.02

Found = TypeVar("Found")


def eventually(look: Callable[[], Found | None], what: str = "what this line looks for") -> Found:
    """What `look` gives as soon as it is something true."""
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        if found := look():
            return found
        time.sleep(LOOK_AGAIN_S)
    message = f"This never came: {what}."
    raise AssertionError(message)
