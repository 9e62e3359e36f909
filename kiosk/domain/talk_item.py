"""Items of a talk that a service notes beside the outcome, as its profile lists them."""

from dataclasses import dataclass

from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.lookup import by_id


@dataclass(frozen=True, slots=True)
class TalkChoice:
    """What staff can say about an item; its label is German, for staff alone."""

    id: ChoiceId
    label: str


@dataclass(frozen=True, slots=True)
class TalkItem:
    """What staff may say about each talk: one of the choices, or nothing.

    Its id is that of no question: both are counted, each alone, under their id.
    """

    id: QuestionId
    label: str
    choices: tuple[TalkChoice, ...]

    def choice(self, choice_id: str) -> TalkChoice:
        """The choice of that id; raises `Unknown`."""
        return by_id("answer", choice_id, self.choices)
