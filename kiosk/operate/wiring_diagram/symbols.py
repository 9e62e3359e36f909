"""Circuit symbols of the diagram, each on a wire that runs from left to right.

A symbol begins at (x, y), and tells where its wire goes on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.operate.wiring_diagram.drawing import Drawing


PIN_PX = 140
"""How wide a pin or a socket is drawn."""


def pin(drawing: Drawing, x: float, y: float, words: str) -> float:
    """A pin of the header."""
    drawing.box(x, y - 14, PIN_PX, 28, "used")
    drawing.text(x + PIN_PX / 2, y + 5, words, "used middle bold")
    return x + PIN_PX


def wire(drawing: Drawing, x: float, y: float, length: float) -> float:
    drawing.line((x, y), (x + length, y))
    return x + length


def contact(drawing: Drawing, x: float, y: float) -> float:
    """A push button that closes while it is pressed."""
    x = wire(drawing, x, y, 30)
    drawing.circle(x + 4, y, 4)
    drawing.line((x + 4, y - 13), (x + 46, y - 13))
    drawing.line((x + 25, y - 13), (x + 25, y - 22))
    drawing.circle(x + 46, y, 4)
    return wire(drawing, x + 50, y, 30)


def resistor(drawing: Drawing, x: float, y: float, ohms: str) -> float:
    x = wire(drawing, x, y, 20)
    drawing.box(x, y - 8, 44, 16, round_px=0)
    drawing.text(x + 22, y - 13, ohms, "small middle")
    return wire(drawing, x + 44, y, 20)


def ground(drawing: Drawing, x: float, y: float) -> float:
    drawing.line((x, y), (x, y + 8))
    for half, below in ((14, 8), (9, 12), (4, 16)):
        drawing.line((x - half, y + below), (x + half, y + below))
    return x + 14


def supply(drawing: Drawing, x: float, y: float, words: str) -> float:
    drawing.circle(x + 4, y, 4)
    drawing.text(x + 14, y + 5, words)
    return x + 14 + 9 * len(words)


def lamp(drawing: Drawing, x: float, y: float) -> float:
    x = wire(drawing, x, y, 20)
    drawing.circle(x + 13, y, 13)
    drawing.line((x + 4, y - 9), (x + 22, y + 9))
    drawing.line((x + 4, y + 9), (x + 22, y - 9))
    return wire(drawing, x + 26, y, 20)


def switch_to_ground(drawing: Drawing, x: float, y: float) -> float:
    """A transistor that lets the wire at its right through to ground."""
    x = wire(drawing, x, y, 14)
    drawing.circle(x + 15, y, 19)
    drawing.line((x, y), (x + 8, y))
    drawing.line((x + 8, y - 10), (x + 8, y + 10))
    drawing.line((x + 8, y + 4), (x + 22, y + 12), (x + 22, y + 22))
    drawing.line((x + 8, y - 4), (x + 22, y - 12), (x + 22, y - 26), (x + 44, y - 26))
    ground(drawing, x + 22, y + 20)
    return x + 44


def optocoupler(drawing: Drawing, x: float, y: float) -> float:
    """Light goes across, no current: between the vehicle's 12 V and the pin.

    At the left the transistor from the pin to ground, at the right the LED; goes on at its plus.
    """
    x = wire(drawing, x, y, 30)
    drawing.box(x, y - 14, 84, 62, "soft")
    drawing.line((x, y), (x + 10, y), (x + 24, y + 12))
    drawing.line((x + 24, y + 6), (x + 24, y + 28))
    drawing.line((x + 24, y + 22), (x + 10, y + 34), (x - 12, y + 34))
    ground(drawing, x - 12, y + 34)
    for step in (0, 8):
        drawing.line((x + 50, y + 13 + step), (x + 35, y + 13 + step), (x + 39, y + 10 + step))
    drawing.line((x + 84, y), (x + 66, y), (x + 66, y + 34), (x + 96, y + 34))
    drawing.line((x + 57, y + 12), (x + 75, y + 12), (x + 66, y + 23), (x + 57, y + 12))
    drawing.line((x + 57, y + 23), (x + 75, y + 23))
    ground(drawing, x + 96, y + 34)
    drawing.text(x + 118, y + 42, "the vehicle's ground", "small")
    return x + 84


def plug(drawing: Drawing, x: float, y: float, words: str) -> float:
    """A socket of the computer."""
    drawing.box(x, y - 14, PIN_PX, 28)
    drawing.box(x + 8, y - 6, 14, 12, "used", round_px=1)
    drawing.text(x + PIN_PX / 2 + 8, y + 5, words, "middle")
    return x + PIN_PX


def device(drawing: Drawing, x: float, y: float, words: str) -> float:
    width = 30 + 9 * len(words)
    drawing.box(x, y - 17, width, 34, "soft")
    drawing.text(x + width / 2, y + 5, words, "middle")
    return x + width
