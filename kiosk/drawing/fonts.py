"""Font fallback: which font file draws which run of a text. For the glass and for paper."""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path("/usr/share/fonts/truetype")
FAMILIES = (
    "noto/NotoSans-{weight}.ttf",
    "noto/NotoSansArabic-{weight}.ttf",
    "dejavu/DejaVuSans{dejavu}.ttf",
)
"""Debian's fonts-noto-core and fonts-dejavu-core; the last has the most letters."""

_UNITS = re.compile(
    r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u200c\u200d\u00ad])*|.", re.DOTALL
)
"""A run of letters with their marks and joiners, or any other sign."""

_NEVER_DRAWN = ("Cc", "Cf", "Zl", "Zp", "Zs")
_CODE_POINTS = 0x10000
_WINDOWS_UNICODE = (3, 1)
"""Platform and encoding of the one character map that every such font has, in format 4."""


class NoFontInstalled(KioskError):
    """Nothing can be drawn: none of the fonts is there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        super().__init__(
            f"No font was found in {folder}: install fonts-noto-core and fonts-dejavu-core."
        )


class FontDamaged(KioskError):
    """A font file without a character map in format 4."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(f"The font {path} cannot be read: install its package again.")


@dataclass(frozen=True, slots=True)
class FontRun:
    """Letters that one font draws, in the order in which they are read."""

    text: str
    font: Path


@lru_cache(maxsize=4096)
def font_runs(text: str, *, bold: bool = False, folder: Path = FOLDER) -> tuple[FontRun, ...]:
    """The text divided by font: for each run of letters the first font that has all of them.

    What stands between letters is drawn by the font before it, where that has it. What no font has
    is left to the last one. Raises `NoFontInstalled` and `FontDamaged`.
    """
    installed = _installed(bold, folder)
    whole = _first_with(_letters_of(text), installed[:-1])
    if whole:
        return (FontRun(text, whole),)
    units = _UNITS.findall(text)
    fonts = [
        _first_with(_letters_of(unit), installed) or installed[-1] if unit[0].isalpha() else None
        for unit in units
    ]
    chosen = next((font for font in fonts if font), installed[0])
    runs: list[FontRun] = []
    for unit, own in zip(units, fonts, strict=True):
        if own or not _has_all(chosen, _letters_of(unit)):
            chosen = own or _first_with(_letters_of(unit), installed) or installed[-1]
        if runs and runs[-1].font == chosen:
            runs[-1] = FontRun(runs[-1].text + unit, chosen)
        else:
            runs.append(FontRun(unit, chosen))
    return tuple(runs)


def letters_missing(text: str, folder: Path = FOLDER) -> frozenset[str]:
    """The letters that the fonts chosen for this text cannot draw."""
    return frozenset(
        letter
        for run in font_runs(text, folder=folder)
        for letter in _letters_of(run.text)
        if not _draws(_mapped_in(run.font), letter)
    )


def _letters_of(text: str) -> frozenset[str]:
    return frozenset(filter(_is_drawn, text))


@cache
def _is_drawn(character: str) -> bool:
    return unicodedata.category(character) not in _NEVER_DRAWN


def _first_with(letters: frozenset[str], installed: list[Path]) -> Path | None:
    return next((path for path in installed if _has_all(path, letters)), None)


def _has_all(path: Path, letters: frozenset[str]) -> bool:
    mapped = _mapped_in(path)
    return all(_draws(mapped, letter) for letter in letters)


@cache
def _installed(bold: bool, folder: Path) -> list[Path]:  # noqa: FBT001 - a key of the cache
    weight, dejavu = ("Bold", "-Bold") if bold else ("Regular", "")
    paths = [folder / family.format(weight=weight, dejavu=dejavu) for family in FAMILIES]
    installed = [path for path in paths if path.is_file()]
    if not installed:
        raise NoFontInstalled(folder)
    return installed


def _draws(mapped: bytes, letter: str) -> bool:
    return ord(letter) < len(mapped) and bool(mapped[ord(letter)])


@cache
def _mapped_in(path: Path) -> bytes:
    """A flag for each code point that the font can draw: a set of letters takes ten times more.

    Read from the file, since Pillow does not tell and fontTools would cost the glass 8 MB.
    """
    font = path.read_bytes()
    try:
        mapped = bytearray(_CODE_POINTS)
        for code in _mapped(font, _character_map(font)):
            mapped[code] = 1
    except (struct.error, LookupError) as error:
        raise FontDamaged(path) from error
    return bytes(mapped)


def _character_map(font: bytes) -> int:
    """Offset of the character map (OpenType specification, table `cmap`)."""
    tables = struct.unpack_from(">H", font, 4)[0]
    table_records = (struct.unpack_from(">4sLLL", font, 12 + 16 * i) for i in range(tables))
    start = next((offset for tag, _, offset, _ in table_records if tag == b"cmap"), None)
    if start is None:
        raise LookupError("no cmap table")
    maps = struct.unpack_from(">H", font, start + 2)[0]
    records = (struct.unpack_from(">HHL", font, start + 4 + 8 * i) for i in range(maps))
    by_encoding = {(platform, encoding): offset for platform, encoding, offset in records}
    return int(start + by_encoding[_WINDOWS_UNICODE])


def _mapped(font: bytes, at: int) -> Iterator[int]:
    """The code points that lead to a glyph in a map of format 4 ("segment mapping")."""
    doubled = struct.unpack_from(">H", font, at + 6)[0]
    columns = [at + 14, *(at + 16 + column * doubled for column in (1, 2, 3))]
    for segment in range(0, doubled, 2):
        last, first, delta, distance = (
            struct.unpack_from(">H", font, column + segment)[0] for column in columns
        )
        for code in range(first, last + 1):
            glyph = code
            if distance:
                place = columns[3] + segment + distance + 2 * (code - first)
                glyph = struct.unpack_from(">H", font, place)[0] if place < len(font) else 0
                if not glyph:
                    continue
            if (glyph + delta) % 0x10000:
                yield code
