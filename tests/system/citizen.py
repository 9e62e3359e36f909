"""Somebody at the glass who knows what they want, and begins again when the glass went dark."""

from dataclasses import dataclass
from typing import Any

from tests.system.bus import Bus, GlassAway
from tests.waiting import eventually


@dataclass(frozen=True)
class Citizen:
    """A language, a topic with its group, and a smiley for the way out."""

    language: str
    group: str
    topic: str
    score: int

    def draw(self, bus: Bus) -> str:
        """Tap through the screens until a number shows; says which."""

        def try_once() -> str | None:
            try:
                return self._draw_once(bus)
            except GlassAway:
                return None

        return eventually(try_once, f"a number for {self}")

    def press_smiley(self, bus: Bus) -> None:
        """Go to the smileys and press one, until the glass says thank you."""

        def try_once() -> bool:
            try:
                return self._press_once(bus)
            except GlassAway:
                return False

        eventually(try_once, f"thanks for {self}")

    def _draw_once(self, bus: Bus) -> str | None:
        next_tap = {
            "start": "start.number",
            "thanks": "thanks.done",
            "feedback": "back",
            "language": f"language.{self.language}",
            "groups": f"group.{self.group}",
            "topics": f"topic.{self.topic}",
            "check": "check.take",
            "still_there": "still_there.yes",
        }
        glass = bus.glass("describe")
        screen = glass["screen"]
        if screen == "number":
            number = next(e["text"] for e in glass["elements"] if e["id"] == "number")
            bus.glass("tap", id="number.done")
            return str(number)
        if screen in next_tap and glass["language"] in {self.language, "de"}:
            bus.glass("tap", id=next_tap[screen])
        return None

    def _press_once(self, bus: Bus) -> bool:
        next_tap = {"start": "start.feedback", "feedback": f"smiley.{self.score}"}
        screen = bus.glass("describe")["screen"]
        if screen == "thanks":
            bus.glass("tap", id="thanks.done")
            return True
        if screen in next_tap:
            bus.glass("tap", id=next_tap[screen])
        return False


def element(glass: dict[str, Any], name: str) -> dict[str, Any]:
    """An element of a description by its id."""
    return next(found for found in glass["elements"] if found["id"] == name)
