"""Line scanner of iCalendar files: where each event begins, and what its envelope says of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.files.file_reader import content_lines
from kiosk.files.sentences import (
    EXPORT_AGAIN,
    RIGHT_FILE,
    WHOLE_CALENDAR,
    WRITE_BERLIN,
    Sentence,
    quoted,
)

if TYPE_CHECKING:
    from kiosk.files.faults import FaultCollector

LONGEST_LINE = 100_000
"""Letters. A description has a few thousand at most."""

METHODS: Final = ("", "PUBLISH", "REQUEST", "CANCEL")
"""What an envelope may say (RFC 5546); the others are answers and requests of people."""

_TOO_LONG: Final = Sentence("is far too long", "ist viel zu lang")
_NO_ATTACHMENTS: Final = Sentence("export it without attachments", "exportieren Sie ohne Anhänge")
_RESTLESS_ZONE: Final = Sentence(
    "a time zone changes more than once a year", "eine Zeitzone wechselt öfter als jedes Jahr"
)
_NO_CALENDAR: Final = Sentence(
    "is no iCalendar file: BEGIN:VCALENDAR is missing",
    "ist keine iCalendar-Datei: BEGIN:VCALENDAR fehlt",
)
_TORN: Final = Sentence("is torn: {end} is missing", "ist abgeschnitten: {end} fehlt")
_STRANGE_METHOD: Final = Sentence(
    "METHOD {method} is an answer or a question, and no plan",
    "METHOD {method} ist eine Antwort oder Anfrage und kein Plan",
)


class EventPlace(NamedTuple):
    """The line in which an event begins, and its calendar: the first of the file is 0."""

    line: int
    calendar: int


@dataclass(frozen=True, slots=True)
class IcalSource:
    """A file before the library parses it: content lines, events, and METHOD by calendar."""

    lines: list[tuple[int, str]]
    events: list[EventPlace] = field(default_factory=list)
    methods: list[str] = field(default_factory=list)


def scan_lines(raw: bytes, faults: FaultCollector) -> IcalSource:
    """Scan a file; what the library would not survive becomes a fault."""
    source = IcalSource(content_lines(raw, faults))
    inside: list[str] = []
    for line, content in source.lines:
        name, _, value = content.partition(":")
        word, kind = name.strip().upper(), value.strip().upper()
        if word == "BEGIN":
            inside.append(kind)
            _begin(line, kind, source)
        elif word == "END" and inside[-1:] == [kind]:
            inside.pop()
        elif word == "METHOD" and inside == ["VCALENDAR"]:
            source.methods[-1] = kind
        _check_line(line, content, inside, faults)
    if not source.methods and not faults.found:
        faults.add_fault(1, _NO_CALENDAR, RIGHT_FILE)
    elif inside:
        faults.add_fault(0, _TORN.of(end=f"END:{inside[-1][:20]}"), EXPORT_AGAIN)
    return source


def _begin(line: int, kind: str, source: IcalSource) -> None:
    if kind == "VCALENDAR":
        source.methods.append("")
    elif kind == "VEVENT":
        source.events.append(EventPlace(line, max(len(source.methods) - 1, 0)))


def _check_line(line: int, content: str, inside: list[str], faults: FaultCollector) -> None:
    name, _, value = content.partition(":")
    word, kind = name.strip().upper(), value.strip().upper()
    if len(content) > LONGEST_LINE:
        faults.add_fault(line, _TOO_LONG, _NO_ATTACHMENTS)
    elif word == "METHOD" and kind not in METHODS:
        faults.add_fault(line, _STRANGE_METHOD.of(method=quoted(kind, 20)), WHOLE_CALENDAR)
    elif word.startswith("RRULE") and "VTIMEZONE" in inside and "FREQ=YEARLY" not in kind:
        # The library looks from year 1601 on for the change that counts.
        faults.add_fault(line, _RESTLESS_ZONE, WRITE_BERLIN)
