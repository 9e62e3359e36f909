"""Survey questions that wait for an answer on phones. In memory alone, and of no ticket.

The page of a ticket gives each visitor a random press id, which its form sends with the smiley: so
only the browser that gave one is asked, and the box cannot tell which ticket's it was.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kiosk.domain.ids import FeedbackId, QuestionId

MOST_REMEMBERED: Final = 2000
"""Far more than a visit has talks: what nobody answers is forgotten in time."""

PRESS_ID: Final = re.compile(r"[A-Za-z0-9_-]{16}")
_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class PendingSurvey:
    """A question that followed a smiley of a phone."""

    feedback: FeedbackId
    question: QuestionId


class PendingSurveys:
    """By the press id of the browser that is asked. For the event loop."""

    def __init__(self) -> None:
        self._pending: dict[str, PendingSurvey] = {}

    def __contains__(self, press: str) -> bool:
        return press in self._pending

    def get(self, press: str) -> PendingSurvey | None:
        return self._pending.get(press)

    def add(self, press: str, survey: PendingSurvey) -> None:
        """Ask that browser."""
        self._pending[press] = survey
        if len(self._pending) > MOST_REMEMBERED:
            del self._pending[next(iter(self._pending))]

    def remove(self, press: str) -> None:
        """Ask no longer: it was answered, or cannot be any more."""
        self._pending.pop(press, None)


def new_press_id() -> str:
    """96 random bits, as an address has them."""
    return secrets.token_urlsafe(_BYTES)
