"""What rendered pixels say: contrast, edges, the ring of the focus, heights of letters, likeness.

Pure functions over pictures; bounds are x, y, width, height in pixels from the top left.
"""

from __future__ import annotations

from itertools import combinations
from statistics import fmean
from typing import TYPE_CHECKING, Any

from kiosk.domain.colour import contrast
from tests.screens.measures import PICTURE_CONTRAST, TEXT_CONTRAST, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from PIL import Image

READ_FROM_MM = 500.0
LEAST_H_MM = READ_FROM_MM * 3.14159265 * 0.7 / 180
"""EN 301 549 V3.2.1, 5.1.4."""

LEAST_X_MM = READ_FROM_MM * 16 / 2688
"""V4.1, 5.1.4."""

MOST_ALIKE = 0.95
LEAST_RING_PX = 2
BLOCK_PX = 8
FEWEST_PX = 6
"""So many pixels of one colour are no seam between two others."""

STABLE = (0.01 * 255) ** 2, (0.03 * 255) ** 2
"""The constants of the structural similarity, for 8 bits."""


def _hex(pixel: Any) -> str:  # noqa: ANN401 - a tuple of Pillow's
    return "#{:02X}{:02X}{:02X}".format(*pixel)


def weak_pixels(image: Image.Image, screen: Picture) -> Iterator[str]:
    """11.1.4.3, 11.1.4.11: words and pictures on what lies behind them, edges on the ground."""
    for element in screen["elements"]:
        x, y, wide, high = element["bounds_px"]
        crop = image.crop((x, y, x + wide, y + high))
        colours = sorted(crop.getcolors(wide * high) or [], reverse=True)
        if not colours:
            continue
        ground = _hex(colours[0][1])
        drawn = [_hex(colour) for times, colour in colours[1:] if times >= FEWEST_PX]
        best = max((contrast(ground, colour) for colour in drawn), default=1.0)
        enough = TEXT_CONTRAST if element["text"] else PICTURE_CONTRAST
        if best < enough:
            yield f"{element['id']} stands out by {best:.1f}"
        if element["focusable"] and (edge := _edge(image, x, y, high)) < PICTURE_CONTRAST:
            yield f"the edge of {element['id']} stands out by {edge:.1f}"


def _edge(image: Image.Image, x: int, y: int, high: int) -> float:
    """How the outermost pixels of a target stand out from the ground beside it."""
    middle = y + high // 2
    outside = _hex(image.getpixel((max(x - 3, 0), middle)))
    return max(contrast(_hex(image.getpixel((x + px, middle))), outside) for px in range(3))


def weak_ring(image: Image.Image, bounds: Sequence[int], ring_px: int) -> Iterator[str]:
    """11.2.4.7: on all four sides a line that stands out from both its neighbours."""
    x, y, wide, high = bounds
    reach = range(2 * ring_px + 3)
    across = [x + wide * part // 4 for part in (1, 2, 3)]
    down = [y + high * part // 4 for part in (1, 2, 3)]
    sides = {
        "above": [[(at, y - 1 - px) for px in reach] for at in across],
        "below": [[(at, y + high + px) for px in reach] for at in across],
        "left": [[(x - 1 - px, at) for px in reach] for at in down],
        "right": [[(x + wide + px, at) for px in reach] for at in down],
    }
    for side, lines in sides.items():  # a letter of the next element may cross one of them
        seen = ([_hex(image.getpixel(p)) for p in line if _within(image, p)] for line in lines)
        if max(map(_ring_width, seen)) < LEAST_RING_PX:
            yield f"no ring {side}"


def _within(image: Image.Image, point: tuple[int, int]) -> bool:
    return 0 <= point[0] < image.width and 0 <= point[1] < image.height


def _ring_width(line: Sequence[str]) -> int:
    """The longest run of one colour that stands out from what lies before and behind it."""
    runs: list[tuple[str, int]] = []
    for colour in line:
        if runs and runs[-1][0] == colour:
            runs[-1] = (colour, runs[-1][1] + 1)
        else:
            runs.append((colour, 1))
    widths = [0]
    for place, (colour, width) in enumerate(runs):
        inner = [each for each, _ in runs[:place][-2:]]  # a seam may lie between
        outer = [each for each, _ in runs[place + 1 :][:2]] or inner  # at the edge of the pane
        if all(
            max((contrast(colour, each) for each in near), default=0) >= PICTURE_CONTRAST
            for near in (inner, outer)
        ):
            widths.append(width)
    return max(widths)


def page_ring_is_weak(image: Image.Image) -> Iterator[str]:
    """The ring around the page, for a heading that is not shown."""
    line = [_hex(image.getpixel((image.width // 2, y))) for y in range(image.height // 8)]
    if _ring_width(line) < LEAST_RING_PX:
        yield "no ring around the page"


def ink_height_px(image: Image.Image, bounds: Sequence[int]) -> int:
    """How high what is written there is: the rows in which ink covers half a pixel or more."""
    x, y, wide, high = bounds
    grey = image.crop((x, y, x + wide, y + high)).convert("L")
    ground = int(grey.tobytes()[0])
    half = max(abs(value - ground) for value in grey.tobytes()) / 2
    ink = grey.point(lambda value: 255 if abs(value - ground) > half else 0)
    box = ink.getbbox()
    return box[3] - box[1] if box else 0


def alike_states(crops: Mapping[str, Image.Image]) -> Iterator[str]:
    """11.1.4.1: in shades of grey, the states of one element are pairwise different."""
    for (one, first), (other, second) in combinations(sorted(crops.items()), 2):
        likeness = similarity(first.convert("L"), second.convert("L").resize(first.size))
        if likeness >= MOST_ALIKE:
            yield f"{one} and {other} are alike by {likeness:.2f}"


def similarity(one: Image.Image, other: Image.Image) -> float:
    """Structural similarity (SSIM), as the mean over blocks."""
    found = []
    for x in range(0, one.width - BLOCK_PX + 1, BLOCK_PX):
        for y in range(0, one.height - BLOCK_PX + 1, BLOCK_PX):
            box = (x, y, x + BLOCK_PX, y + BLOCK_PX)
            found.append(_of_block(one.crop(box).tobytes(), other.crop(box).tobytes()))
    return fmean(found) if found else 1.0


def _of_block(one: bytes, other: bytes) -> float:
    if one == other:
        return 1.0
    a, b = fmean(one), fmean(other)
    variance_a = fmean((each - a) ** 2 for each in one)
    variance_b = fmean((each - b) ** 2 for each in other)
    covariance = fmean((p - a) * (q - b) for p, q in zip(one, other, strict=True))
    low, high = STABLE
    same_light = (2 * a * b + low) / (a * a + b * b + low)
    return same_light * (2 * covariance + high) / (variance_a + variance_b + high)
