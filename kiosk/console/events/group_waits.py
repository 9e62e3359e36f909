"""Cache of the estimated wait by topic group, valid until something happens.

Estimating it takes milliseconds of CPU on a crowded day, and many may ask at once.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import GroupId
    from kiosk.domain.moment import Moment
    from kiosk.service.waiting import Forecast, Minutes

REFRESH_S: Final = 30.0


@dataclass
class GroupWaits:
    """The last answer, and the public event and moment to which it belongs.

    What the public does not hear of changes nothing, so that nobody can tell when it happened.
    """

    _turn: threading.Lock = field(default_factory=threading.Lock)
    _event: int = -1
    _sent: Moment | None = None
    _waits: Mapping[GroupId, Minutes] = field(default_factory=dict)

    def stale(self, event: int, now: Moment) -> bool:
        """Whether a forecast is needed for the waits as of that event."""
        age_s = now.seconds_since(self._sent) if self._sent else None
        return event != self._event or age_s is None or age_s > REFRESH_S

    def at(self, event: int, now: Moment, forecast: Forecast | None) -> Mapping[GroupId, Minutes]:
        """The ranges by topic group as of that event; unknown ones are left out."""
        with self._turn:
            if forecast and self.stale(event, now):
                self._waits = forecast.of_groups()
                self._event, self._sent = event, now
            return self._waits
