"""The last look before a number is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.content.context import Content, button, heading
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.touch.content.context import Script
    from kiosk.touch.layout.fit import Room


def check_screen(script: Script) -> Content:
    """The chosen topic, the one button that takes a number, and whether somebody needs to sit."""
    chosen, text = _chosen(script), script.text("check.take_number")
    take = button("check.take", Style.FILLED, Place.MAIN, text, "ticket")
    title = heading(script.text("check.title"))
    if not script.stage.profile.priority_at_glass:
        room = _room(script, title, chosen)
        return Content((title, chosen, take), arrange_buttons([], room, main=text) or SINGLE)
    alone = replace(chosen, role=Role.HEADING)
    tops: tuple[tuple[Element, ...], ...] = (
        (title, chosen),
        (alone,),
        (replace(alone, style=Style.STRONG),),
    )
    found = [
        Content((*top, take, _priority(script, label)), arrangement)
        for top in tops
        for label in (script.text("check.priority"), script.text("check.priority_short"))
        if (arrangement := arrange_buttons([label], _room(script, *top), main=text))
    ]
    below = next((one for one in found if not one.arrangement.level), None)
    return below or next(iter(found), Content((*tops[-1], take), SINGLE))


def _chosen(script: Script) -> Element:
    profile, state = script.stage.profile, script.state
    topic = profile.topic(state.topic or "")
    group = profile.group(topic.group)
    return Element(
        "check.topic",
        Role.TEXT,
        Style.PICTURE,
        Place.NOTE,
        topic.label[state.language],
        icon=group.pictogram,
        colour=group.colour,
    )


def _priority(script: Script, label: str) -> Element:
    """On or off; the picture shows it as well as the colour."""
    state = "on" if script.state.priority else "off"
    says = {"on": "check.priority.say_on", "off": "check.priority.say_off"}
    style = Style.OUTLINED if script.state.priority else Style.CARD
    icon = f"priority-{state}"
    say = script.text(says[state])
    return Element(
        "check.priority", Role.BUTTON, style, Place.SECOND, label, say, icon, state=state
    )


def _room(script: Script, *above: Element) -> Room:
    """What these elements leave for buttons."""
    used_px = sum(script.natural_px(element) for element in above)
    return script.room(script.height_px - used_px - len(above) * script.stage.pane.gap_px)
