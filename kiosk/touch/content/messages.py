"""A few words in the middle of the glass: thanks, closed, refused, trouble, one moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_skeleton

from kiosk.settings.texts.locales import locale_of
from kiosk.touch.content.context import Content, button
from kiosk.touch.content.questions import FACES
from kiosk.touch.flow.state import Reason
from kiosk.touch.layout.fit import Arrangement
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import Script


def thanks_screen(script: Script) -> Content:
    faces, score = FACES[script.stage.profile.score_levels], script.state.score
    icon = f"face-{faces[len(faces) - score]}" if score else "smiley"  # a button's is not told
    return Content(
        (
            Element("picture", Role.TEXT, Style.PICTURE, Place.TOP, icon=icon),
            Element("heading", Role.HEADING, Style.TITLE, Place.TOP, script.text("thanks.title")),
        )
    )


def still_there_screen(script: Script) -> Content:
    message = _message(script, script.text("still_there.title"), script.text("still_there.text"))
    yes = button("still_there.yes", Style.FILLED, Place.CHOICE, script.text("still_there.yes"))
    no = button("still_there.no", Style.OUTLINED, Place.CHOICE, script.text("still_there.no"))
    beside_each_other = Arrangement(1, 2) if script.stage.pane.upright else Arrangement(2, 1)
    return Content((*message.elements, yes, no), beside_each_other)


def closed_screen(script: Script) -> Content:
    return _message(script, script.text("closed.title"), script.text("closed.text"), "clock")


def trouble_screen(script: Script) -> Content:
    return _message(script, script.text("trouble.title"), script.text("trouble.text"), "warning")


def moment_screen(script: Script) -> Content:
    return _message(script, script.text("moment.title"), "", "clock")


def refused_screen(script: Script) -> Content:
    """Why, and what can be done about it."""
    reason = script.state.reason
    title, text = script.text(f"refused.{reason}.title"), script.text(f"refused.{reason}.text")
    return _message(script, title, f"{_detail(script)} {text}".strip(), "question")


def _detail(script: Script) -> str:
    """Where or when somebody is expected, if it is known."""
    detail = script.state.detail
    if detail and script.state.reason is Reason.OTHER_STOP:
        return script.text("refused.at_stop", stop=detail)
    if detail and script.state.reason is Reason.OTHER_DAY:
        begins = datetime.fromisoformat(detail)
        date = format_skeleton("MMMMd", begins, locale=locale_of(script.state.language))
        return script.text("refused.at_time", date=date, time=f"{begins:%H:%M}")
    return ""


def _message(script: Script, title: str, text: str, icon: str = "") -> Content:
    """The picture only where there is room for it."""
    picture = Element("picture", Role.TEXT, Style.PICTURE, Place.TOP, icon=icon)
    words = [Element("heading", Role.HEADING, Style.HEADING, Place.MAIN, title)]
    if text:
        words.append(Element("text", Role.TEXT, Style.BODY, Place.MAIN, text))
    elements = [picture, *words] if icon else words
    if sum(map(script.natural_px, elements)) > script.height_px:
        elements = words
    return Content(tuple(elements))
