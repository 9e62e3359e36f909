"""Record of a talk: what cities and Länder count, and nothing about the person."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from kiosk.domain.errors import PersonsOutOfRange, TooManyTopics
from kiosk.domain.outcome import NOT_RECORDED

if TYPE_CHECKING:
    from kiosk.domain.ids import OfferId, OutcomeId, PartnerId, TopicId

MOST_PERSONS = 20
MOST_FURTHER = 5
"""Further topics of one talk: no person weighs more than this in what is published of them."""


class Advice(StrEnum):
    """How far the talk went."""

    SHORT = "short"
    FULL = "full"


class Occasion(StrEnum):
    """Whether the person has been here about the same matter before."""

    FIRST = "first"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Record:
    """One talk. `referral` is an advice offer or a partner; None is what staff left out.

    `items` are those of the profile that staff said, each with its choice. `further` are the topics
    that the talk was about beside the person's own.
    """

    outcome: OutcomeId
    referral: OfferId | PartnerId | None = None
    advice: Advice | None = None
    occasion: Occasion | None = None
    persons: int | None = None
    interpreter: bool | None = None
    items: tuple[tuple[str, str], ...] = ()
    further: tuple[TopicId, ...] = ()

    def __post_init__(self) -> None:
        if self.persons is not None and not 1 <= self.persons <= MOST_PERSONS:
            raise PersonsOutOfRange(self.persons, MOST_PERSONS)
        if len(self.further) > MOST_FURTHER:
            raise TooManyTopics(len(self.further), MOST_FURTHER)

    def after(self, earlier: Record | None) -> Record:
        """The record of a further talk: without an outcome, what was said of the `earlier` holds.

        So a call back that was promised stays promised when staff go on without a word.
        """
        if earlier is None or self.outcome != NOT_RECORDED:
            return self
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        del values["outcome"]
        said = {name: value for name, value in values.items() if value not in {None, ()}}
        return replace(earlier, **said)

    def as_text(self) -> str:
        """The form in which a record is stored."""
        return json.dumps({each.name: getattr(self, each.name) for each in fields(self)})

    @classmethod
    @lru_cache(maxsize=256)  # hundreds are read at each tap, and few differ
    def from_text(cls, text: str) -> Record:
        """Read what `as_text` wrote."""
        values = json.loads(text)
        values["advice"] = values["advice"] and Advice(values["advice"])
        values["occasion"] = values["occasion"] and Occasion(values["occasion"])
        values["items"] = tuple((item, choice) for item, choice in values.get("items", ()))
        values["further"] = tuple(values.get("further", ()))
        return cls(**values)


NO_RECORD = Record(NOT_RECORDED)
"""Staff went on to the next person without saying how the talk ended."""
