"""Fitting of cards and smileys: sizes stay, the number per page gives way."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kiosk.drawing.line_breaking import (
    LINE_PITCH,
    Letters,
    break_whole,
    height_of_lines,
    typeset,
)
from kiosk.touch.layout.theme import BODY, STRONG, TARGET_MM

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kiosk.touch.layout.theme import Pane, Type

MOST_CHOICES = 6
CARD_MAX_MM = 34.0
CARD_MAX_WIDE_MM = 44.0
HEADING_ICON_MM = 11.0
HEADING_SPACE_MM = 3.5
BAR_ICON_MM = 10.5
BAR_SPACE_MM = 3.5
BAR_SIDE_MM = 4.5
BAR_LEAST_SIDE_MM = 2.5
BAR_FILLED_SIDE_MM = 9.0


@dataclass(frozen=True, slots=True)
class Density:
    """The inside of a card in mm: pictogram, room beside it, rims at the sides and above."""

    icon_mm: float
    space_mm: float
    side_mm: float
    above_mm: float


ROOMY = Density(icon_mm=15.0, space_mm=5.5, side_mm=5.0, above_mm=2.5)
CLOSE = Density(icon_mm=12.0, space_mm=3.0, side_mm=3.5, above_mm=1.0)
TIGHT = Density(icon_mm=9.5, space_mm=1.6, side_mm=1.6, above_mm=0.0)
SMILEY = Density(icon_mm=28.0, space_mm=5.0, side_mm=2.0, above_mm=5.0)
SMILEY_WIDE_PANE = Density(icon_mm=44.0, space_mm=7.0, side_mm=2.0, above_mm=8.0)
SMILEY_SMALL_PANE = Density(icon_mm=24.0, space_mm=1.5, side_mm=1.5, above_mm=1.5)
SMILEY_LIST = Density(icon_mm=16.0, space_mm=4.0, side_mm=2.5, above_mm=2.0)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Cards in columns and rows. `stacked` cards have their picture above the text.

    `broken` cards have no room, `hyphenated` ones divide a word. `level` says that a main button
    stands among the others, not above them; `row_px` is the least height of a row, `heights_px` are
    those of rows that differ, `widths_px` those of columns that do, but for the last. `in_rows`
    says how many stand in each row where that differs, each row in the middle.
    """

    columns: int
    rows: int
    density: Density = ROOMY
    stacked: bool = False
    broken: bool = False
    hyphenated: bool = False
    level: bool = False
    row_px: int = 0
    heights_px: tuple[int, ...] = ()
    widths_px: tuple[int, ...] = ()
    in_rows: tuple[int, ...] = ()

    @property
    def places(self) -> int:
        """How many cards there is room for."""
        return self.columns * self.rows


SINGLE = Arrangement(1, 1)


@dataclass(frozen=True, slots=True)
class Room:
    """Where cards can stand, in pixels, and which way their text runs."""

    pane: Pane
    width_px: int
    height_px: int
    right_to_left: bool

    def letters(self, kind: Type) -> Letters:
        """Letters of that type on this pane."""
        return Letters(self.pane.em_px(kind), kind.bold, self.right_to_left)


class Card(NamedTuple):
    """What a choice says, whether a picture stands before it, and what stands below."""

    label: str
    icon: bool = False
    note: str = ""


class Part(NamedTuple):
    """The choices of one page, and how they stand."""

    cards: range
    arrangement: Arrangement


@lru_cache(maxsize=512)
def arrange(cards: tuple[Card, ...], room: Room) -> Arrangement | None:
    """The fewest columns that show all of them at once with words whole, or at least not torn.

    On a wide pane at least two: a line over its whole width is hard to follow.

    Where rows of one height have no room, cards stand below each other, each as high as it must be.
    """
    candidates = (
        _rows(cards, room, columns, density)
        for columns in ((2, 3, 1) if room.pane.wide else (1, 2, 3))
        for density in (ROOMY, CLOSE, TIGHT)
    )
    unlike = (_list(cards, room, density) for density in (ROOMY, CLOSE, TIGHT))
    whole = (each for each in chain(candidates, unlike) if each and each.places >= len(cards))
    return whole_words_first(whole)


def whole_words_first(candidates: Iterable[Arrangement]) -> Arrangement | None:
    """The first that fits and divides no word, else the first that fits: words before air."""
    dividing = None
    for candidate in candidates:
        if candidate.broken:
            continue
        if not candidate.hyphenated:
            return candidate
        dividing = dividing or candidate
    return dividing


def pages(
    cards: Sequence[Card],
    room: Room,
    most: int = MOST_CHOICES,
    foot: Sequence[Card] = (),
) -> Iterator[Part]:
    """As many choices on each page as fit; `foot` stands on every page below them."""
    start = 0
    while start < len(cards):
        count, arrangement = _page(cards[start:], foot, room, most)
        yield Part(range(start, start + count), arrangement)
        start += count


def _page(
    cards: Sequence[Card], foot: Sequence[Card], room: Room, most: int
) -> tuple[int, Arrangement]:
    for count in range(min(len(cards), most), 0, -1):
        shown = (*cards[:count], *foot)
        found = arrange(shown, room) if len(shown) <= most else None
        if found:
            return count, found
    return 1, Arrangement(1, 1 + len(foot), TIGHT)  # a pane too small shows something all the same


