"""What each screen says and offers, element by element, in the order of reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.touch.arrange import (
    HEADING_ICON_MM,
    HEADING_SPACE_MM,
    SINGLE,
    Arrangement,
    Room,
    arrange,
    arrange_smileys,
    pages,
    smileys_alone,
)
from kiosk.touch.state import Screen, Slip
from kiosk.touch.theme import HEADING
from kiosk.touch.typeset import typeset
from kiosk.touch.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kiosk.domain.profile import Profile
    from kiosk.texts import Texts
    from kiosk.touch.flow import Flow
    from kiosk.touch.state import State
    from kiosk.touch.theme import Pane

FACES = {3: (4, 3, 2), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}
"""For a scale of that many levels, which of the five faces are shown, the best first."""

_WORDS = {5: "very_good", 4: "good", 3: "middle", 2: "bad", 1: "very_bad"}


@dataclass(frozen=True, slots=True)
class Stage:
    """What the screens draw on: the service's names and words, the flow, the pane."""

    profile: Profile
    texts: Texts
    flow: Flow
    pane: Pane
    stand_ins: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """The elements above the bar."""

    elements: tuple[Element, ...]
    arrangement: Arrangement = SINGLE


@dataclass(frozen=True, slots=True)
class Script:
    """The words of one state in its language, and the room that they have."""

    stage: Stage
    state: State

    def text(self, key: str, **values: object) -> str:
        """A text in the citizen's language."""
        return self.stage.texts(self.state.language, key, **values)

    @property
    def right_to_left(self) -> bool:
        """Which way the citizen reads."""
        return self.stage.texts.direction(self.state.language) == "rtl"

    def room(self, height_px: int = 0) -> Room:
        """The room between the margins."""
        pane = self.stage.pane
        return Room(pane, pane.inner_px, height_px, self.right_to_left)

    def below(self, heading: str, beside_px: int = 0) -> Room:
        """The room that a heading leaves above the bar."""
        pane = self.stage.pane
        letters = self.room().letters(HEADING)
        lines_px = typeset(heading, letters, pane.inner_px - beside_px).height_px
        used_px = pane.top_px + lines_px + pane.gap_px + pane.bottom_px + pane.bar_px
        return self.room(pane.height_px - used_px)


def content(script: Script) -> Content:
    """The elements of the state's screen."""
    if script.state.warned:
        return _still_there(script)
    return _SCENES[script.state.screen](script)


def _heading(text: str, icon: str = "", colour: str = "") -> Element:
    return Element(
        "heading", Role.HEADING, Style.HEADING, Place.TOP, text, icon=icon, colour=colour
    )


def _start(script: Script) -> Content:
    stage = script.stage
    elements = [
        Element("service", Role.HEADING, Style.STRONG, Place.TOP, stage.profile.name),
    ]
    notice = script.text("start.stand_in_short" if stage.pane.small else "start.stand_in")
    if stage.stand_ins and stage.pane.small:  # no room for both, and no bus stands there
        elements.append(Element("stand_in", Role.TEXT, Style.MUTED, Place.TOP, notice))
    elif script.state.visit:
        stop = stage.profile.stop(script.state.visit.stop).name
        elements.append(Element("stop", Role.TEXT, Style.MUTED, Place.TOP, stop))
    if script.state.offered:
        text = script.text("start.take_number")
        elements.append(_button("start.number", Style.FILLED, Place.MAIN, text, "ticket"))
    text = script.text("start.give_feedback")
    elements.append(_button("start.feedback", Style.CARD, Place.SECOND, text, "smiley"))
    if stage.stand_ins and not stage.pane.small:
        elements.append(Element("stand_in", Role.TEXT, Style.MUTED, Place.NOTE, notice))
    return Content(tuple(elements))


def _button(name: str, style: Style, place: Place, text: str, icon: str = "") -> Element:
    return Element(name, Role.BUTTON, style, place, text, icon=icon)


def _language(script: Script) -> Content:
    stage, state = script.stage, script.state
    choices = [
        Element(
            f"language.{code}",
            Role.BUTTON,
            Style.FILLED if code == state.language else Style.CARD,
            Place.CHOICE,
            stage.texts.name(code),
            state="selected" if code == state.language else "",
        )
        for code in stage.profile.languages
    ]
    return _choices(script, _heading(script.text("language.title")), choices, most=len(choices))


def _groups(script: Script) -> Content:
    profile, language = script.stage.profile, script.state.language
    groups = [profile.group(group) for group in script.stage.flow.groups(script.state)]
    choices = [
        Element(
            f"group.{group.id}",
            Role.BUTTON,
            Style.CARD,
            Place.CHOICE,
            group.label[language],
            icon=group.pictogram,
            colour=group.colour,
        )
        for group in groups
    ]
    return _choices(script, _heading(script.text("groups.title")), choices)


def _topics(script: Script) -> Content:
    profile, language = script.stage.profile, script.state.language
    group = profile.group(script.state.group or "")
    topics = [profile.topic(topic) for topic in script.stage.flow.topics(script.state)]
    choices = [
        _button(f"topic.{topic.id}", Style.CARD, Place.CHOICE, topic.label[language])
        for topic in topics
    ]
    pictogram = "" if script.stage.pane.upright else group.pictogram  # there is no room beside it
    title = _shortest(script, "topics.title", "topics.title_short")
    heading = _heading(title, pictogram, group.colour)
    return _choices(script, heading, choices)


