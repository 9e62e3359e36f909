"""Validation of imported appointments against the profile and the rest of their file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kiosk.domain.appointment import Booking
from kiosk.domain.appointment_code import FEWEST_DIGITS, MOST_DIGITS, parse_code
from kiosk.domain.timetable import HORIZON
from kiosk.files.appointments.topics import TopicIndex, UnclearTopic
from kiosk.files.faults import MOST_FAULTS, FaultCollector
from kiosk.files.name_index import NameIndex, UnknownName

if TYPE_CHECKING:
    from datetime import date

    from kiosk.domain.ids import StopId, TopicId
    from kiosk.domain.profile import Profile

MOST_APPOINTMENTS = 4000

_LONGEST_ECHO = 60


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """One appointment as it is written; `begins` is local time, all else still words.

    `begins` is None where it could not be read; then the words are only checked. `origin` is what
    the file calls it, where it does.
    """

    line: int
    begins: datetime | None
    topics: tuple[str, ...]
    place: str = ""
    code: str = ""
    cancelled: bool = False
    origin: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentFile:
    """A file that can be imported.

    `past` counts its appointments before today, `all_day` the events that have no time, such as
    holidays, and so are no appointments.
    """

    bookings: tuple[Booking, ...]
    past: int
    all_day: int


class AppointmentReader(FaultCollector):
    """Collects the appointments of one file, and everything that is wrong with it.

    Its messages name lines and times, never titles: a title may be the name of a person.
    """

    def __init__(self, profile: Profile, today: date) -> None:
        super().__init__(today)
        self._stops, self._topics = NameIndex(profile), TopicIndex(profile)
        self._bookings: list[Booking] = []
        self._past = 0
        self.all_day = 0
        self._line_of: dict[str, int] = {}
        self._alike: dict[str, int] = {}

    @property
    def full(self) -> bool:
        """Whether a limit is reached: of appointments, or of faults."""
        return len(self._bookings) > MOST_APPOINTMENTS or len(self.found) >= MOST_FAULTS

    def take(self, draft: AppointmentDraft) -> None:
        """Hold a draft against the profile: it becomes a booking, or a fault."""
        begins = draft.begins
        if begins and begins.date() < self.today:
            self._past += 1
            return
        topic, place = self._topic(draft), self._stop(draft)
        code, timely = self._code(draft), self._timely(draft)
        if begins and topic is not None and place and code is not None and timely:
            time = begins.astimezone(UTC)
            stop = place.stop
            origin = draft.origin or self._counted(f"{time.isoformat()} {topic} {stop}")
            self._bookings.append(
                Booking(time, topic, stop, code or None, origin, cancelled=draft.cancelled)
            )

    def finish(self) -> None:
        """At the end of the file."""
        if len(self._bookings) > MOST_APPOINTMENTS:
            what = f"holds more than {MOST_APPOINTMENTS} appointments, too many for one bus"
            self.add_fault(0, what, "export fewer days")
        elif not self._bookings and not self.found:
            when = f" from today ({self.today.isoformat()}) on" if self._past else ""
            self.add_fault(0, f"has no appointments{when}", "is it the right file?")

    def result(self) -> AppointmentFile:
        """What was read, if it was faultless."""
        return AppointmentFile(tuple(self._bookings), self._past, self.all_day)

    def _counted(self, alike: str) -> str:
        """Two equal rows are two people: the first and the second of them."""
        self._alike[alike] = self._alike.get(alike, 0) + 1
        return f"{alike} {self._alike[alike]}"

    def _topic(self, draft: AppointmentDraft) -> TopicId | None:
        try:
            return self._topics.topic(draft.topics)
        except UnclearTopic as fault:
            self.add_fault(draft.line, f"{_named(draft)}: {fault.what}", fault.suggestion)
            return None

    def _stop(self, draft: AppointmentDraft) -> _Place | None:
        if not draft.place.strip():
            return _Place(None)
        try:
            return _Place(self._stops.stop(draft.place))
        except UnknownName as unknown:
            what = f"{_named(draft)}: there is no stop {_quoted(unknown.name)}"
            self.add_fault(draft.line, what, unknown.suggestion)
            return None

    def _code(self, draft: AppointmentDraft) -> str | None:
        """The digits, empty where none are given; None for a fault."""
        if not draft.code.strip():
            return ""
        code = parse_code(draft.code)
        if code is None:
            what = f"{_named(draft)}: {_quoted(draft.code)} is no code"
            advice = f"a code has {FEWEST_DIGITS} to {MOST_DIGITS} digits"
            self.add_fault(draft.line, what, f"{advice}; leave it empty, and this device draws one")
            return None
        if code in self._line_of:
            what = f"{_named(draft)}: line {self._line_of[code]} has the same code"
            self.add_fault(draft.line, what, "give each appointment its own code")
            return None
        self._line_of[code] = draft.line
        return code

    def _timely(self, draft: AppointmentDraft) -> bool:
        if draft.begins is None or draft.begins.date() <= self.until:
            return True
        what = f"{_named(draft)}: that is more than {HORIZON.days // 30} months ahead"
        self.add_fault(draft.line, what, "is the year right?")
        return False


@dataclass(frozen=True, slots=True)
class _Place:
    stop: StopId | None


def _named(draft: AppointmentDraft) -> str:
    return f"appointment on {draft.begins:%Y-%m-%d at %H:%M}" if draft.begins else "appointment"


def _quoted(text: str) -> str:
    """What stands in a file, short and on one line."""
    shown = " ".join(text.split())
    return f'"{shown[:_LONGEST_ECHO]}…"' if len(shown) > _LONGEST_ECHO else f'"{shown}"'
