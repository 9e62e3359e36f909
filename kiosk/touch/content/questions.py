"""The screens that ask: language, topic group, topic, smileys. What does not fit goes on a page."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from kiosk.domain.feedback import FACE_NAMES, FACES
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.survey import survey_question
from kiosk.touch.content.context import Content, ScreenContext, button, heading, spoken_heading
from kiosk.touch.flow import offered
from kiosk.touch.layout.fit import (
    MOST_CHOICES,
    TIGHT,
    Card,
    arrange_smileys,
    pages,
    smileys_alone,
)
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import TopicId

_WHY_SPENT = {
    Reason.USED_UP: ("topics.used_up.say", "used_up"),
    Reason.BY_APPOINTMENT: ("start.by_appointment", "calendar"),
}


def language_screen(context: ScreenContext) -> Content:
    """All other languages, and nothing else to read."""
    setup = context.setup
    cards = [
        button(f"language.{code}", Style.CARD, Slot.CHOICE, setup.texts.name(code))
        for code in setup.profile.languages
        if code != context.state.language
    ]
    title = spoken_heading(context.text("language.title"))
    return choices(context, title, cards, most=len(cards))


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
    return choices(context, list_heading(context, "groups.title"), cards)


def topics_screen(context: ScreenContext) -> Content:
    """Those of the chosen group, or all of a day on which they are few."""
    profile, language = context.setup.profile, context.state.language
    cards = []
    for name in offered.topics(profile, context.state):
        topic = profile.topic(name)
        group = profile.group(topic.group)
        card = Element(
            f"topic.{name}",
            Role.BUTTON,
            Style.CARD,
            Slot.CHOICE,
            topic.label[language],
            icon=group.pictogram,
            colour=group.colour,
        )
        cards.append(card if name in context.state.offered else _used_up(context, card, name))
    key = "topics.title" if context.state.group else "groups.title"
    return choices(context, list_heading(context, key), cards)


def list_heading(context: ScreenContext, *keys: str) -> Element:
    """The shortest of these; a small pane has no room for it: the choices say what is asked."""
    text = context.shortest(*keys)
    return spoken_heading(text) if context.setup.pane.small else heading(text)


def question_screen(context: ScreenContext) -> Content:
    """A question of the profile; the answer given is marked."""
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


def survey_screen(context: ScreenContext) -> Content:
    """One question after the smiley, which has been counted, and all answers on one page.

    For that, and for air around the answers, the thanks are left out, which the voice says; a small
    pane then leaves out the large letters. Large text gives up those of the question for air, too.
    """
    question = survey_question(context.setup.profile.survey_questions, context.state.survey or "")
    language = context.state.language
    cards = [
        button(f"survey.{each.id}", Style.CARD, Slot.CHOICE, each.label[language])
        for each in question.answers
    ]
    asked = question.text[language]
    say = f"{context.text('thanks.title')} {asked}"
    titles = (heading(say), replace(heading(asked), say=say))
    smallest = replace(titles[1], style=Style.STRONG)
    shown = [choices(context, title, cards) for title in (*titles, smallest)]
    large = shown if context.setup.pane.large_text else shown[: len(titles)]
    roomy = (each for each in large if each.arrangement.density != TIGHT)
    return next((each for each in chain(roomy, shown) if not each.more), shown[-1])


def _used_up(context: ScreenContext, card: Element, topic: TopicId) -> Element:
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
    foot: Sequence[Element] = (),
) -> Content:
    """As many choices as there is room for; the way to more is in the bar.

    `foot` stands below the choices of each page.
    """
    room = context.below(question)
    found = pages(_cards(cards), room, most, _cards(foot))
    part = deque(islice(found, context.state.page + 1), maxlen=1).pop()
    shown = (question, *(cards[place] for place in part.cards), *foot)
    return Content(shown, part.arrangement, more=part.cards.stop < len(cards))


def _cards(elements: Sequence[Element]) -> list[Card]:
    return [Card(element.text, bool(element.icon), element.note) for element in elements]


def feedback_screen(context: ScreenContext) -> Content:
    levels = context.setup.profile.score_levels
    faces = FACES[levels]
    words = [context.text(f"feedback.{FACE_NAMES[face]}") for face in faces]
    question = heading(context.shortest("feedback.title", "feedback.title_short"))
    room = context.below(question)
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
    alone = smileys_alone(levels, room)
    best = Element("best", Role.TEXT, Style.STRONG, Slot.NOTE, words[0])
    worst = Element("worst", Role.TEXT, Style.STRONG, Slot.NOTE, words[-1])
    if alone.in_rows:  # each beside its own end of the scale
        return Content((question, replace(best, slot=Slot.LEAD), *smileys, worst), alone)
    return Content((question, *smileys, best, worst), alone)
