"""Questions that the glass asks between topic and number, as the profile lists them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kiosk.domain.ids import ChoiceId, LanguageCode, QuestionId
from kiosk.domain.lookup import by_id


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to a question. With `effect` "priority" its ticket is called earlier."""

    id: ChoiceId
    label: Mapping[LanguageCode, str] = field(default_factory=dict)
    effect: Literal["none", "priority"] = "none"


@dataclass(frozen=True, slots=True)
class Question:
    """What the glass asks between topic and number.

    A question of one choice is a switch beside the button that takes the number, any other a screen
    of its own. Answers go into the counts if `counted`, each alone, and to staff if
    `shown_at_desk`. Labels may be left out by the questions of `BUILT_IN_LABELS`.
    """

    id: QuestionId
    choices: tuple[Choice, ...]
    label: Mapping[LanguageCode, str] = field(default_factory=dict)
    skippable: bool = True
    counted: bool = True
    shown_at_desk: bool = False

    @property
    def is_switch(self) -> bool:
        """Whether there is nothing to choose from but on and off."""
        return len(self.choices) == 1

    def choice(self, choice_id: str) -> Choice:
        """The choice of that id; raises `Unknown`."""
        return by_id("answer", choice_id, self.choices)

    @property
    def is_kept(self) -> bool:
        """Whether an answer stays with its ticket; what it does is in the ticket already."""
        return self.counted or self.shown_at_desk


BUILT_IN_LABELS: Mapping[str, tuple[str, ...]] = {"priority": ("yes",), "interpreter": ("yes",)}
"""Questions and their choices whose words lie in assets/texts, as `question.priority.yes`."""

STAFF_LABELS: Mapping[str, str] = {
    "priority": "Vorrang",
    "interpreter": "Dolmetschen gewünscht",
}
"""What the yes to one of them is called in German, at the desk and in the export."""
