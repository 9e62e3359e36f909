"""Confirmation before a number is taken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.content.context import Content, button, heading
from kiosk.touch.layout.fit import SINGLE
from kiosk.touch.layout.main_buttons import arrange_buttons
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.domain.question import Question
    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.layout.fit import Room


def check_screen(context: ScreenContext) -> Content:
    """The chosen topic, the one button that takes a number, and the question that is a switch."""
    chosen, text = _chosen(context), context.text("check.take_number")
    take = button("check.take", Style.FILLED, Slot.MAIN, text, "ticket")
    title = heading(context.text("check.title"))
    switch = next((each for each in context.setup.profile.questions if each.is_switch), None)
    if switch is None:
        room = _room(context, title, chosen)
        return Content((title, chosen, take), arrange_buttons([], room, main=text) or SINGLE)
    alone = replace(chosen, role=Role.HEADING)
    tops: tuple[tuple[Element, ...], ...] = (
        (title, chosen),
        (alone,),
        (replace(alone, style=Style.STRONG),),
    )
    found = [
        Content((*top, take, _switch(context, switch, label)), arrangement)
        for top in tops
        for label in _labels(context, switch)
        if (arrangement := arrange_buttons([label], _room(context, *top), main=text))
    ]
    below = next((one for one in found if not one.arrangement.level), None)
    return below or next(iter(found), Content((*tops[-1], take), SINGLE))


def _chosen(context: ScreenContext) -> Element:
    profile, state = context.setup.profile, context.state
    topic = profile.topic(state.topic or "")
    group = profile.group(topic.group)
    return Element(
        "check.topic",
        Role.TEXT,
        Style.PICTURE,
        Slot.NOTE,
        topic.label[state.language],
        icon=group.pictogram,
        colour=group.colour,
    )


def _labels(context: ScreenContext, switch: Question) -> tuple[str, ...]:
    """What stands on the switch; the texts also have a shorter form where they have any."""
    [choice] = switch.choices
    if choice.label:
        return (choice.label[context.state.language],)
    full, short = f"question.{switch.id}.{choice.id}", f"question.{switch.id}.{choice.id}_short"
    return context.text(full), context.text(short)


def _switch(context: ScreenContext, switch: Question, label: str) -> Element:
    """On or off; the picture shows it as well as the colour."""
    [choice] = switch.choices
    on = context.state.choice_of(switch.id) == choice.id
    state, style = ("on", Style.OUTLINED) if on else ("off", Style.CARD)
    says = {"on": "check.switch.say_on", "off": "check.switch.say_off"}
    say = context.text(says[state], label=_labels(context, switch)[-1])
    sign = "priority" if choice.effect == "priority" else "switch-off"
    icon, name = "switch-on" if on else sign, f"answer.{switch.id}.{choice.id}"
    return Element(name, Role.BUTTON, style, Slot.SECOND, label, say, icon, state=state)


def _room(context: ScreenContext, *above: Element) -> Room:
    """What these elements leave for buttons."""
    used_px = sum(context.natural_px(element) for element in above)
    return context.room(context.height_px - used_px - len(above) * context.setup.pane.gap_px)
