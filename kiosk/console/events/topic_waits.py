"""What somebody who takes a number now would be told, kept until something happens.

Telling it for all of 15 to 30 topics takes 25 to 40 ms of CPU on a crowded day (40 waiting, 300
called), and many may ask at once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kiosk.service.waiting import Minutes, waits_of_topics

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office

KEPT_S: Final = 30.0


@dataclass
class TopicWaits:
    """The last answer, and the journal entry and moment to which it belongs."""

    _turn: threading.Lock = field(default_factory=threading.Lock)
    _entry: int = -1
    _told: Moment | None = None
    _waits: Mapping[TopicId, Minutes] = field(default_factory=dict)

    def at(self, office: Office, entry: int, now: Moment) -> Mapping[TopicId, Minutes]:
        """The ranges by topic as of that journal entry; unknown ones are left out."""
        with self._turn:
            age_s = now.seconds_since(self._told) if self._told else None
            if entry != self._entry or age_s is None or age_s > KEPT_S:
                self._waits = waits_of_topics(office, now)
                self._entry, self._told = entry, now
            return self._waits
