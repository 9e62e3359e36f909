"""Cache of the estimated wait by topic group, valid until something happens.

Estimating it takes 15 ms of CPU with 200 people waiting for one topic, and many may ask at once:
as long as a few seconds have not passed, the wait of before is told.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import GroupId, VisitId
    from kiosk.domain.moment import Moment
    from kiosk.service.wait_forecast import Forecast, Minutes

REFRESH_S: Final = 30.0

LEAST_INTERVAL_S: Final = 3.0
"""So long a range is told however much happens, as on the phones of those who wait."""


@dataclass
class GroupWaits:
    """The last answer, and the public event and moment to which it belongs.

    An event that is not public refreshes nothing, or a change would tell when it happened.
    """

    _turn: threading.Lock = field(default_factory=threading.Lock)
    _event: int = -1
    _visit: VisitId | None = None
    _sent: Moment | None = None
    _waits: Mapping[GroupId, Minutes] = field(default_factory=dict)

    def stale(self, event: int, now: Moment) -> bool:
        """Whether a forecast is needed for the waits as of that event, in the same visit."""
        age_s = now.seconds_since(self._sent) if self._sent else None
        return age_s is None or age_s > (LEAST_INTERVAL_S if event != self._event else REFRESH_S)

    def are_of(self, visit: VisitId) -> bool:
        """Whether they are of that visit, and not of one before."""
        return visit == self._visit

    def at(
        self, visit: VisitId, event: int, now: Moment, forecast: Forecast | None
    ) -> Mapping[GroupId, Minutes]:
        """The ranges by topic group as of that event; unknown ones are left out."""
        with self._turn:
            if forecast and (self.stale(event, now) or not self.are_of(visit)):
                self._waits = forecast.of_groups()
                self._event, self._visit, self._sent = event, visit, now
            return self._waits
