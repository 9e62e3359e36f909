"""List of boxes in CSV that are added together: all of them, or none."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import Refused
from kiosk.fleet import boxes
from kiosk.fleet.errors import NotReadable
from kiosk.fleet.identity import read_identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection

    from kiosk.fleet.boxes import BoxIdentity

_MOST_BYTES: Final = 1_000_000
_NEEDED: Final = ("file", "name")
_KNOWN: Final = (*_NEEDED, "replaces")


@dataclass(frozen=True, slots=True)
class ListedBox:
    """A line of the list; `line` counts from 1, with the line of the columns."""

    line: int
    identity: BoxIdentity
    name: str
    replaces: str | None


@dataclass(frozen=True, slots=True)
class AddedBox:
    """A box of the list, with the token for its uploads, told once."""

    device: str
    name: str
    fingerprint: str
    token: str


class ListRefused(Refused):
    """A line of the list cannot be added, so none was."""

    def __init__(self, place: Path, line: int, reason: str) -> None:
        super().__init__(f"{place}, line {line}: {reason} No box of the list was added.")


def read_list(place: Path) -> list[ListedBox]:
    """The boxes of a list; their files lie beside it. Raises `NotReadable`, `ListRefused`."""
    rows = csv.DictReader(StringIO(_text(place)), delimiter=_divider(place))
    columns = [(name or "").strip().lower() for name in rows.fieldnames or ()]
    if wrong := [name for name in columns if name not in _KNOWN]:
        raise NotReadable(str(place), f"has unknown columns: {', '.join(wrong)}")
    if missing := [name for name in _NEEDED if name not in columns]:
        raise NotReadable(str(place), f"has no column {' and '.join(missing)}")
    rows.fieldnames = columns
    found = [_listed(place, rows.line_num, row) for row in rows]
    if not found:
        raise NotReadable(str(place), "names no box")
    return found


def add_boxes(
    connection: Connection, place: Path, listed: Sequence[ListedBox], now: datetime
) -> list[AddedBox]:
    """Add them in one transaction. Raises `ListRefused`."""
    return [_add(connection, place, each, now) for each in listed]


def _add(connection: Connection, place: Path, listed: ListedBox, now: datetime) -> AddedBox:
    try:
        boxes.add_box(connection, listed.identity, listed.name, now, replaces=listed.replaces)
    except Refused as refusal:
        raise ListRefused(place, listed.line, str(refusal)) from None
    device = listed.identity.device
    return AddedBox(
        device,
        boxes.find_box(connection, device).name,
        listed.identity.key.fingerprint,
        boxes.new_token(connection, device),
    )


def _listed(place: Path, line: int, row: Mapping[str | None, str | list[str] | None]) -> ListedBox:
    if None in row or None in row.values():
        raise ListRefused(place, line, "This line has not as many cells as there are columns.")
    cells = {str(name): str(cell).strip() for name, cell in row.items()}
    if not cells["file"]:
        raise ListRefused(place, line, "The file of the box's key is missing.")
    try:
        identity = read_identity(place.parent / cells["file"])
    except NotReadable as error:
        raise ListRefused(place, line, str(error)) from None
    return ListedBox(line, identity, cells["name"], cells.get("replaces") or None)


def _text(place: Path) -> str:
    try:
        with place.open("rb") as file:
            return file.read(_MOST_BYTES).decode("utf-8-sig")
    except OSError as error:
        raise NotReadable(str(place), f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise NotReadable(str(place), "is not in UTF-8: save it as CSV UTF-8") from None


def _divider(place: Path) -> str:
    first = _text(place).partition("\n")[0]
    return max(";,\t", key=first.count)
