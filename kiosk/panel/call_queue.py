"""Queue of calls for the loudspeaker; one that has waited too long is dropped."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import TicketId
    from kiosk.domain.moment import Moment
    from kiosk.service.queue_view import Call

CALL_MAX_AGE_S = 30.0
"""A call that has waited longer for its turn is not spoken any more."""

MOST_OF_ONE = 2
"""Two quick recalls ring twice; a key that is held down does not starve the other calls."""


class CallQueue:
    """Filled by the thread that follows the journal, emptied by the loudspeaker's."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Call] = []
        self._sounding: Call | None = None

    def add(self, call: Call) -> None:
        """To the end; of too many for one person the oldest goes."""
        with self._lock:
            same = [one for one in self._waiting if one.ticket == call.ticket]
            if len(same) >= MOST_OF_ONE:
                self._waiting.remove(same[0])
            self._waiting.append(call)

    def take(self, now: Moment) -> Call | None:
        """The next one that is not too old; None when there is none."""
        with self._lock:
            self._sounding = None
            while self._waiting and self._sounding is None:
                call = self._waiting.pop(0)
                age_s = now.seconds_since(call.moment)
                if age_s is not None and age_s <= CALL_MAX_AGE_S:
                    self._sounding = call
            return self._sounding

    def wants(self, call: Call) -> bool:
        """Whether the call that was taken last should go on."""
        return self._sounding is call

    def drop(self, ticket: TicketId) -> None:
        """That person is not called any more: has come, or it was a mistake."""
        with self._lock:
            self._waiting = [call for call in self._waiting if call.ticket != ticket]
            if self._sounding and self._sounding.ticket == ticket:
                self._sounding = None

    def clear(self) -> None:
        with self._lock:
            self._waiting, self._sounding = [], None
