"""Validation of imported appointments against the profile and the rest of their file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kiosk.domain.appointment import Booking
from kiosk.domain.appointment_code import FEWEST_DIGITS, MOST_DIGITS, parse_code
from kiosk.domain.ids import TopicId
from kiosk.domain.timetable import HORIZON
from kiosk.files.appointments.topics import TopicIndex, UnclearTopic
from kiosk.files.faults import MOST_FAULTS, FaultCollector
from kiosk.files.name_index import UNKNOWN_STOP, NameIndex, UnknownName
from kiosk.files.sentences import RIGHT_FILE, RIGHT_YEAR, Sentence, quoted

if TYPE_CHECKING:
    from datetime import date

    from kiosk.domain.ids import StopId
    from kiosk.domain.profile import Profile

MOST_APPOINTMENTS = 4000

_TOO_MANY: Final = Sentence(
    "holds more than {most} appointments, too many for one bus",
    "enthält mehr als {most} Termine, zu viele für einen Bus",
)
_FEWER_DAYS: Final = Sentence("export fewer days", "exportieren Sie weniger Tage")
_EMPTY: Final = Sentence("has no appointments", "enthält keine Termine")
_EMPTY_FROM_TODAY: Final = Sentence(
    "has no appointments from today ({today}) on", "enthält keine Termine ab heute ({today})"
)
_NO_CODE: Final = Sentence("{code} is no code", "{code} ist kein Code")
_CODE_DIGITS: Final = Sentence(
    "a code has {fewest} to {most} digits; leave it empty, and this box draws one",
    "ein Code hat {fewest} bis {most} Ziffern; leer gelassen, zieht das Gerät einen",
)
_ZEROS_LOST: Final = Sentence(
    "a code has {fewest} to {most} digits; did the spreadsheet drop its zeros?"
    " Format the column as text",
    "ein Code hat {fewest} bis {most} Ziffern; hat die Tabelle Nullen am Anfang verloren?"
    " Formatieren Sie die Spalte als Text",
)
_SAME_CODE: Final = Sentence("line {line} has the same code", "Zeile {line} hat denselben Code")
_OWN_CODE: Final = Sentence(
    "give each appointment its own code", "geben Sie jedem Termin einen eigenen Code"
)
_TOO_FAR: Final = Sentence(
    "that is more than {months} months ahead", "das liegt mehr als {months} Monate voraus"
)
_APPOINTMENT: Final = Sentence("appointment", "Termin")
_APPOINTMENT_ON: Final = Sentence("appointment on {day} at {hour}", "Termin am {day} um {hour} Uhr")


@dataclass(frozen=True, slots=True)
class AppointmentDraft:
    """One appointment as it is written; `begins` is local time, all else still words.

    `begins` is None where it could not be read; then the words are only checked. `origin` is what
    the file calls it, where it does. What is `withdrawn` by its envelope need say no more than
    which one it is.
    """

    line: int
    begins: datetime | None
    topics: tuple[str, ...]
    place: str = ""
    code: str = ""
    cancelled: bool = False
    origin: str = ""
    withdrawn: bool = False
    sequence: int | None = None


@dataclass(frozen=True, slots=True)
class AppointmentFile:
    """A file that can be imported.

    `past` counts its appointments before today, `all_day` the events that have no time, such as
    holidays, and so are no appointments. A file that is not `whole` tells changes alone; `remarks`
    name what is left out.
    """

    source: str
    bookings: tuple[Booking, ...]
    past: int = 0
    all_day: int = 0
    remarks: tuple[Sentence, ...] = ()
    whole: bool = True


class AppointmentReader(FaultCollector):
    """Collects the appointments of one file, and everything that is wrong with it.

    Its messages name lines and times, never titles: a title may be the name of a person.
    """

    def __init__(self, source: str, profile: Profile, today: date) -> None:
        super().__init__(today)
        self.source = source
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
        if draft.withdrawn and begins:
            self._withdraw(draft, begins)
            return
        topic, place = self._topic(draft), self._stop(draft)
        code, timely = self._code(draft), self._timely(draft)
        if begins and topic is not None and place and code is not None and timely:
            time = begins.astimezone(UTC)
            stop = place.stop
            origin = draft.origin or self.counted(f"{time.isoformat()} {topic} {stop}")
            self._bookings.append(
                Booking(
                    time,
                    topic,
                    stop,
                    code or None,
                    origin,
                    cancelled=draft.cancelled,
                    sequence=draft.sequence,
                )
            )

    def finish(self) -> None:
        """At the end of the file."""
        if len(self._bookings) > MOST_APPOINTMENTS:
            self.add_fault(0, _TOO_MANY.of(most=MOST_APPOINTMENTS), _FEWER_DAYS)
        elif not self._bookings and not self.found:
            empty = _EMPTY_FROM_TODAY.of(today=self.today) if self._past else _EMPTY
            self.add_fault(0, empty, RIGHT_FILE)

    def result(self) -> AppointmentFile:
        """What was read, if it was faultless."""
        return AppointmentFile(
            self.source,
            tuple(self._bookings),
            self._past,
            self.all_day,
            tuple(self.remarks),
            whole=not self.changes_only,
        )

    def _withdraw(self, draft: AppointmentDraft, begins: datetime) -> None:
        """The envelope says which one; whatever else it says of it does not matter."""
        code = self._code(draft)
        if code is not None:
            booking = Booking(
                begins.astimezone(UTC),
                TopicId(""),
                None,
                code or None,
                draft.origin,
                cancelled=True,
                sequence=draft.sequence,
            )
            self._bookings.append(replace(booking, withdrawn_in_line=draft.line))

    def counted(self, alike: str) -> str:
        """Two equal rows are two people: the first and the second of them."""
        self._alike[alike] = self._alike.get(alike, 0) + 1
        return f"{alike} {self._alike[alike]}"

    def _topic(self, draft: AppointmentDraft) -> TopicId | None:
        try:
            return self._topics.topic(draft.topics)
        except UnclearTopic as fault:
            self.add_fault(draft.line, fault.what.about(_named(draft)), fault.suggestion)
            return None

    def _stop(self, draft: AppointmentDraft) -> _Place | None:
        if not draft.place.strip():
            return _Place(None)
        try:
            return _Place(self._stops.stop(draft.place))
        except UnknownName as unknown:
            what = UNKNOWN_STOP.of(name=quoted(unknown.name))
            self.add_fault(draft.line, what.about(_named(draft)), unknown.suggestion)
            return None

    def _code(self, draft: AppointmentDraft) -> str | None:
        """The digits, empty where none are given; None for a fault."""
        if not draft.code.strip():
            return ""
        code = parse_code(draft.code)
        if code is None:
            what = _NO_CODE.of(code=quoted(draft.code))
            zeros = draft.code.strip().isdecimal() and len(draft.code.strip()) < FEWEST_DIGITS
            remedy = (_ZEROS_LOST if zeros else _CODE_DIGITS).of(
                fewest=FEWEST_DIGITS, most=MOST_DIGITS
            )
            self.add_fault(draft.line, what.about(_named(draft)), remedy)
            return None
        number = code.lstrip("0")  # a spreadsheet may have dropped them: they tell nothing apart
        if number in self._line_of:
            what = _SAME_CODE.of(line=self._line_of[number])
            self.add_fault(draft.line, what.about(_named(draft)), _OWN_CODE)
            return None
        self._line_of[number] = draft.line
        return code

    def _timely(self, draft: AppointmentDraft) -> bool:
        if draft.begins is None or draft.begins.date() <= self.until:
            return True
        what = _TOO_FAR.of(months=HORIZON.days // 30)
        self.add_fault(draft.line, what.about(_named(draft)), RIGHT_YEAR)
        return False


@dataclass(frozen=True, slots=True)
class _Place:
    stop: StopId | None


def _named(draft: AppointmentDraft) -> Sentence:
    if draft.begins is None:
        return _APPOINTMENT
    return _APPOINTMENT_ON.of(day=draft.begins.date(), hour=f"{draft.begins:%H:%M}")
