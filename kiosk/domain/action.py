"""Kinds of actions of a desk, as the undo log keeps them."""

from enum import StrEnum


class ActionKind(StrEnum):
    """The name under which an action is kept until the visit ends."""

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


CALLING = frozenset({ActionKind.NEXT, ActionKind.CALL})
"""What puts a number on the call display."""
