"""Can a colour be read? Relative luminance and contrast as WCAG 2.2 defines them."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""For text, by success criterion 1.4.3 (EN 301 549, 11.1.4.3)."""

_WHITE_LUMINANCE = 1.0


def contrast_on_white(colour: str) -> float:
    """From 1 (white) to 21 (black), for a colour written as #RRGGBB."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return (_WHITE_LUMINANCE + 0.05) / (luminance + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004
