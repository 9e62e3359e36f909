"""What a screen reader reads of a page: Chromium's accessibility tree, from top to bottom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Page


@dataclass(frozen=True, slots=True)
class Heard:
    """A part of a page, as it is announced; `level` is that of a heading, else 0."""

    role: str
    name: str
    level: int


def reading_order(page: Page) -> list[Heard]:
    """All of a page that is not hidden from screen readers."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    (root,) = (node for node in nodes.values() if "parentId" not in node)
    return [*_below(root, nodes)]


def _below(node: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]) -> Iterator[Heard]:
    if not node.get("ignored"):
        level = (p["value"]["value"] for p in node.get("properties", []) if p["name"] == "level")
        name = " ".join(node.get("name", {}).get("value", "").split())
        yield Heard(node["role"]["value"], name, next(level, 0))
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _below(nodes[child], nodes)


def faults_in_order(heard: list[Heard]) -> list[str]:
    """Headings that skip a level, tables without a name, rows that do not begin with their head."""
    found, level = list[str](), 0
    for part, following in pairwise(heard):
        if part.role == "heading":
            if part.level > level + 1:
                found.append(f"{part.name}: from heading {level} to {part.level}")
            level = part.level
        elif part.role == "table" and not part.name:
            found.append("a table without a name")
        elif part.role == "row" and following.role not in {"rowheader", "columnheader"}:
            found.append(f"a row begins with {following.role} {following.name}")
    return found
