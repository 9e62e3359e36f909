"""A person at the glass who knows what they want, and begins again when the glass went dark."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.system.glass import Glass, HasGlass, Tap, element, in_language, lead, text, typing
from tests.waiting import eventually


@dataclass(frozen=True)
class Citizen:
    """A language, a topic with its group, a smiley for the way out, and perhaps tired feet.

    Where a question follows the smiley there is an answer.
    """

    language: str
    group: str
    topic: str
    score: int = 0
    priority: bool = False
    survey_answer: str = ""

    def draw(self, bus: HasGlass) -> str:
        """Tap through the screens until a number shows; says which."""
        number = text(self.look_at_number(bus), "number")
        bus.glass("tap", id="number.done")
        return number

    def look_at_number(self, bus: HasGlass) -> Glass:
        """The same, and stay before the number."""
        shown = lead(bus, self._way(), ["number"])
        return eventually(lambda: _with_priority(bus), "priority") if self.priority else shown

    def ask_in_vain(self, bus: HasGlass) -> Glass:
        """Tap through the screens until the glass says no."""
        return lead(bus, self._way(), ["refused"])

    def press_smiley(self, bus: HasGlass) -> None:
        """Go to the smileys and press one, until the glass says thank you."""
        way = {
            "start": "start.feedback",
            "feedback": f"smiley.{self.score}",
            "survey": f"survey.{self.survey_answer}",
        }
        lead(bus, way, ["thanks"])
        bus.glass("tap", id="thanks.done")

    def _way(self) -> Mapping[str, Tap]:
        return {
            "start": in_language(self.language, "start.number"),
            "thanks": "thanks.done",
            "feedback": "back",
            "language": f"language.{self.language}",
            "groups": f"group.{self.group}",
            "topics": f"topic.{self.topic}",
            "still_there": "still_there.yes",
        }


def _with_priority(bus: HasGlass) -> Glass | None:
    """The number, once its holder has said that they walk with difficulty."""
    shown = bus.glass("describe")
    if element(shown, "answer.priority.yes")["state"] == "on":
        return shown
    bus.glass("tap", id="answer.priority.yes")
    return None


def check_in(bus: HasGlass, code: str, language: str) -> Glass:
    """Type the code of an appointment; what the glass answers."""
    way: Mapping[str, Tap] = {
        "start": in_language(language, "start.appointment"),
        "language": f"language.{language}",
        "code": typing(code),
    }
    return lead(bus, way, ["number", "refused"])
