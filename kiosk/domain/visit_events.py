"""Events of the visit itself that the journal records: opened, closed, opened again, counted."""

from dataclasses import dataclass

from kiosk.domain.events import Event
from kiosk.domain.ids import DeskId, StopId, VisitId


@dataclass(frozen=True, slots=True)
class VisitOpened(Event):
    """The bus is open: numbers are given."""

    visit: VisitId
    stop: StopId


@dataclass(frozen=True, slots=True)
class VisitClosed(Event):
    """The day is over; `desk` is where staff closed it. One for `practice` counted nothing."""

    visit: VisitId
    stop: StopId
    desk: DeskId | None = None
    practice: bool = False


@dataclass(frozen=True, slots=True)
class VisitReopened(Event):
    """Closing was taken back; `desk` is where staff did it."""

    visit: VisitId
    stop: StopId
    desk: DeskId | None = None


@dataclass(frozen=True, slots=True)
class VisitCounted(Event):
    """The rows of a closed visit have become counts: it cannot be opened again."""

    visit: VisitId
    stop: StopId
