"""State of a desk: the profile says how it begins, staff change it during the visit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import DeskId, TopicId


@dataclass(frozen=True, slots=True)
class DeskState:
    """What a desk handles now.

    `at_work` says that a clerk sits there and calls, `wants_help` that a colleague is asked over,
    `in_a_row` how many appointments have been called since the last walk-in (see `queue`).
    """

    id: DeskId
    topics: frozenset[TopicId]
    at_work: bool = False
    wants_help: bool = False
    in_a_row: int = 0
