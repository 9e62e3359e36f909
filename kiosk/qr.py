"""QR codes as a matrix of dark and light modules, for paper, glass and pages."""

from __future__ import annotations

from html import escape
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
"""How many light modules whoever draws a code leaves around it (ISO/IEC 18004)."""

LARGEST_MODULES: Final = 177
"""The side of version 40, which carries 2331 bytes at level M."""


class QrTooLong(KioskError):
    """More text than a code of this size can carry."""

    def __init__(self, text: str, side_modules: int) -> None:
        self.text = text
        super().__init__(
            f"The text has {len(text.encode())} bytes, more than a QR code of {side_modules} "
            f"modules carries: shorten it. It begins with {text[:30]!r}."
        )


def matrix(text: str, most_modules: int = LARGEST_MODULES) -> Matrix:
    """The smallest code with this text; level M bears 15 % damage, as a streak on thermal paper.

    Raises `QrTooLong` when its side would have more than `most_modules` modules.
    """
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text.encode())
    try:
        code.make(fit=True)
    except (
        DataOverflowError,
        ValueError,
    ):  # its check of the version comes before that of the data
        raise QrTooLong(text, LARGEST_MODULES) from None
    rows = code.get_matrix()
    if len(rows) > most_modules:
        raise QrTooLong(text, most_modules)
    return tuple(tuple(bool(dark) for dark in row) for row in rows)


def as_svg(code: Matrix, title: str) -> str:
    """An `svg` element to stand in a page, black on white in any theme; `title` is read aloud."""
    side = len(code) + 2 * QUIET_MODULES
    dark = "".join(
        f"M{x + QUIET_MODULES} {y + QUIET_MODULES}h{length}v1h-{length}z"
        for y, row in enumerate(code)
        for x, length in _dark_runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" '
        f'shape-rendering="crispEdges"><title>{escape(title)}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )


def _dark_runs(row: tuple[bool, ...]) -> Iterator[tuple[int, int]]:
    """Where dark modules begin, and how many: joined, so that no seam shows between them."""
    x = 0
    for is_dark, modules in groupby(row):
        length = len(list(modules))
        if is_dark:
            yield x, length
        x += length
