"""The 40 pins of a Raspberry Pi's header, models 2 to 5."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_LABELS = """
3V3 5V 2 5V 3 GND 4 14 GND 15 17 18 27 GND 22 23 3V3 24 10 GND
9 25 11 8 GND 7 0 1 5 GND 6 12 13 GND 19 16 26 20 GND 21
"""

PINS: Final[Mapping[int, str]] = dict(enumerate(_LABELS.split(), start=1))
"""What each pin is: a supply, ground, or a GPIO number (BCM)."""

PIN_OF: Final[Mapping[int, int]] = {
    int(label): pin for pin, label in PINS.items() if label.isdigit()
}
"""The pin of each GPIO number."""

GROUNDS: Final = tuple(pin for pin, label in PINS.items() if label == "GND")


def label(pin: int) -> str:
    """`GPIO5`, `GND`, `3V3`."""
    name = PINS[pin]
    return f"GPIO{name}" if name.isdigit() else name
