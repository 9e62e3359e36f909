"""Parts of a release: what requirements.lock names for Linux, with hashes and licences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata, requires
from typing import TYPE_CHECKING, Final

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message
    from pathlib import Path

_HASH: Final = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_LONGEST_NAME: Final = 60
"""Some metadata hold the text of a licence where its name belongs."""

_UNNAMED: Final = {
    "lgpio": "Unlicense",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "pyrage": "MIT",
    "resvg-py": "MIT",
    "sqlite-fts4": "Apache-2.0",
}
"""Where the metadata name none, or none of SPDX: as the licence file in the wheel has it."""

_FAMILIES: Final = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_PYTHONS: Final = ("3.11", "3.13")
"""Of Debian 12 and 13."""


@dataclass(frozen=True, slots=True)
class Part:
    """A library as it is locked. `licence` is SPDX where the metadata allow to tell it."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str
    requires: tuple[str, ...]


class LicenceUnknown(Exception):
    """A library whose metadata name no licence."""


def read_parts(lock: Path) -> list[Part]:
    """All of them, by name. Raises `LicenceUnknown`."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    found = [_part(line) for line in lines if _is_for_linux(_requirement(line))]
    return sorted(found, key=lambda part: (part.name, part.version))


def direct_requirements() -> list[str]:
    """What Radhaus itself asks for."""
    return sorted(_needed("radhaus"))


def _part(line: str) -> Part:
    asked = _requirement(line)
    (exactly,) = asked.specifier
    name = canonicalize_name(asked.name)
    hashes = tuple(sorted(_HASH.findall(line)))
    return Part(name, exactly.version, hashes, _licence(name), tuple(sorted(_needed(name))))


def _requirement(line: str) -> Requirement:
    return Requirement(line.partition("--hash")[0].strip())


def _is_for_linux(asked: Requirement) -> bool:
    return asked.marker is None or any(
        asked.marker.evaluate({"python_version": python, "python_full_version": f"{python}.0"})
        for python in _PYTHONS
    )


def _needed(name: str) -> Iterator[str]:
    try:
        asked = [Requirement(text) for text in requires(name) or ()]
    except PackageNotFoundError:
        return
    for each in asked:
        if _is_for_linux(each):
            yield canonicalize_name(each.name)


def _licence(name: str) -> str:
    if name in _UNNAMED:
        return _UNNAMED[name]
    try:
        facts: Message = metadata(name)  # type: ignore[assignment]
    except PackageNotFoundError:
        raise LicenceUnknown(f"{name} is not installed: run script/setup test.") from None
    if expression := facts.get("License-Expression"):
        return expression
    told = [
        line.rpartition(" :: ")[2]
        for line in facts.get_all("Classifier") or ()
        if line.startswith("License ::") and not line.endswith("Other/Proprietary License")
    ]
    own = (facts.get("License") or "").splitlines()
    if own and len(own[0]) <= _LONGEST_NAME and (" OR " in own[0] or "-" in own[0] or not told):
        return _FAMILIES.get(own[0], own[0])
    if not told:
        raise LicenceUnknown(f"{name} names no licence: look it up, and add it to {__file__}.")
    return " OR ".join(_FAMILIES.get(each, each) for each in told)
