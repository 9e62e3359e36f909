"""A day at a desk as scenes for pictures: each page, and each dialog over a busy one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.ids import TopicId
from kiosk.domain.local_time import local_date
from kiosk.domain.outcome import CALL_BACK_PROMISED, RESOLVED
from kiosk.domain.record import Record
from kiosk.files.file_reader import ImportFile
from kiosk.files.timetable import parse_plan
from kiosk.service import desks, smileys, staff, undo_log, visits
from kiosk.service.timetable import import_plan
from kiosk.store import journal
from tests.files.appointments.booked import expect
from tests.town import TownClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.console.box import Box

DESK, OTHER_DESK = "2", "1"
PAGE = f"/staff/desks/{DESK}"
DAY = local_date(TownClock()())
PLAN = """Datum;Standort;Beginn;Ende;Status;Fahrerin
02.12.2026;Schalker Markt;09:00;14:00;;Kaya
05.12.2026;Springemarkt;09:00;14:00;;Kaya
09.12.2026;Schalker Markt;09:00;13:00;entfällt;
"""
BEFORE = "Datum;Standort;Beginn;Ende\n" + "".join(
    f"{day}.12.2026;Schalker Markt;09:00;13:00\n" for day in ("02", "09", "16")
)
BROKEN = "Datum;Standort;Beginn;Ende\n31.02.2026;Schalker Markt;09:00;13:00\n05.12.2026;Mars;9;13\n"
CODE, LATER_CODE = "47110815", "47110816"

EARLY = (("bafoeg", "tr"), ("arbeit-finden", "de"), ("wohngeld", "de"), ("ausbildung", "en"))
LATER = (
    ("weiterbildung", "de-x-ls"),
    ("einbuergerung", "ar"),
    ("minijob-und-teilzeit", "de"),
    ("schulsystem", "tr"),
    ("hilfe-im-alter", "de"),
    ("orientierung", "de"),
)
WITH_PRIORITY = ("hilfe-im-alter", "wohngeld")


@dataclass(frozen=True, slots=True)
class Scene:
    """A page worth a picture: what can be read on it, which buttons are pressed then.

    `filled` has what is put into which field before the last press, `dialog` is what opens.
    """

    name: str
    path: str
    text: str
    opens: tuple[str, ...] = ()
    dialog: str = ""
    filled: dict[str, str] = field(default_factory=dict)


def _over(name: str, *opens: str, **filled: str) -> Scene:
    """A dialog over the busy desk; what follows a dash in its name is its state."""
    fields = {f"[name={name}]": value for name, value in filled.items()}
    return Scene(f"dialog-{name}", PAGE, "Geparkt", opens, name.partition("-")[0], fields)


_DAY, _DESK = "#open-day", "#open-desk"
_APPOINTMENTS = (_DAY, "#open-appointments")

DIALOGS = (
    _over("transfer", "#open-transfer"),
    _over("further", "#open-further"),
    _over("refer", "#page-referred"),
    _over("book", "#page-appointment_made"),
    _over("take", "#open-take"),
    _over("count", "#open-count"),
    _over("ended", "#open-ended"),
    _over("ticket-ended", "#open-ended", "#ended .whose"),
    _over("amend", "#open-ended", "#ended .whose", "#amend-record"),
    _over("phrases", "#open-phrases"),
    _over("ticket", "tr .whose"),
    _over("topic", "tr .whose", "#change-topic"),
    _over("ticket-parked", ".chip[data-ticket]"),
    _over("desk", _DESK),
    _over("topics", _DESK, "#open-topics"),
    _over("volume", _DESK, "#open-volume"),
    _over("keys", _DESK, "#open-keys"),
    _over("day", _DAY),
    _over("devices", "#open-devices"),
    _over("appointments", *_APPOINTMENTS),
    _over("book-telephone", *_APPOINTMENTS, "[data-open=book] button", topic="wohngeld"),
    _over("appointment", *_APPOINTMENTS, "[data-open=appointment] button", code=LATER_CODE),
    _over("appointment-unknown", *_APPOINTMENTS, "[data-open=appointment] button", code="12345"),
    _over("call_backs", _DAY, "#open-call_backs"),
    _over("contingents", _DAY, "#open-contingents"),
    _over("offered", _DAY, "#open-offered"),
    _over("roll", _DAY, "#open-roll"),
    _over("close", _DAY, "#open-close"),
)


def day(box: Box) -> Iterator[Scene]:
    """A morning at the second desk; it goes on when a picture has been taken."""
    plan = parse_plan(ImportFile(Path("alt.csv"), BEFORE.encode()), box.office.profile, DAY)
    import_plan(box.office, plan, box.clock())
    yield Scene("desk-closed", PAGE, "Es ist kein Einsatz geöffnet.")
    visits.open_visit(box.office, None, None, box.clock(), practice=True)
    yield Scene("desk-practice", PAGE, "Übung: nichts zählt")
    box.close_visit()
    box.open_visit()
    yield Scene("desk-empty", PAGE, "Niemand wartet")
    yield Scene("display-idle", "/display", "Ihre Nummer erscheint hier.")
    arrive(box, EARLY)
    staff.call_next(box.office, DESK, box.clock())
    yield Scene("desk-called", PAGE, "Aufgerufen")
    yield Scene("display-call", "/display", "Bitte kommen Sie")
    staff.start(box.office, DESK, box.clock())
    box.clock.pass_s(4 * 60)
    yield Scene("desk-serving", PAGE, "Wird bedient seit")
    yield Scene("phrases-turkish", PAGE, "Wird bedient seit", ("#open-phrases",), "phrases")
    grow_busy(box)
    yield Scene("desk-busy", PAGE, "Geparkt")
    yield Scene("display-busy", "/display", "Bitte kommen Sie")
    yield from DIALOGS
    yield from _evening(box)


def _evening(box: Box) -> Iterator[Scene]:
    in_trouble(box)
    yield Scene("desk-trouble", PAGE, "Platz 1 bittet um Hilfe")
    yield Scene("dialog-devices-trouble", PAGE, "Platz 1", ("#open-devices",), "devices")
    smileys.try_buttons(box.office, box.clock(), running=True)
    yield Scene("desk-button-trial", PAGE, "Tasten werden geprüft")
    smileys.try_buttons(box.office, box.clock(), running=False)
    yield Scene("choose", "/staff?choose=true", "An welchem Platz sitzen Sie?")
    yield Scene("timetable", "/staff/timetable", "Schalker Markt")
    yield Scene("error", "/staff/nowhere", "geht gerade nicht")
    visits.close_visit(box.office, box.clock(), expected=None, revocable=True)
    yield Scene("desk-ended", PAGE, "Einsatz beendet um")
    visits.reopen_visit(box.office, box.clock(), desk=DESK)
    box.clock.pass_s(22 * 3600)
    yield Scene("desk-left-open", PAGE, "ist noch offen")


def in_trouble(box: Box) -> None:
    """A colleague asks for help, the intake is closed, the printer is down, a step is undone."""
    desks.call_help(box.office, OTHER_DESK, box.clock(), wanted=True)
    visits.set_intake(box.office, box.clock(), intake=False)
    undo_log.undo(box.office, DESK, box.clock())
    with box.office.database.write() as connection:
        told = DeviceChanged("printer", ("paper_out",))
        journal.append(connection, told, box.clock(), None)


def arrive(box: Box, people: tuple[tuple[str, str], ...]) -> None:
    """They take numbers, three minutes after one another."""
    for topic, language in people:
        box.take(topic, language, priority=topic in WITH_PRIORITY)
        box.clock.pass_s(3 * 60)


def grow_busy(box: Box) -> None:
    """Some are done, parked, missed, served, called to the other desk, expected; many wait."""
    office, clock = box.office, box.clock
    staff.finish(office, DESK, Record(CALL_BACK_PROMISED), clock())
    staff.call_next(office, DESK, clock())
    staff.park(office, DESK, clock())
    arrive(box, LATER)
    done = staff.call_next(office, DESK, clock())
    staff.start(office, DESK, clock())
    staff.finish(office, DESK, Record(RESOLVED), clock())
    assert done
    missed = box.take("bafoeg")
    for _ in range(office.profile.calls_before_missed):
        staff.call(office, DESK, missed.id, clock())
        staff.miss(office, DESK, clock())
    staff.call_next(office, DESK, clock())
    staff.start(office, DESK, clock())
    clock.pass_s(7 * 60)
    staff.call_next(office, OTHER_DESK, clock())
    for code, minutes in ((CODE, 10), (LATER_CODE, 40)):
        time = clock.wall + timedelta(minutes=minutes)
        expect(office, clock(), code, time, topic=TopicId("wohngeld"))
    visits.limit_topic(office, TopicId("bafoeg"), 5, clock())
