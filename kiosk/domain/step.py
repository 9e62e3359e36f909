"""Kinds of steps of a desk, as the undo log keeps them."""

from enum import StrEnum


class StepKind(StrEnum):
    """The name under which a step is kept until the visit ends."""

    NEXT = "next"
    CALL = "call"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    PARK = "park"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"
    PRIORITY = "priority"
    TAKE = "take"
    CHECK_IN = "check_in"
    COUNT = "count"
    ROLL = "roll"


CALLING = frozenset({StepKind.NEXT, StepKind.CALL})
"""What puts a number on the call display."""
