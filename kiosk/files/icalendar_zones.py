"""Time zones that an iCalendar file defines itself (VTIMEZONE), held against those known by name.

By a known name the library takes what it knows, whatever the file says; and a zone of another
name it keeps from one file to the next. So a definition that is not that of the known zone gets a
name of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from functools import partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import icalendar
from icalendar.timezone import tzp

from kiosk.domain.local_time import BERLIN
from kiosk.files.event_validation import LIBRARY_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_PARAMETER: Final = re.compile(r'(;TZID=)("[^"]*"|[^:;,]*)', re.IGNORECASE)
_NAME: Final = re.compile(r"TZID(?:;[^:]*)?:(.*)", re.IGNORECASE)
_OWN: Final = "radhaus-"


MOST_ZONES: Final = 20
"""Different ones. A calendar has one or two."""


class TooManyZones(ValueError):
    """A file defines more zones than any calendar needs."""


@dataclass(frozen=True, slots=True)
class ZoneNames:
    """The lines of a file, its own zones renamed; `known` are those that are known otherwise."""

    lines: list[str]
    known: dict[str, tuple[str, tzinfo]] = field(default_factory=dict)

    def disputed(self, begins: datetime) -> str | None:
        """The zone of a time that is another one by the zone's name than by its definition.

        One that a calendar program has defined as the time of Berlin is meant so.
        """
        own = (pair for name, pair in self.known.items() if tzp.timezone(name) is begins.tzinfo)
        name, known = next(own, ("", begins.tzinfo))
        ours = begins.replace(tzinfo=None)
        offsets = {_offset(ours, zone) for zone in (begins.tzinfo, known)}
        in_berlin = _offset(ours, begins.tzinfo) == _offset(ours, BERLIN)
        return None if len(offsets) == 1 or in_berlin else name


def name_zones(lines: list[str], since: date, until: date) -> ZoneNames:
    """Rename the zones that a file defines otherwise than they are known in that span.

    Raises `TooManyZones`: each costs a look at every day.
    """
    named = ZoneNames(list(lines))
    own_names: dict[tuple[str, ...], str | None] = {}
    for first, last in _spans(lines, "VCALENDAR"):
        names: dict[str, str] = {}
        for begun, ended in _spans(lines, "VTIMEZONE", first, last):
            place = next((n for n in range(begun, ended) if _NAME.match(lines[n])), None)
            if place is None:
                continue
            name = lines[place].partition(":")[2].strip()
            definition = [*lines[begun:place], *lines[place + 1 : ended + 1]]
            key = (name, *definition)
            if key not in own_names:
                own_names[key] = _own_name(name, definition, (since, until), named)
            own = own_names[key]
            if len(own_names) > MOST_ZONES:
                raise TooManyZones
            if own:
                named.lines[place], names[name] = f"TZID:{own}", own
        for n in range(first, last) if names else ():
            named.lines[n] = _PARAMETER.sub(partial(_renamed, names), named.lines[n])
    return named


def _renamed(names: dict[str, str], found: re.Match[str]) -> str:
    return found[1] + names.get(found[2].strip('"'), found[2])


def _own_name(
    name: str, definition: list[str], span: tuple[date, date], named: ZoneNames
) -> str | None:
    """What a definition is called from now on; None where the known zone is the same."""
    own = _OWN + blake2b("\n".join([name, *definition]).encode(), digest_size=8).hexdigest()
    known = _known(name)
    if known is None:
        return own
    zone = _zone([definition[0], f"TZID:{own}", *definition[1:]])
    if zone is None or all(_offset(noon, zone) == _offset(noon, known) for noon in _noons(*span)):
        return None
    named.known[own] = name, known
    return own


def _known(name: str) -> tzinfo | None:
    try:
        return tzp.timezone(name)
    except LIBRARY_ERRORS:
        return None


def _zone(definition: list[str]) -> tzinfo | None:
    try:
        component = icalendar.Timezone.from_ical("\r\n".join(definition))
        if isinstance(component, icalendar.Timezone):
            zone: tzinfo = component.to_tz(lookup_tzid=False)
            return zone
    except LIBRARY_ERRORS:
        pass
    return None


def _noons(since: date, until: date) -> Iterator[datetime]:
    for day in range((until - since).days + 1):
        yield datetime.combine(since + timedelta(days=day), time(12))


def _offset(local: datetime, zone: tzinfo | None) -> timedelta | None:
    return local.replace(tzinfo=zone).utcoffset()


def _spans(
    lines: list[str], kind: str, first: int = 0, last: int | None = None
) -> Iterator[tuple[int, int]]:
    """From BEGIN to END of each component of that kind."""
    begun = None
    for n in range(first, len(lines) if last is None else last):
        word = lines[n].strip().upper()
        if word == f"BEGIN:{kind}":
            begun = n
        elif word == f"END:{kind}" and begun is not None:
            yield begun, n
            begun = None
