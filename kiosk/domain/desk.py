"""A desk as it works today: the profile says how it begins, staff change it during the day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import DeskId, TopicId


@dataclass(frozen=True, slots=True)
class DeskState:
    """What a desk handles now.

    `at_work` says that somebody sits there and calls, `wants_help` that they ask a colleague over,
    `in_a_row` how many appointments have been called since the last walk-in (see `queue`).
    """

    id: DeskId
    topics: frozenset[TopicId]
    at_work: bool = False
    wants_help: bool = False
    in_a_row: int = 0
