"""Overflow and overlap of a laid-out screen: what leaves the pane, what lies over another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def pane_faults(screen: Mapping[str, Any]) -> Iterator[str]:
    """What of it cannot be seen or tapped, one clause each. `screen` is as the socket tells it."""
    width_px, height_px = screen["size_px"]
    for element in screen["elements"]:
        x, y, wide_px, high_px = element["bounds_px"]
        if min(x, y, width_px - x - wide_px, height_px - y - high_px) < 0:
            yield f"{element['id']} leaves the pane"
    for one, other in combinations(screen["elements"], 2):
        if apart_px(one["bounds_px"], other["bounds_px"]) < 0:
            yield f"{one['id']} lies over {other['id']}"


def apart_px(one: Sequence[int], other: Sequence[int]) -> int:
    """How far two boxes are apart, along the axis on which they are furthest; below 0: not."""
    return max(
        max(one[axis], other[axis]) - min(one[axis] + one[axis + 2], other[axis] + other[axis + 2])
        for axis in (0, 1)
    )
