"""The last look before a number is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.content.context import Content, button, heading
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.domain.profile import Question
    from kiosk.touch.content.context import Script
    from kiosk.touch.layout.fit import Room


def check_screen(script: Script) -> Content:
    """The chosen topic, the one button that takes a number, and the question that is a switch."""
    chosen, text = _chosen(script), script.text("check.take_number")
    take = button("check.take", Style.FILLED, Place.MAIN, text, "ticket")
    title = heading(script.text("check.title"))
    switch = next((each for each in script.stage.profile.questions if each.is_switch), None)
    if switch is None:
        room = _room(script, title, chosen)
        return Content((title, chosen, take), arrange_buttons([], room, main=text) or SINGLE)
    alone = replace(chosen, role=Role.HEADING)
    tops: tuple[tuple[Element, ...], ...] = (
        (title, chosen),
        (alone,),
        (replace(alone, style=Style.STRONG),),
    )
    found = [
        Content((*top, take, _switch(script, switch, label)), arrangement)
        for top in tops
        for label in _labels(script, switch)
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


def _labels(script: Script, switch: Question) -> tuple[str, ...]:
    """What stands on the switch; the texts also have a shorter form where they have any."""
    [choice] = switch.choices
    if choice.label:
        return (choice.label[script.state.language],)
    full, short = f"question.{switch.id}.{choice.id}", f"question.{switch.id}.{choice.id}_short"
    return script.text(full), script.text(short)


def _switch(script: Script, switch: Question, label: str) -> Element:
    """On or off; the picture shows it as well as the colour."""
    [choice] = switch.choices
    on = script.state.choice_of(switch.id) == choice.id
    state, style = ("on", Style.OUTLINED) if on else ("off", Style.CARD)
    says = {"on": "check.switch.say_on", "off": "check.switch.say_off"}
    say = script.text(says[state], label=_labels(script, switch)[-1])
    sign = "priority" if choice.effect == "priority" else "switch-off"
    icon, name = "switch-on" if on else sign, f"answer.{switch.id}.{choice.id}"
    return Element(name, Role.BUTTON, style, Place.SECOND, label, say, icon, state=state)


def _room(script: Script, *above: Element) -> Room:
    """What these elements leave for buttons."""
    used_px = sum(script.natural_px(element) for element in above)
    return script.room(script.height_px - used_px - len(above) * script.stage.pane.gap_px)
