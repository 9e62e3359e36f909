"""What each screen says and offers, element by element, in the order of reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.arrange import Arrangement
from kiosk.touch.questions import (
    FACES,
    feedback_screen,
    groups_screen,
    language_screen,
    topics_screen,
)
from kiosk.touch.script import Content, Script, button, heading
from kiosk.touch.state import Screen, Slip
from kiosk.touch.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from collections.abc import Callable


def content(script: Script) -> Content:
    """The elements of the state's screen."""
    if script.state.warned:
        return _still_there(script)
    return _SCENES[script.state.screen](script)


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
        elements.append(button("start.number", Style.FILLED, Place.MAIN, text, "ticket"))
    text = script.text("start.give_feedback")
    elements.append(button("start.feedback", Style.CARD, Place.SECOND, text, "smiley"))
    if stage.stand_ins and not stage.pane.small:
        elements.append(Element("stand_in", Role.TEXT, Style.MUTED, Place.NOTE, notice))
    return Content(tuple(elements))


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
    take = button("check.take", Style.FILLED, Place.MAIN, text, "ticket")
    return Content((heading(script.text("check.title")), chosen, take))


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
    yes = button("still_there.yes", Style.FILLED, Place.CHOICE, script.text("still_there.yes"))
    no = button("still_there.no", Style.OUTLINED, Place.CHOICE, script.text("still_there.no"))
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
    Screen.LANGUAGE: language_screen,
    Screen.GROUPS: groups_screen,
    Screen.TOPICS: topics_screen,
    Screen.CHECK: _check,
    Screen.NUMBER: _number,
    Screen.FEEDBACK: feedback_screen,
    Screen.THANKS: _thanks,
    Screen.CLOSED: _closed,
    Screen.REFUSED: _refused,
    Screen.TROUBLE: _trouble,
}
