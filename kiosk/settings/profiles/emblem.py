"""Validation of the emblem: a picture of shapes, and nothing that could load or do more."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

MOST_BYTES: Final = 20_000
_SVG: Final = "{http://www.w3.org/2000/svg}"
_DRAWN: Final = {
    *("svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    *("defs", "linearGradient", "radialGradient", "stop", "clipPath", "title", "desc"),
}
_VIEW_BOX: Final = re.compile(r"\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)\s*")
_REFERENCE: Final = re.compile(r"url\(\s*(?!['\"]?#)", re.IGNORECASE)


def check_emblem(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """An SVG picture of that size at most, of shapes alone."""
    emblem = profile.get("emblem", "")
    if not emblem:
        return
    if not emblem.lstrip().startswith("<"):
        faults.add(("emblem",), "is no SVG picture", "put the text of the file here, from <svg on")
    elif (size := len(emblem.encode())) > MOST_BYTES:
        what = f"has {size} bytes, more than {MOST_BYTES}"
        faults.add(("emblem",), what, "draw it simpler, or save it with fewer digits")
    elif "<!DOCTYPE" in emblem or "<!ENTITY" in emblem:  # what they define could fill the memory
        faults.add(("emblem",), "has a DOCTYPE", "begin it with <svg")
    else:
        for what in _faults_of(emblem):
            faults.add(("emblem",), what, "save it as plain SVG, with text turned into paths")


def _faults_of(emblem: str) -> Iterator[str]:
    try:
        root = ET.fromstring(emblem)  # noqa: S314 - no entities: refused before
    except ET.ParseError as error:
        yield f"is no SVG picture: {error}"
        return
    if root.tag != f"{_SVG}svg":
        yield "is no SVG picture"
    elif not _has_size(root.get("viewBox", "")):
        yield "has no viewBox with a width and a height"
    for tag in dict.fromkeys(each.tag.removeprefix(_SVG) for each in root.iter()):
        if tag not in _DRAWN:
            yield f'has an element "{tag}"'
    for name in dict.fromkeys(_loading(root)):
        yield f'has an attribute "{name}" that leads out of it, or does something'


def _has_size(view_box: str) -> bool:
    found = _VIEW_BOX.fullmatch(view_box)
    return found is not None and all(_is_length(side) for side in found.groups())


def _is_length(side: str) -> bool:
    try:
        return float(side) > 0
    except ValueError:  # two points
        return False


def _loading(root: ET.Element) -> Iterator[str]:
    for each in root.iter():
        for name, value in each.items():
            bare = name.rpartition("}")[2]
            leads_out = bare == "href" and not value.startswith("#")
            if leads_out or bare.startswith("on") or _REFERENCE.search(value):
                yield bare
