"""Colours by name and written #RRGGBB: channels, and contrast as WCAG 2.2 defines it."""

from __future__ import annotations

from typing import Final

COLOURS: Final = ("action", "green", "red", "violet", "teal", "orange", "muted")
"""What a topic group may be drawn in."""

LEAST_CONTRAST: Final = 4.5
"""For text, by success criterion 1.4.3 (EN 301 549, 11.1.4.3)."""

_LINEAR_BELOW: Final = 0.04045


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, from 0 to 1."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red / 255, green / 255, blue / 255


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= _LINEAR_BELOW else ((share + 0.055) / 1.055) ** 2.4
        for share in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
