"""The screens that ask: language, topic group, topic, smileys. What does not fit goes on a page."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from kiosk.domain.refusal_reason import Reason
from kiosk.touch.content.context import Content, ScreenContext, button, heading
from kiosk.touch.flow import offered
from kiosk.touch.layout.fit import (
    HEADING_ICON_MM,
    HEADING_SPACE_MM,
    MOST_CHOICES,
    Card,
    arrange_smileys,
    pages,
    smileys_alone,
)
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import TopicId

FACES = {3: (4, 3, 2), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}
"""For a scale of that many levels, which of the five faces are shown, the best first."""

_WHY_SPENT = {
    Reason.USED_UP: ("topics.used_up.say", "used_up"),
    Reason.BY_APPOINTMENT: ("start.by_appointment", "calendar"),
}

_WORDS = {5: "very_good", 4: "good", 3: "middle", 2: "bad", 1: "very_bad"}


def language_screen(context: ScreenContext) -> Content:
    setup, state = context.setup, context.state
    cards = [
        Element(
            f"language.{code}",
            Role.BUTTON,
            Style.FILLED if code == state.language else Style.CARD,
            Slot.CHOICE,
            setup.texts.name(code),
            state="selected" if code == state.language else "",
        )
        for code in setup.profile.languages
    ]
    return choices(context, heading(context.text("language.title")), cards, most=len(cards))


def groups_screen(context: ScreenContext) -> Content:
    profile, language = context.setup.profile, context.state.language
    groups = [profile.group(group) for group in offered.groups(profile, context.state)]
    cards = [
        Element(
            f"group.{group.id}",
            Role.BUTTON,
            Style.CARD,
            Slot.CHOICE,
            group.label[language],
            icon=group.pictogram,
            colour=group.colour,
        )
        for group in groups
    ]
    return choices(context, heading(context.text("groups.title")), cards)


def topics_screen(context: ScreenContext) -> Content:
    profile, language = context.setup.profile, context.state.language
    group = profile.group(context.state.group or "")
    cards = []
    for topic in offered.topics(profile, context.state):
        label = profile.topic(topic).label[language]
        card = button(f"topic.{topic}", Style.CARD, Slot.CHOICE, label)
        cards.append(card if topic in context.state.offered else _spent(context, card, topic))
    pictogram = "" if context.setup.pane.upright else group.pictogram  # there is no room beside it
    title = context.shortest("topics.title", "topics.title_short")
    return choices(context, heading(title, pictogram, group.colour), cards)


def question_screen(context: ScreenContext) -> Content:
    """A question of the profile; on the way back the answer given is marked."""
    question = context.setup.profile.question(context.state.question or "")
    chosen = context.state.choice_of(question.id)
    cards = [
        Element(
            f"answer.{question.id}.{choice.id}",
            Role.BUTTON,
            Style.FILLED if choice.id == chosen else Style.CARD,
            Slot.CHOICE,
            choice.label[context.state.language],
            state="selected" if choice.id == chosen else "",
        )
        for choice in question.choices
    ]
    skip = button("skip", Style.OUTLINED, Slot.CHOICE, context.text("question.skip"))
    title = heading(question.label[context.state.language])
    return choices(context, title, cards, foot=[skip] if question.skippable else [])


def _spent(context: ScreenContext, card: Element, topic: TopicId) -> Element:
    """It keeps its place, so that no other topic is taken for it; a touch tells why."""
    reason = offered.unavailable_reason(context.setup.profile, context.state, topic)
    why, icon = _WHY_SPENT[reason]
    say = f"{card.text}. {context.text(why)}"
    return replace(card, say=say, style=Style.SPENT, icon=icon, state=reason)


def choices(
    context: ScreenContext,
    question: Element,
    cards: Sequence[Element],
    most: int = MOST_CHOICES,
    *,
    foot: Sequence[Element] | None = None,
) -> Content:
    """As many choices as there is room for, and the way to more.

    `foot` stands below the choices of each page; with it, also an empty one, the way to more is in
    the bar.
    """
    more = replace(
        button("more", Style.OUTLINED, Slot.CHOICE, context.text("more"), "more"),
        say=context.text("more.say"),
    )
    pane = context.setup.pane
    beside_px = pane.px(HEADING_ICON_MM + HEADING_SPACE_MM) if question.icon else 0
    room = context.below(question.text, beside_px)
    way_on = [] if foot is not None else [Card(more.text, icon=True)]
    found = pages(_cards(cards), way_on, room, most, _cards(foot or ()))
    part = deque(islice(found, context.state.page + 1), maxlen=1).pop()
    last = part.cards.stop == len(cards)
    shown = [*(cards[place] for place in part.cards), *(foot or ())]
    if not last and foot is None:
        shown.append(more)
    return Content((question, *shown), part.arrangement, more=not last and foot is not None)


def _cards(elements: Sequence[Element]) -> list[Card]:
    return [Card(element.text, bool(element.icon)) for element in elements]


def feedback_screen(context: ScreenContext) -> Content:
    levels = context.setup.profile.score_levels
    faces = FACES[levels]
    words = [context.text(f"feedback.{_WORDS[face]}") for face in faces]
    question = heading(context.shortest("feedback.title", "feedback.title_short"))
    room = context.below(question.text)
    whole = arrange_smileys(words, room)
    smileys = tuple(
        Element(
            f"smiley.{levels - place}",
            Role.BUTTON,
            Style.SMILEY,
            Slot.CHOICE,
            word if whole else "",
            word,
            icon=f"face-{face}",
        )
        for place, (word, face) in enumerate(zip(words, faces, strict=True))
    )
    if whole:
        return Content((question, *smileys), whole)
    notes = (
        Element("best", Role.TEXT, Style.STRONG, Slot.NOTE, words[0]),
        Element("worst", Role.TEXT, Style.STRONG, Slot.NOTE, words[-1]),
    )
    return Content((question, *smileys, *notes), smileys_alone(levels, room))
