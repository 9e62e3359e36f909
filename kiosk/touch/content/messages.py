"""Messages in the middle of the glass: thanks, refused, trouble, one moment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_skeleton

from kiosk.domain.refusal_reason import Reason
from kiosk.settings.texts.locales import locale_of
from kiosk.settings.texts.visits import next_visit
from kiosk.touch.content.context import Content, button
from kiosk.touch.layout.fit import Arrangement
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import ScreenContext


def thanks_screen(context: ScreenContext) -> Content:
    """The same for every smiley, and for one on a button: a bystander does not see which."""
    picture = Element("picture", Role.TEXT, Style.PICTURE, Slot.TOP, icon="thanks", colour="action")
    title = Element("heading", Role.HEADING, Style.TITLE, Slot.TOP, context.text("thanks.title"))
    use = Element("text", Role.TEXT, Style.BODY, Slot.MAIN, context.text("thanks.text"))
    names = Element("unnamed", Role.TEXT, Style.MUTED, Slot.MAIN, context.text("thanks.unnamed"))
    for elements in ((picture, title, use, names), (title, use, names), (title, use)):
        if sum(map(context.natural_px, elements)) <= context.height_px:
            break
    return Content(elements)


def returned_screen(context: ScreenContext) -> Content:
    """The number was given back; its paper may still lie in the tray."""
    title = context.text("returned.title", number=context.state.detail)
    return _message(context, title, context.text("returned.text"), "undo")


def still_there_screen(context: ScreenContext) -> Content:
    message = _message(context, context.text("still_there.title"), context.text("still_there.text"))
    yes = button("still_there.yes", Style.FILLED, Slot.CHOICE, context.text("still_there.yes"))
    no = button("still_there.no", Style.OUTLINED, Slot.CHOICE, context.text("still_there.no"))
    beside_each_other = Arrangement(1, 2) if context.setup.pane.upright else Arrangement(2, 1)
    return Content((*message.elements, yes, no), beside_each_other)


def bring_screen(context: ScreenContext) -> Content:
    """What papers the chosen topic takes."""
    topic = context.setup.profile.topic(context.state.topic or "")
    text = topic.bring.get(context.state.language, "")
    return _message(context, context.text("bring.title"), text, "papers")


def trouble_screen(context: ScreenContext) -> Content:
    title, text = context.text("trouble.title"), context.text("trouble.text")
    if context.state.lasting:
        title, text = context.text("trouble.lasting.title"), context.text("trouble.lasting.text")
    return _message(context, title, text, "warning")


def moment_screen(context: ScreenContext) -> Content:
    return _message(context, context.text("moment.title"), "", "clock")


def updating_screen(context: ScreenContext) -> Content:
    """In letters to be read from afar, as large as the pane has room for."""
    picture = Element("picture", Role.TEXT, Style.PICTURE, Slot.TOP, icon="clock")
    for first, second in ((Style.TITLE, Style.HEADING), (Style.TITLE, Style.BODY)):
        words = (
            Element("heading", Role.HEADING, first, Slot.MAIN, context.text("updating.title")),
            Element("text", Role.TEXT, second, Slot.MAIN, context.text("updating.text")),
        )
        for elements in ((picture, *words), words):
            if sum(map(context.natural_px, elements)) <= context.height_px:
                return Content(elements)
    return _message(context, context.text("updating.title"), context.text("updating.text"), "clock")


def no_voice_screen(context: ScreenContext) -> Content:
    """Nothing can be read aloud in this language."""
    return _message(context, context.text("voice.missing"), context.text("voice.team"), "ear")


def refused_screen(context: ScreenContext) -> Content:
    """Why, and what can be done about it."""
    reason = context.state.reason
    title, text = context.text(f"refused.{reason}.title"), context.text(f"refused.{reason}.text")
    if reason is Reason.NO_INTAKE:
        text = next_chance(context) or text
    return _message(context, title, f"{_detail(context)} {text}".strip(), "question")


def _detail(context: ScreenContext) -> str:
    """Where or when the appointment is, if it is known."""
    detail = context.state.detail
    if detail and context.state.reason is Reason.OTHER_STOP:
        return context.text("refused.at_stop", stop=detail)
    if detail and context.state.reason is Reason.OTHER_DAY:
        begins = datetime.fromisoformat(detail)
        date = format_skeleton("MMMMd", begins, locale=locale_of(context.state.language))
        return context.text("refused.at_time", date=date, time=f"{begins:%H:%M}")
    return ""


def next_chance(context: ScreenContext) -> str:
    """When and where the next visit begins, if that is known."""
    planned = context.state.next_visit
    if planned is None:
        return ""
    stop = context.name(context.setup.profile.stop(planned.stop).name)
    return next_visit(context.setup.texts, context.state.language, planned, stop)


def next_chance_short(context: ScreenContext) -> str:
    """When alone, for a small pane."""
    planned = context.state.next_visit
    if planned is None:
        return ""
    date = format_skeleton("MEd", planned.begins, locale=locale_of(context.state.language))
    return context.text("next_visit_short", date=date, time=f"{planned.begins:%H:%M}")


def _message(context: ScreenContext, title: str, text: str, icon: str = "") -> Content:
    """The picture only where there is room for it."""
    picture = Element("picture", Role.TEXT, Style.PICTURE, Slot.TOP, icon=icon)
    words = [Element("heading", Role.HEADING, Style.HEADING, Slot.MAIN, title)]
    if text:
        words.append(Element("text", Role.TEXT, Style.BODY, Slot.MAIN, text))
    elements = [picture, *words] if icon else words
    if sum(map(context.natural_px, elements)) > context.height_px:
        elements = words
    return Content(tuple(elements))
