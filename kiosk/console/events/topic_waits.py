"""Cache of the estimated wait by topic, valid until something happens.

Estimating it for all of 15 to 30 topics takes 25 to 40 ms of CPU on a crowded day (40 waiting, 300
called), and many may ask at once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.service.waiting import Forecast, Minutes

KEPT_S: Final = 30.0


@dataclass
class TopicWaits:
    """The last answer, and the journal entry and moment to which it belongs."""

    _turn: threading.Lock = field(default_factory=threading.Lock)
    _entry: int = -1
    _told: Moment | None = None
    _waits: Mapping[TopicId, Minutes] = field(default_factory=dict)

    def stale(self, entry: int, now: Moment) -> bool:
        """Whether a forecast is needed for the waits as of that journal entry."""
        age_s = now.seconds_since(self._told) if self._told else None
        return entry != self._entry or age_s is None or age_s > KEPT_S

    def at(self, entry: int, now: Moment, forecast: Forecast | None) -> Mapping[TopicId, Minutes]:
        """The ranges by topic as of that journal entry; unknown ones are left out."""
        with self._turn:
            if forecast and self.stale(entry, now):
                self._waits = forecast.of_topics()
                self._entry, self._told = entry, now
            return self._waits
