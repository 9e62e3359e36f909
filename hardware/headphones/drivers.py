"""Picks the driver of the headphone socket by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.headphones.fake import FakeHeadphones, FileHeadphones
from hardware.headphones.jack import JackHeadphones

if TYPE_CHECKING:
    from pathlib import Path

    from hardware.headphones.port import Headphones


def headphones_driver(name: str, card: str, control: str, file: Path) -> Headphones:
    """Of a box without a socket, with something always connected, with a switch, or with a file."""
    match name:
        case "jack":
            return JackHeadphones(card, control)
        case "file":
            return FileHeadphones(file)
        case "none" | "always":
            return FakeHeadphones(plugged=name == "always")
    message = f"there is no driver {name!r} of headphones"
    raise LookupError(message)
