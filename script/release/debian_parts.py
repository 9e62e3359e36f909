"""Debian packages of the appliance, from the status of dpkg that script/image keeps beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_INSTALLED = "install ok installed"


@dataclass(frozen=True, slots=True)
class DebianPart:
    """An installed package; `source` is what Debian's advisories name it by."""

    name: str
    version: str
    architecture: str
    source: str


class NoStatus(Exception):
    """A file that is no status of dpkg, or of an empty system."""


def read_debian_parts(status: Path) -> list[DebianPart]:
    """All of them, by name. Raises `NoStatus`."""
    try:
        text = status.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NoStatus(f"{status} cannot be read: {error}") from None
    paragraphs = map(_fields, text.split("\n\n"))
    found = [_part(each) for each in paragraphs if each.get("Status") == _INSTALLED]
    if not found:
        raise NoStatus(f"{status} names no installed package")
    return sorted(found, key=lambda part: (part.name, part.architecture))


def _fields(paragraph: str) -> dict[str, str]:
    lines = (line.partition(": ") for line in paragraph.splitlines() if not line.startswith(" "))
    return {name: value for name, _, value in lines}


def _part(fields: dict[str, str]) -> DebianPart:
    name = fields["Package"]
    source = fields.get("Source", name).partition(" ")[0]
    return DebianPart(name, fields["Version"], fields["Architecture"], source)
