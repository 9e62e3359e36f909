"""Steps at the real glass, through its inspection socket: taps that lead somewhere, and looking."""

import base64
import io
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Protocol

import zxingcpp
from PIL import Image

from tests.system.bus import GlassAway
from tests.waiting import eventually

Glass = dict[str, Any]
Tap = str | Callable[[Glass], str]
"""What is tapped on a screen: always the same, or what its description asks for."""


class HasGlass(Protocol):
    """A bus whose glass can be asked what it shows, and tapped."""

    def glass(self, command: str, **more: str) -> Glass:
        """`describe`, or `tap` with the element's `id`. Raises `GlassAway`."""


TO_START: Mapping[str, Tap] = {
    "number": "number.done",
    "survey": "survey.done",
    "thanks": "thanks.done",
    "sheet": "sheet.done",
    "returned": "returned.done",
    "still_there": "still_there.no",
    **dict.fromkeys(
        ("language", "groups", "topics", "code", "refused", "feedback"),
        "back",
    ),
    **dict.fromkeys(("needs", "offers", "offer"), "close"),
}


def lead(bus: HasGlass, way: Mapping[str, Tap], goals: Collection[str]) -> Glass:
    """Tap what `way` says for each screen until one of the goals is there; its description."""

    def step() -> Glass | None:
        try:
            return _step(bus, way, goals)
        except GlassAway:
            return None

    return eventually(step, f"one of the screens {', '.join(goals)}")


def home(bus: HasGlass) -> Glass:
    """Leave the glass as the next citizen finds it."""
    return lead(bus, TO_START, ["start"])


def turn_to(bus: HasGlass, name: str) -> Glass:
    """Wait for an element, and turn pages if there are more."""

    def look() -> Glass | None:
        shown = bus.glass("describe")
        if name in ids(shown):
            return shown
        if "more" in ids(shown):
            bus.glass("tap", id="more")
        return None

    return eventually(look, f"a page with {name}")


def ids(glass: Glass) -> list[str]:
    """What stands on the glass, in the order of reading."""
    return [element["id"] for element in glass["elements"]]


def text(glass: Glass, name: str) -> str:
    """The words of an element."""
    return str(element(glass, name)["text"])


def element(glass: Glass, name: str) -> dict[str, Any]:
    """An element of a description by its id."""
    found: dict[str, Any] = next(one for one in glass["elements"] if one["id"] == name)
    return found


def picture(bus: HasGlass, file: Path) -> Image.Image:
    """A screenshot of the glass, as pixels; kept in a file for failed tests."""
    shot = Image.open(io.BytesIO(base64.b64decode(bus.glass("shot")["png"])))
    file.parent.mkdir(parents=True, exist_ok=True)
    shot.save(file)
    return shot


def code_on(bus: HasGlass, file: Path) -> str:
    """What a phone reads from the only QR code on the glass."""
    (code,) = zxingcpp.read_barcodes(picture(bus, file).convert("L"))
    return code.text


def in_language(language: str, then: str) -> Callable[[Glass], str]:
    """What is tapped at the start: the language's name, if need be on the sheet, then this."""

    def next_tap(glass: Glass) -> str:
        if glass["language"] == language:
            return then
        return name if (name := f"language.{language}") in ids(glass) else "language"

    return next_tap


def typing(code: str) -> Callable[[Glass], str]:
    """The next key of the number pad on the way to a code."""

    def next_key(glass: Glass) -> str:
        typed = "".join(sign for sign in text(glass, "code.typed") if sign.isdigit())
        if not code.startswith(typed):
            return "code.delete"
        return "code.ok" if typed == code else f"code.{code[len(typed)]}"

    return next_key


def _step(bus: HasGlass, way: Mapping[str, Tap], goals: Collection[str]) -> Glass | None:
    glass = bus.glass("describe")
    screen = glass["screen"]
    if screen in goals:
        return glass
    tap = way.get(screen)
    if tap is None:
        return None
    wanted = tap(glass) if callable(tap) else tap
    bus.glass("tap", id=wanted if wanted in ids(glass) else "more")
    return None
