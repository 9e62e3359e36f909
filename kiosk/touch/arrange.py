"""How many things fit on a pane, and how: their sizes stay, the number per page gives way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.touch.theme import LINE_PITCH, STRONG, TARGET_MM
from kiosk.touch.typeset import Letters, typeset, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kiosk.touch.theme import Pane, Type
    from kiosk.touch.typeset import Block

MOST_CHOICES = 6
CARD_MAX_MM = 34.0
SMILEY_MAX_MM = 32.0
HEADING_ICON_MM = 11.0
HEADING_SPACE_MM = 3.5
BAR_ICON_MM = 10.5
BAR_SPACE_MM = 3.5
BAR_SIDE_MM = 4.5
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
TIGHT = Density(icon_mm=9.5, space_mm=1.6, side_mm=1.6, above_mm=0.6)


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Cards in columns and rows. `stacked` cards have their picture above the text.

    `level` says that a main button stands among the others, not above them; `row_px` is the least
    height of a row.
    """

    columns: int
    rows: int
    density: Density = ROOMY
    stacked: bool = False
    broken: bool = False
    level: bool = False
    row_px: int = 0

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
        return Letters(self.pane.px(kind.em_mm), kind.bold, self.right_to_left)


def arrange(
    labels: Sequence[str], room: Room, *, icons: bool, most: int = MOST_CHOICES
) -> Arrangement:
    """The fewest columns that show all labels at once, else those that show the most."""
    candidates = [
        arrangement
        for columns in (1, 2, 3)
        for density in (ROOMY, CLOSE, TIGHT)
        if (arrangement := _rows(labels, room, columns, density, icons=icons)).rows
    ]
    if not candidates:  # a pane too small for its purpose still shows something
        return SINGLE
    whole = [candidate for candidate in candidates if not candidate.broken] or candidates
    for candidate in whole:
        if len(labels) <= min(candidate.places, most):
            return candidate
    return max(whole, key=lambda candidate: min(candidate.places, most))


def pages(count: int, places: int) -> list[range]:
    """Which things stand on which page; every page but the last keeps a place for "more"."""
    parts, start = [], 0
    while count - start > places:
        parts.append(range(start, start + places - 1))
        start += places - 1
    return [*parts, range(start, count)]


def _rows(
    labels: Sequence[str], room: Room, columns: int, density: Density, *, icons: bool
) -> Arrangement:
    pane = room.pane
    cell_px = (room.width_px - (columns - 1) * pane.gap_px) // columns
    text_px = cell_px - 2 * pane.px(density.side_mm)
    if icons:
        text_px -= pane.px(density.icon_mm) + pane.px(density.space_mm)
    blocks = [typeset(label, room.letters(STRONG), text_px) for label in labels]
    tallest = max(block.height_px for block in blocks) + 2 * pane.px(density.above_mm)
    row_px = max(pane.px(TARGET_MM), tallest)
    rows = (room.height_px + pane.gap_px) // (row_px + pane.gap_px)
    return Arrangement(columns, rows, density, broken=torn(blocks))


def arrange_smileys(words: Sequence[str], room: Room) -> Arrangement | None:
    """Smileys in a row with their words below, else in a list with the words beside, else None."""
    for candidate, words_px in (_smiley_row(words, room), _smiley_list(words, room)):
        icon_px = room.pane.px(candidate.density.icon_mm)
        blocks = [typeset(word, room.letters(STRONG), words_px) for word in words]
        tallest = max(block.height_px for block in blocks)
        height_px = icon_px + tallest if candidate.stacked else max(icon_px, tallest)
        needed_px = candidate.rows * (height_px + room.pane.gap_px) - room.pane.gap_px
        if needed_px <= room.height_px and not torn(blocks):
            return candidate
    return None


def smileys_alone(count: int, room: Room) -> Arrangement:
    """Smileys in a row, for words that stand only at both ends below them."""
    words_px = room.pane.px(STRONG.em_mm * LINE_PITCH)
    row, _ = _smiley_row([""] * count, replace(room, height_px=room.height_px - words_px))
    return row


def _smiley_row(words: Sequence[str], room: Room) -> tuple[Arrangement, int]:
    pane, count = room.pane, len(words)
    cell_px = (room.width_px - (count - 1) * pane.gap_px) // count
    face_px = max(min(cell_px, room.height_px, pane.px(SMILEY_MAX_MM)), pane.px(TARGET_MM))
    density = Density(face_px * pane.mm_per_px, space_mm=2.0, side_mm=0.0, above_mm=0.0)
    return Arrangement(count, 1, density, stacked=True), cell_px


def _smiley_list(words: Sequence[str], room: Room) -> tuple[Arrangement, int]:
    density = Density(TARGET_MM, space_mm=TIGHT.space_mm, side_mm=0.0, above_mm=0.0)
    beside_px = room.width_px - room.pane.px(TARGET_MM) - room.pane.px(TIGHT.space_mm)
    return Arrangement(1, len(words), density), beside_px


def torn(blocks: Sequence[Block]) -> bool:
    """Whether a word of these had to be torn apart."""
    return any(block.broken for block in blocks)


@dataclass(frozen=True, slots=True)
class BarItem:
    """A button of the bar: where there is no room, its picture may stand without its word."""

    word: str
    icon: bool
    filled: bool = False


def bar_widths(items: Sequence[BarItem], room: Room) -> list[int]:
    """The width of each button; one target's width for those that show only their picture."""
    target_px, gap_px = room.pane.px(TARGET_MM), room.pane.gap_px
    for words in _fewer_and_fewer(items):
        widths = [
            max(target_px, _button_px(item, room)) if shown else target_px
            for item, shown in zip(items, words, strict=True)
        ]
        if sum(widths) + gap_px * (len(items) - 1) <= room.width_px:
            break
    return widths


def _fewer_and_fewer(items: Sequence[BarItem]) -> Iterator[list[bool]]:
    """Which items show their word: all, then one after the other from the first on without."""
    shown = [bool(item.word) for item in items]
    yield list(shown)
    for place, item in enumerate(items):
        if item.icon and shown[place]:
            shown[place] = False
            yield list(shown)


def _button_px(item: BarItem, room: Room) -> int:
    pane = room.pane
    word_px = width_of(item.word, room.letters(STRONG))
    icon_px = pane.px(BAR_ICON_MM) + pane.px(BAR_SPACE_MM) if item.icon else 0
    return word_px + icon_px + 2 * pane.px(BAR_FILLED_SIDE_MM if item.filled else BAR_SIDE_MM)
