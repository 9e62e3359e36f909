"""Pictures of texts, pictograms, codes and emblems: what they are made of, and their pixels.

Equal pictures have equal pixels, so that what was drawn ahead can be taken for what is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol

from PIL import Image

from kiosk.drawing import icons
from kiosk.drawing.emblem import emblem_picture
from kiosk.drawing.line_breaking import draw
from kiosk.drawing.qr_code import QUIET_MODULES, SCREEN_MASK, matrix

if TYPE_CHECKING:
    from kiosk.drawing.line_breaking import Block


class Picture(Protocol):
    """Hashable, and compared by what it shows; `coloured` ones are RGBA, the others masks."""

    @property
    def coloured(self) -> bool: ...

    def draw(self) -> Image.Image: ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True, slots=True)
class TextPicture:
    """The block with its rim (see `line_breaking.rim_px`)."""

    block: Block
    align: str
    coloured: ClassVar = False

    def draw(self) -> Image.Image:
        return draw(self.block, self.align)


@dataclass(frozen=True, slots=True)
class IconPicture:
    """The lines of an icon, or the surface beneath them, `size_px` wide and high."""

    name: str
    size_px: int
    right_to_left: bool
    ground: bool = False
    coloured: ClassVar = False

    def draw(self) -> Image.Image:
        return icons.mask(
            self.name, self.size_px, ground=self.ground, right_to_left=self.right_to_left
        )


@dataclass(frozen=True, slots=True)
class CodePicture:
    """The dark modules of a QR code in the middle of a square, each of whole pixels."""

    text: str
    size_px: int
    coloured: ClassVar = False

    def draw(self) -> Image.Image:
        code, size_px = matrix(self.text, mask_pattern=SCREEN_MASK), self.size_px
        pitch_px = max(1, size_px // (len(code) + 2 * QUIET_MODULES))
        side_px = pitch_px * len(code)
        rim_px = (size_px - side_px) // 2
        modules = Image.new("L", (len(code), len(code)))
        modules.putdata([255 * dark for row in code for dark in row])
        picture = Image.new("L", (size_px, size_px), 0)
        enlarged = modules.resize((side_px, side_px), Image.Resampling.NEAREST)
        picture.paste(enlarged, (rim_px, rim_px))
        return picture


@dataclass(frozen=True, slots=True)
class EmblemPicture:
    """The emblem in its own colours, in the middle of a square."""

    svg: str
    size_px: int
    plate: bool
    coloured: ClassVar = True

    def draw(self) -> Image.Image:
        return emblem_picture(self.svg, self.size_px, plate=self.plate)