def _choices(
    script: Script, heading: Element, choices: Sequence[Element], most: int = 6
) -> Content:
    """As many choices as there is room for, and the way to more of them."""
    more = Element(
        "more",
        Role.BUTTON,
        Style.OUTLINED,
        Place.CHOICE,
        script.text("more"),
        script.text("more.say"),
        icon="more",
    )
    pane = script.stage.pane
    icons = any(choice.icon for choice in choices)
    beside_px = pane.px(HEADING_ICON_MM + HEADING_SPACE_MM) if heading.icon else 0
    room = script.below(heading.text, beside_px)
    labels = [choice.text for choice in choices]
    arrangement = arrange(labels, room, icons=icons, most=most)
    parts = pages(len(choices), max(2, min(arrangement.places, most)))
    number = min(script.state.page, len(parts) - 1)
    shown = [choices[place] for place in parts[number]]
    if number < len(parts) - 1:
        shown.append(more)
    return Content((heading, *shown), arrangement)


def _check(script: Script) -> Content:
    profile, state = script.stage.profile, script.state
    topic = profile.topic(state.topic or "")
    group = profile.group(topic.group)
    chosen = Element(
        "check.topic",
        Role.TEXT,
        Style.PICTURE,
        Place.NOTE,
        topic.label[state.language],
        icon=group.pictogram,
        colour=group.colour,
    )
    text = script.text("check.take_number")
    take = _button("check.take", Style.FILLED, Place.MAIN, text, "ticket")
    return Content((_heading(script.text("check.title")), chosen, take))


def _number(script: Script) -> Content:
    shown = script.state.shown
    if shown is None:
        return Content(())
    ahead = script.text("number.nobody_ahead")
    if shown.ahead:
        ahead = script.text("number.ahead", count=shown.ahead)
    say = script.text("number.say", number=shown.number)
    elements = [
        Element("heading", Role.HEADING, Style.BODY, Place.TOP, script.text("number.title")),
        Element("number", Role.TEXT, Style.NUMBER, Place.MAIN, shown.number, say),
        Element("number.ahead", Role.TEXT, Style.STRONG, Place.MAIN, ahead),
    ]
    if shown.slip is Slip.FAILED:
        text = script.text("number.remember", number=shown.number)
        elements.append(Element("number.slip", Role.TEXT, Style.STRONG, Place.NOTE, text))
    elif shown.slip is Slip.PRINTED:
        text = script.text("number.take_slip")
        elements.append(Element("number.slip", Role.TEXT, Style.MUTED, Place.NOTE, text))
    return Content(tuple(elements))


def _feedback(script: Script) -> Content:
    levels = script.stage.profile.score_levels
    faces = FACES[levels]
    words = [script.text(f"feedback.{_WORDS[face]}") for face in faces]
    heading = _heading(_shortest(script, "feedback.title", "feedback.title_short"))
    room = script.below(heading.text)
    whole = arrange_smileys(words, room)
    smileys = tuple(
        Element(
            f"smiley.{levels - place}",
            Role.BUTTON,
            Style.SMILEY,
            Place.CHOICE,
            word if whole else "",
            word,
            icon=f"face-{face}",
        )
        for place, (word, face) in enumerate(zip(words, faces, strict=True))
    )
    if whole:
        return Content((heading, *smileys), whole)
    notes = (
        Element("best", Role.TEXT, Style.STRONG, Place.NOTE, words[0]),
        Element("worst", Role.TEXT, Style.STRONG, Place.NOTE, words[-1]),
    )
    return Content((heading, *smileys, *notes), smileys_alone(levels, room))


def _shortest(script: Script, *keys: str) -> str:
    """The first of these texts that takes as few lines of a heading as any of them."""
    letters = script.room().letters(HEADING)
    texts = [script.text(key) for key in keys]
    return min(
        texts, key=lambda text: len(typeset(text, letters, script.stage.pane.inner_px).lines)
    )


def _thanks(script: Script) -> Content:
    faces = FACES[script.stage.profile.score_levels]
    face = faces[len(faces) - script.state.score]
    return Content(
        (
            Element("picture", Role.TEXT, Style.PICTURE, Place.TOP, icon=f"face-{face}"),
            Element("heading", Role.HEADING, Style.TITLE, Place.TOP, script.text("thanks.title")),
        )
    )


def _still_there(script: Script) -> Content:
    message = _message(script, "still_there.title", "still_there.text", "")
    yes = _button("still_there.yes", Style.FILLED, Place.CHOICE, script.text("still_there.yes"))
    no = _button("still_there.no", Style.OUTLINED, Place.CHOICE, script.text("still_there.no"))
    beside_each_other = Arrangement(1, 2) if script.stage.pane.upright else Arrangement(2, 1)
    return Content((*message.elements, yes, no), beside_each_other)


def _message(script: Script, title: str, text: str, icon: str) -> Content:
    elements = [Element("picture", Role.TEXT, Style.PICTURE, Place.TOP, icon=icon)] if icon else []
    elements.append(Element("heading", Role.HEADING, Style.HEADING, Place.MAIN, script.text(title)))
    if text:
        elements.append(Element("text", Role.TEXT, Style.BODY, Place.MAIN, script.text(text)))
    return Content(tuple(elements))


def _closed(script: Script) -> Content:
    return _message(script, "closed.title", "closed.text", "clock")


def _refused(script: Script) -> Content:
    return _message(script, "refused.title", "refused.text", "question")


def _trouble(script: Script) -> Content:
    return _message(script, "trouble.title", "trouble.text", "warning")


_SCENES: dict[Screen, Callable[[Script], Content]] = {
    Screen.START: _start,
    Screen.LANGUAGE: _language,
    Screen.GROUPS: _groups,
    Screen.TOPICS: _topics,
    Screen.CHECK: _check,
    Screen.NUMBER: _number,
    Screen.FEEDBACK: _feedback,
    Screen.THANKS: _thanks,
    Screen.CLOSED: _closed,
    Screen.REFUSED: _refused,
    Screen.TROUBLE: _trouble,
}
