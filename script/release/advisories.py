"""Advisories in the format of OSV, from a copy in a folder or ZIP, and which fit a version."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Record = dict[str, Any]


class NoAdvisories(Exception):
    """A copy that cannot be read, or holds none."""


@dataclass(frozen=True, slots=True)
class Advisories:
    """All that are not withdrawn, by the name of the package, and the day of the newest change."""

    by_package: dict[str, list[Record]]
    newest: str

    def of(self, name: str, version: str) -> list[Record]:
        """Those that a version has."""
        name = canonicalize_name(name)
        return [each for each in self.by_package.get(name, ()) if _fits(each, name, version)]


def read_advisories(copy: Path) -> Advisories:
    """From what OSV offers as PyPI/all.zip, as it is or unpacked. Raises `NoAdvisories`."""
    found: dict[str, list[Record]] = {}
    newest = ""
    try:
        for record in _records(copy):
            newest = max(newest, str(record.get("modified", "")))
            for name in _names(record) if not record.get("withdrawn") else ():
                found.setdefault(name, []).append(record)
    except (OSError, BadZipFile, ValueError, AttributeError) as error:
        raise NoAdvisories(f"{copy} cannot be read: {error}") from None
    if not found:
        raise NoAdvisories(f"{copy} holds no advisories of OSV on packages of PyPI")
    return Advisories(found, newest[:10])


def _records(copy: Path) -> Iterator[Record]:
    if copy.is_dir():
        for file in sorted(copy.rglob("*.json")):
            yield json.loads(file.read_bytes())
        return
    with ZipFile(copy) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def _affected(record: Record) -> Iterator[tuple[str, Record]]:
    for each in record.get("affected") or ():
        package = each.get("package") or {}
        if package.get("ecosystem") == "PyPI":
            yield canonicalize_name(str(package.get("name", ""))), each


def _names(record: Record) -> set[str]:
    return {name for name, _ in _affected(record)}


def _fits(record: Record, name: str, version: str) -> bool:
    return any(
        version in (affected.get("versions") or ()) or _in_ranges(affected, Version(version))
        for found, affected in _affected(record)
        if found == name
    )


def _in_ranges(affected: Record, version: Version) -> bool:
    ranges = affected.get("ranges") or ()
    return any(_in_range(each, version) for each in ranges if each.get("type") == "ECOSYSTEM")


def _in_range(one: Record, version: Version) -> bool:
    """Events in their order: what was introduced last and is not fixed holds."""
    hit = False
    for kind, at in sorted(_events(one), key=lambda event: (event[1], event[0] == "introduced")):
        if kind == "introduced" and version >= at:
            hit = True
        if kind == "fixed" and version >= at:
            hit = False
        if kind == "last_affected" and version > at:
            hit = False
    return hit


def _events(one: Record) -> Iterator[tuple[str, Version]]:
    for event in one.get("events") or ():
        for kind, at in event.items():
            try:
                yield kind, Version("0" if at == "0" else at)
            except InvalidVersion:
                continue
