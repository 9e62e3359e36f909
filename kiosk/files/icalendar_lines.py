"""Line scanner of iCalendar files: where each event begins, which the library does not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 100_000
"""Letters. A description has a few thousand at most."""


@dataclass(frozen=True, slots=True)
class IcalSource:
    """The text, the line of each event, and faults: line, what, suggestion."""

    text: str
    events: list[int] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def scan_lines(text: str) -> IcalSource:
    """Scan a file before the library parses it."""
    source = IcalSource(text)
    inside: list[str] = []
    for line, content in _unfolded(text):
        if len(content) > LONGEST_LINE:
            source.faults.append((line, "is far too long", "export it without attachments"))
        name, _, value = content.partition(":")
        word, kind = name.strip().upper(), value.strip().upper()
        if word == "BEGIN":
            inside.append(kind)
            if kind == "VEVENT":
                source.events.append(line)
        elif word == "END" and inside[-1:] == [kind]:
            inside.pop()
        elif word.startswith("RRULE") and "VTIMEZONE" in inside and "FREQ=YEARLY" not in kind:
            # The library looks from year 1601 on for the change that counts.
            source.faults.append((line, "a time zone changes more than once a year", ""))
    if "BEGIN:VCALENDAR" not in text[:1000].upper():
        source.faults.append((1, "is no iCalendar file: BEGIN:VCALENDAR is missing", ""))
    elif inside:
        source.faults.append((0, f"is torn: END:{inside[-1][:20]} is missing", "export it again"))
    return source


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Lines of content with the number of the first; a long one is folded over several."""
    begun, content = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if line[:1] in (" ", "\t"):
            content += line[1:]
        else:
            yield begun, content
            begun, content = number, line
    yield begun, content
