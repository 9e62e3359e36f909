"""Batch of new boxes: a device file for each, from a list and a template; all of them, or none."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kiosk.files.csv_rows import read_rows
from kiosk.files.faults import FaultCollector
from kiosk.files.file_reader import load_file, read_file
from kiosk.files.sentences import Sentence, verbatim
from kiosk.fleet.awaited import await_box
from kiosk.fleet.boxes import LONGEST_NAME, find_box, is_name_taken
from kiosk.fleet.errors import UnknownBox
from kiosk.settings.device_file import PIN, complete_template, read_template
from kiosk.settings.profiles import load_profile
from kiosk.settings.schema.faults import FileErrors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from kiosk.files.csv_rows import CsvRow

_COLUMNS: Final = {
    "name": ("name", "bus", "gerät", "box"),
    "replaces": ("replaces", "ersetzt"),
    "profile": ("profile", "profil"),
    "staff_pin": ("staff_pin", "pin", "staff pin"),
}
_PIN_DIGITS: Final = 6

_AGAIN: Final = verbatim("each box needs a name of its own")


@dataclass(frozen=True, slots=True)
class NewBox:
    """A line of the list. `profile` and `staff_pin` are empty where the template says them."""

    name: str
    folder: str
    replaces: str | None
    profile: str
    staff_pin: str


@dataclass(frozen=True, slots=True)
class PreparedBox:
    """What is written for a box: its device file, and the file of its profile if it is no other."""

    name: str
    folder: str
    staff_pin: str
    device_file: str = field(repr=False)
    profile: Path | None


class _ListCollector(FaultCollector):
    """The boxes of a list, and what is wrong in it."""

    def __init__(self, connection: Connection, template: Path, now: datetime) -> None:
        super().__init__(now.date())
        self.connection, self.template = connection, template
        self.boxes: list[NewBox] = []


def prepare_batch(
    connection: Connection, list_: Path, template: Path, url: str | None, now: datetime
) -> list[PreparedBox]:
    """Await all boxes of the list, each with a device file. Raises `FileErrors` with all faults."""
    shared = read_template(template)
    collector = _ListCollector(connection, template, now)
    read_file(load_file(list_), {".csv": _read_list}, collector)
    start = shared.get("start", {})
    code = (start.get("stick_code") if isinstance(start, dict) else None) or secrets.token_hex(16)
    upload = {"kind": "https", "send_status": True, **({"url": url} if url else {})}
    prepared = []
    for box in collector.boxes:
        pin = box.staff_pin or _shared_pin(shared) or _drawn_pin()
        token = await_box(connection, box.name, box.replaces, now)
        profile = template.parent / str(box.profile or shared.get("profile", ""))
        own = profile if profile.is_file() else None
        given: dict[str, Any] = {
            "name": box.name,
            **({"profile": own.name if own else box.profile} if own or box.profile else {}),
            "upload": upload,
            "start": {"staff_pin": pin, "stick_code": code, "upload_secret": token},
        }
        text = complete_template(template, given)
        prepared.append(PreparedBox(box.name, box.folder, pin, text, own))
    return prepared


def _read_list(raw: bytes, collector: _ListCollector) -> None:
    for line, row in read_rows(raw, _COLUMNS, lambda _there: ("name",), collector):
        _read_row(line, row, collector)
    if not collector.boxes and not collector.found:
        collector.add_fault(0, verbatim("names no box"))


def _read_row(line: int, row: CsvRow, collector: _ListCollector) -> None:
    replaces = _replaced(line, row.get("replaces", ""), collector)
    name = row.get("name", "") or row.get("replaces", "")
    folder = re.sub(r"[^\w.-]+", "-", name).strip("-.")
    box = NewBox(name, folder, replaces, row.get("profile", ""), row.get("staff_pin", ""))
    for what, remedy in _faults(box, row, collector):
        collector.add_fault(line, verbatim(what), remedy)
    collector.boxes.append(box)


def _replaced(line: int, name: str, collector: _ListCollector) -> str | None:
    """The id of the box whose place is taken."""
    if not name:
        return None
    try:
        device = find_box(collector.connection, name).device
    except UnknownBox as error:
        collector.add_fault(line, verbatim(str(error).rstrip(".")))
        return None
    if device in {box.replaces for box in collector.boxes}:
        collector.add_fault(line, verbatim(f"{name!r} is replaced by a line above already"))
    return device


def _faults(
    box: NewBox, row: Mapping[str, str], collector: _ListCollector
) -> list[tuple[str, Sentence]]:
    nothing = verbatim("")
    found = []
    if not box.folder:
        found.append(("has no name", _AGAIN))
    elif len(box.name) > LONGEST_NAME:
        found.append((f"the name is longer than {LONGEST_NAME} letters", nothing))
    elif not box.name.isprintable():
        found.append(("the name has more than one line, or signs that nobody sees", nothing))
    elif box.folder.casefold() in {other.folder.casefold() for other in collector.boxes}:
        found.append((f"a line above is called {box.name!r} or nearly so", _AGAIN))
    elif row.get("name") and is_name_taken(collector.connection, box.name):
        found.append((f"the office has a box called {box.name!r} already", _AGAIN))
    if box.staff_pin and not re.fullmatch(PIN, box.staff_pin):
        remedy = verbatim("write it as text, with its zeros, or leave it out: one is drawn")
        found.append((f"staff_pin: must be six digits, not {box.staff_pin!r}", remedy))
    if box.profile and (fault := _profile_fault(box.profile, collector.template)):
        found.append((f"profile: {fault}", nothing))
    return found


def _profile_fault(profile: str, template: Path) -> str | None:
    """Of a shipped profile, or of a file beside the template."""
    own = template.parent / profile
    if profile.endswith(".toml") and not own.is_file():
        return f"there is no {profile!r} beside the template"
    try:
        load_profile(str(own) if own.is_file() else profile)
    except FileErrors as error:
        return str(error).rstrip(".")
    return None


def _shared_pin(shared: Mapping[str, Any]) -> str:
    start = shared.get("start", {})
    return str(start.get("staff_pin", "")) if isinstance(start, dict) else ""


def _drawn_pin() -> str:
    return f"{secrets.randbelow(10**_PIN_DIGITS):0{_PIN_DIGITS}}"
