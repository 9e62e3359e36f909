"""Kinds of undoable steps of a desk, as the undo log records them."""

from enum import StrEnum


class UndoKind(StrEnum):
    """What a desk did; its value stands in the undo log until the visit ends."""

    NEXT = "next"
    CALL = "call"
    START = "start"
    FINISH = "finish"
    MISS = "miss"
    PARK = "park"
    TRANSFER = "transfer"
    WITHDRAW = "withdraw"
    PRIORITY = "priority"
    PUT_BACK = "put_back"
    TOPIC = "topic"
    AMEND = "amend"
    TAKE = "take"
    CHECK_IN = "check_in"
    COUNT = "count"
    IMPORT = "import"


CALLING = frozenset({UndoKind.NEXT, UndoKind.CALL})
"""What puts a number on the call display."""
