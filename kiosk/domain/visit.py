"""One deployment at a stop, opened and closed by people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.domain.ids import StopId, TopicId, VisitId
    from kiosk.domain.moment import Moment


@dataclass(frozen=True, slots=True)
class Visit:
    """The open visit: where, since when, and the topics that are offered."""

    id: VisitId
    stop: StopId
    topics: tuple[TopicId, ...]
    opened: Moment
