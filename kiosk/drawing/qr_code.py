"""QR codes as a matrix of dark and light modules, for paper, glass and pages."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.exceptions import DataOverflowError

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from collections.abc import Iterator

Matrix = tuple[tuple[bool, ...], ...]
"""Rows from top to bottom; True is dark. Without the quiet zone."""

QUIET_MODULES: Final = 4
"""Quiet zone: so many light modules around a code (ISO/IEC 18004)."""

LARGEST_MODULES: Final = 177
"""The side of version 40, which carries 2331 bytes at level M."""

SCREEN_MASK: Final = 2
"""Mask pattern of codes that are only seen on a screen: readers know all eight. Nearest to the best
one on average, which is for paper: to find it takes five times as long."""


class QrTooLong(KioskError):
    """More text than a code of this size can carry."""

    def __init__(self, text: str, side_modules: int) -> None:
        self.text = text
        super().__init__(
            f"The text has {len(text.encode())} bytes, more than a QR code of {side_modules} "
            f"modules carries: shorten it. It begins with {text[:30]!r}."
        )


def matrix(
    text: str, most_modules: int = LARGEST_MODULES, mask_pattern: int | None = None
) -> Matrix:
    """The smallest code with this text; level M bears 15 % damage, as a streak on thermal paper.

    With the best of the eight mask patterns, or with that one. Nothing of a text is kept: it may be
    the secret of one citizen. Raises `QrTooLong` when its side would have more than `most_modules`
    modules.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=mask_pattern)
    code.add_data(text.encode())
    try:
        code.make(fit=True)
    except (
        DataOverflowError,
        ValueError,
    ):  # its check of the version comes before that of the data
        raise QrTooLong(text, LARGEST_MODULES) from None
    modules = tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
    if len(modules) > most_modules:
        raise QrTooLong(text, most_modules)
    return modules


def svg_path(modules: Matrix) -> str:
    """The dark modules as the data of an SVG path, one unit each; runs of them are one stroke."""
    return "".join(
        f"M{x} {y}h{width}v1h-{width}z"
        for y, row in enumerate(modules)
        for x, width in _dark_runs(row)
    )


def _dark_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where each run of dark modules begins, and how long it is."""
    place = 0
    for dark, run in groupby(row):
        width = len(tuple(run))
        if dark:
            yield place, width
        place += width