def _rows(cards: Sequence[Card], room: Room, columns: int, density: Density) -> Arrangement | None:
    cell_px = (room.width_px - (columns - 1) * room.pane.gap_px) // columns
    found = _heights(cards, room, cell_px, density)
    if found is None:
        return None
    heights, hyphenated = found
    row_px = max(heights)
    rows = (room.height_px + room.pane.gap_px) // (row_px + room.pane.gap_px)
    return Arrangement(columns, rows, density, hyphenated=hyphenated, row_px=row_px)


def _list(cards: Sequence[Card], room: Room, density: Density) -> Arrangement | None:
    found = _heights(cards, room, room.width_px, density)
    if found is None:
        return None
    heights, hyphenated = found
    used_px = sum(heights) + room.pane.gap_px * (len(heights) - 1)
    return Arrangement(
        columns=1,
        rows=len(cards),
        density=density,
        broken=used_px > room.height_px,
        hyphenated=hyphenated,
        heights_px=tuple(heights),
    )


def _heights(
    cards: Sequence[Card], room: Room, cell_px: int, density: Density
) -> tuple[list[int], bool] | None:
    """How high each card must be, and whether a word is divided; None if one would be torn."""
    pane = room.pane
    plain_px = cell_px - 2 * pane.px(density.side_mm)
    beside_px = plain_px - pane.px(density.icon_mm) - pane.px(density.space_mm)
    letters, above_px = room.letters(STRONG), 2 * pane.px(density.above_mm)
    heights, hyphenated = [], 0
    for card in cards:
        width_px, high_px = beside_px if card.icon else plain_px, above_px
        texts = [(card.label, letters), *([(card.note, room.letters(BODY))] if card.note else [])]
        for text, kind in texts:
            broken = break_whole(text, kind, width_px)
            if broken is None:
                return None
            high_px += height_of_lines(broken, kind)
            hyphenated += broken.hyphenated if text is card.label else 0
        heights.append(max(pane.px(TARGET_MM), high_px))
    return heights, bool(hyphenated)


def arrange_smileys(words: Sequence[str], room: Room) -> Arrangement | None:
    """Smileys in a row with their words below, else in a list with the words beside, else None."""
    for candidate, words_px in (_smiley_row(words, room), _smiley_list(words, room)):
        icon_px = room.pane.px(candidate.density.icon_mm)
        blocks = [typeset(word, room.letters(BODY), words_px) for word in words]
        tallest = max(block.height_px for block in blocks)
        below_px = room.pane.px(candidate.density.space_mm) + tallest
        height_px = icon_px + below_px if candidate.stacked else max(icon_px, tallest)
        height_px += 2 * room.pane.px(candidate.density.above_mm)
        needed_px = candidate.rows * (height_px + room.pane.gap_px) - room.pane.gap_px
        narrow = words_px < room.pane.px(TARGET_MM) and candidate.stacked
        if needed_px <= room.height_px and not narrow and not any(b.torn for b in blocks):
            return candidate
    return None


def smileys_alone(count: int, room: Room) -> Arrangement:
    """Smileys for words at both ends: below a row of them, or above and below several rows.

    Where a row has no room the good ones stand above the bad ones, and one between them between.
    """
    pane = room.pane
    if count * (pane.px(TARGET_MM) + pane.gap_px) - pane.gap_px <= room.width_px:
        words_px = math.ceil(pane.em_px(BODY) * LINE_PITCH) + pane.gap_px
        row, _ = _smiley_row([""] * count, replace(room, height_px=room.height_px - words_px))
        return row
    half = count // 2
    in_rows = (half, 1, half) if count % 2 else (half, half)
    words_px = 2 * math.ceil(pane.em_px(BODY) * LINE_PITCH)
    row_px = (room.height_px - words_px + pane.gap_px) // len(in_rows) - pane.gap_px
    row, _ = _smiley_row([""] * half, replace(room, height_px=row_px))
    return replace(row, rows=len(in_rows), in_rows=in_rows)


def _smiley_row(words: Sequence[str], room: Room) -> tuple[Arrangement, int]:
    pane, count = room.pane, len(words)
    cell_px = (room.width_px - (count - 1) * pane.gap_px) // count
    roomy = SMILEY_WIDE_PANE if pane.wide else SMILEY
    inside = SMILEY_SMALL_PANE if pane.small else roomy
    side_px, above_px = pane.px(inside.side_mm), pane.px(inside.above_mm)
    face_px = min(cell_px - 2 * side_px, room.height_px - 2 * above_px, pane.px(inside.icon_mm))
    face_px = max(face_px, pane.px(TARGET_MM) - 2 * above_px)
    density = replace(inside, icon_mm=face_px * pane.mm_per_px)
    return Arrangement(count, 1, density, stacked=True), cell_px - 2 * side_px


def _smiley_list(words: Sequence[str], room: Room) -> tuple[Arrangement, int]:
    inside, pane = SMILEY_LIST, room.pane
    taken_mm = (inside.side_mm, inside.icon_mm, inside.space_mm, inside.side_mm)
    beside_px = room.width_px - sum(map(pane.px, taken_mm))
    return Arrangement(1, len(words), inside), beside_px
