"""Takes people out of a calendar before anything else reads it."""

from __future__ import annotations

import re
from typing import Final

KEPT: Final = frozenset(
    (
        *("BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD"),
        *("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "DURATION", "DTSTAMP"),
        *("RECURRENCE-ID", "RRULE", "RDATE", "EXDATE", "EXRULE"),
        *("CATEGORIES", "LOCATION", "DESCRIPTION"),
        *("TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "X-WR-TIMEZONE"),
    )
)
"""The lines that are read. SUMMARY, ATTENDEE, ORGANIZER and all others are not."""

_NAME = re.compile(r"[A-Za-z0-9-]+")


def without_persons(text: str) -> str:
    """The same calendar, every line in its place, those that are not `KEPT` empty."""
    lines, keep = [], True
    for line in text.split("\n"):
        if line[:1] not in {" ", "\t"}:  # else the line before goes on
            name = _NAME.match(line)
            keep = name is not None and name[0].upper() in KEPT
        lines.append(line if keep else "")
    return "\n".join(lines)
