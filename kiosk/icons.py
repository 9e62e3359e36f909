"""Pictograms and smileys: vectors from assets/icons, as masks for the glass."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from kiosk.domain.errors import Unknown
from kiosk.paths import ASSETS

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = ASSETS / "icons"
GRID = 48.0
LINE = 3.4
_FINER = 4
"""Masks are drawn this many times larger and then reduced: the edges come out smooth on any GPU."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Shape:
    """One line of an icon file: `paint` is "line", "fill" or "ground", `path` an SVG path."""

    paint: str
    path: str


@dataclass(frozen=True, slots=True)
class Icon:
    """A pictogram; `mirrors` says that it points along the line of reading."""

    shapes: tuple[Shape, ...]
    mirrors: bool


def names() -> tuple[str, ...]:
    """All pictograms there are."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.icon")))


@cache
def icon(name: str) -> Icon:
    """The pictogram of that name; raises `Unknown`."""
    try:
        lines = (FOLDER / f"{name}.icon").read_text().splitlines()
    except FileNotFoundError:
        raise Unknown("pictogram", name, names()) from None
    shapes = tuple(_shape(line) for line in lines if line != "mirror")
    return Icon(shapes, mirrors="mirror" in lines)


def mask(
    name: str, size_px: int, *, paints: tuple[str, ...], mirrored: bool = False
) -> Image.Image:
    """The shapes of these paints as a square picture of coverage, 0 to 255."""
    chosen = icon(name)
    picture = Image.new("L", (size_px * _FINER, size_px * _FINER), 0)
    pen = ImageDraw.Draw(picture)
    scale = size_px * _FINER / GRID
    for shape in chosen.shapes:
        if shape.paint in paints:
            _draw(pen, shape, scale)
    if mirrored and chosen.mirrors:
        picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return picture.reduce(_FINER)


def _shape(line: str) -> Shape:
    first, _, rest = line.partition(" ")
    if first in {"fill", "ground"}:
        return Shape(first, _path(rest))
    return Shape("line", _path(line))


def _path(words: str) -> str:
    kind, _, rest = words.partition(" ")
    if kind == "path":
        return rest
    x, y, radius = (float(number) for number in rest.split())
    arc = f"A {radius:g} {radius:g} 0 0 1"
    return f"M {x - radius:g} {y:g} {arc} {x + radius:g} {y:g} {arc} {x - radius:g} {y:g} Z"


def _draw(pen: ImageDraw.ImageDraw, shape: Shape, scale: float) -> None:
    points = [(x * scale, y * scale) for x, y in outline(shape.path)]
    if shape.paint != "line":
        pen.polygon(points, fill=255)
        return
    half = LINE * scale / 2
    for x, y in points:
        pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    for (x1, y1), (x2, y2) in pairwise(points):
        length = math.hypot(x2 - x1, y2 - y1) or 1.0
        aside_x, aside_y = (y1 - y2) / length * half, (x2 - x1) / length * half
        pen.polygon(
            [
                (x1 + aside_x, y1 + aside_y),
                (x2 + aside_x, y2 + aside_y),
                (x2 - aside_x, y2 - aside_y),
                (x1 - aside_x, y1 - aside_y),
            ],
            fill=255,
        )


def outline(path: str) -> list[Point]:
    """The corners of a path, its curves in short straight steps."""
    words = iter(path.split())
    points: list[Point] = []
    for command in words:
        if command == "Z":
            points.append(points[0])
        elif command in {"M", "L"}:
            points.append(_point(words))
        elif command == "C":
            points += _bezier(points[-1], _point(words), _point(words), _point(words))
        else:
            radius, _, _, large, sweep = (float(next(words)) for _ in range(5))
            points += _arc(points[-1], _point(words), radius, bool(large) != bool(sweep))
    return points


def _point(words: Iterator[str]) -> Point:
    return float(next(words)), float(next(words))


_STEPS = 24


def _bezier(p0: Point, p1: Point, p2: Point, p3: Point) -> list[Point]:
    def at(t: float, axis: int) -> float:
        s = 1 - t
        return s**3 * p0[axis] + 3 * s**2 * t * p1[axis] + 3 * s * t**2 * p2[axis] + t**3 * p3[axis]

    return [(at(i / _STEPS, 0), at(i / _STEPS, 1)) for i in range(1, _STEPS + 1)]


def _arc(start: Point, end: Point, radius: float, left: bool) -> list[Point]:  # noqa: FBT001
    """A circle's arc around the centre left of the way from start to end, or right of it."""
    (x1, y1), (x2, y2) = start, end
    half = math.hypot(x2 - x1, y2 - y1) / 2
    height = math.sqrt(max(0.0, radius**2 - half**2)) * (1 if left else -1)
    centre_x = (x1 + x2) / 2 - (y2 - y1) / (2 * half) * height
    centre_y = (y1 + y2) / 2 + (x2 - x1) / (2 * half) * height
    first = math.atan2(y1 - centre_y, x1 - centre_x)
    turn = math.atan2(y2 - centre_y, x2 - centre_x) - first
    turn = turn % math.tau if left else -(-turn % math.tau)
    return [
        (
            centre_x + radius * math.cos(first + turn * i / _STEPS),
            centre_y + radius * math.sin(first + turn * i / _STEPS),
        )
        for i in range(1, _STEPS + 1)
    ]
