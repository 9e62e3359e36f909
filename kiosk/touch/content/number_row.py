"""Lower row of the number screen: questions of the profile, and what to do with the number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.question import BUILT_IN_LABELS
from kiosk.settings.texts.questions import choice_label
from kiosk.touch.content.context import button
from kiosk.touch.flow import addresses
from kiosk.touch.flow.state import PaperState
from kiosk.touch.layout.fit import CLOSE, ROOMY, TIGHT, Arrangement
from kiosk.touch.layout.theme import TARGET_MM
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.question import Question
    from kiosk.touch.content.context import ScreenContext
    from kiosk.touch.flow.state import ShownNumber

_MOST_IN_LINE = 3
"""So many pictures stand in a row or a column of a small pane."""

_MOST_ROOMY = 2

_MOST_WORDED_IN_ROW = 1
"""So many switches stand with their words in a row; two stand below each other."""


def row(context: ScreenContext, shown: ShownNumber) -> list[tuple[list[Element], Arrangement]]:
    """The buttons below the number, and how they stand: with their words, else as pictures."""
    pane = context.setup.pane
    if context.state.warned or context.state.returning:
        tiles = _answers(context)
        return [(tiles, _arrangement(tiles, 1 if pane.upright else len(tiles)))]
    tiles = [] if shown.over else list(_offered(context, shown))
    if not tiles:
        return [([], Arrangement(1, 1))]
    return _small(context, tiles) if pane.small else _roomy(context, tiles)


def _small(context: ScreenContext, tiles: list[Element]) -> list[tuple[list[Element], Arrangement]]:
    """Pictures alone: beside the number on a lying pane, else below it."""
    pane, pictures = context.setup.pane, [_picture(tile) for tile in tiles]
    if pane.upright:
        return [(pictures, _arrangement(pictures, min(len(tiles), _MOST_IN_LINE)))]
    step_px = pane.px(TARGET_MM) + pane.gap_px
    rows = min(_MOST_IN_LINE, (context.height_px + pane.gap_px) // step_px)
    beside = _beside(pictures)
    return [(beside, _arrangement(beside, -(-len(tiles) // rows)))]


def _roomy(context: ScreenContext, tiles: list[Element]) -> list[tuple[list[Element], Arrangement]]:
    """With words, shorter words, words where they matter most, and as pictures."""
    pane, pictures = context.setup.pane, [_picture(tile) for tile in tiles]
    brief = [replace(tile, text=_short_text(context, tile)) for tile in tiles]
    if has_column(context):
        rows = [tiles, brief, _mixed(tiles), _mixed(brief)]
        if pane.large_text:  # words in usual letters rather than none
            usual = [replace(tile, usual_letters=True) for tile in brief]
            rows += [usual, _mixed(usual)]
        columns = [_beside(each) for each in rows]
        densities = (ROOMY, CLOSE, TIGHT) if pane.wide else (CLOSE, TIGHT)
        return [
            *(
                (each, Arrangement(1, len(each), inside))
                for each in columns
                for inside in densities
            ),
            (pictures, Arrangement(len(pictures), 1)),
        ]
    variants = (tiles, brief, _mixed(brief), pictures)
    if pane.wide:
        return [(each, Arrangement(len(each), 1, ROOMY)) for each in variants]
    return [(each, _arrangement(each, len(each))) for each in variants]


def has_column(context: ScreenContext) -> bool:
    """Whether the buttons stand beside the number: two switches have room for their words there."""
    pane, shown = context.setup.pane, context.state.shown
    switches = sum(question.is_switch for question in context.setup.profile.questions)
    asks = shown is not None and shown.ticket is not None and not shown.over
    needed = pane.large_text or switches > _MOST_WORDED_IN_ROW
    return asks and needed and not pane.small and not pane.upright


def _beside(tiles: list[Element]) -> list[Element]:
    return [replace(tile, slot=Slot.SIDE) for tile in tiles]


def _mixed(tiles: list[Element]) -> list[Element]:
    """The words that matter most, and pictures for the rest."""
    return [tile if _has_words(tile) else _picture(tile) for tile in tiles]


def _picture(tile: Element) -> Element:
    """The tile without its words; a built-in switch has two pictures, one for when it is on."""
    question = tile.id.removeprefix("answer.").partition(".")[0]
    icon = tile.icon
    if tile.id.startswith("answer.") and question in BUILT_IN_LABELS:
        icon = f"{question}-on" if tile.state == "on" else question
    return replace(tile, text="", say=tile.spoken, icon=icon)


def _has_words(tile: Element) -> bool:
    """Whether it stands there with its words where there is room for two or three of them."""
    return tile.id == "number.return" or tile.id.startswith("answer.")


def can_print_again(context: ScreenContext, shown: ShownNumber) -> bool:
    """Whether a slip that did not come can be asked for once more."""
    printable = context.setup.printer and context.state.printers_attended
    return printable and shown.slip is PaperState.FAILED


def _arrangement(tiles: list[Element], columns: int) -> Arrangement:
    density = TIGHT if sum(bool(tile.text) for tile in tiles) > _MOST_ROOMY else CLOSE
    return Arrangement(columns, -(-len(tiles) // columns), density)


def _answers(context: ScreenContext) -> list[Element]:
    """Answers to what is asked; No stands where the touch before may have been."""
    if context.state.warned:
        keep = context.text("number.keep")
        return [button("number.keep", Style.OUTLINED, Slot.SECOND, keep)]
    yes, no = context.text("number.return.yes"), context.text("number.return.no")
    return [
        button("return.yes", Style.OUTLINED, Slot.SECOND, yes),
        button("return.no", Style.OUTLINED, Slot.SECOND, no),
    ]


def _offered(context: ScreenContext, shown: ShownNumber) -> Iterator[Element]:
    profile, state = context.setup.profile, context.state
    if shown.ticket is not None:
        for question in sorted(profile.questions, key=_is_of_priority, reverse=True):
            yield (
                _switch_button(context, question)
                if question.is_switch
                else _question_button(context, question)
            )
    if can_print_again(context, shown):
        yield _card(context, "reprint", "number.reprint", "number.reprint.say", "printer")
    if state.topic and _shows_topic(context, shown):
        if profile.topic(state.topic).bring:  # there the addresses are one touch further
            yield _card(context, "bring", "bring.button", "bring.title", "papers")
        elif _has_room(context, shown) and addresses.offers(profile, state):
            yield _card(context, "offers.topic", "offers.title_short", "offers.title", "pin")
    if shown.ticket is not None and shown.punctuality != "called":
        yield _card(context, "number.return", "number.return", "number.return", "undo")


def _has_room(context: ScreenContext, shown: ShownNumber) -> bool:
    """Whether a button more would take no words from the others."""
    asked = len(context.setup.profile.questions) + can_print_again(context, shown)
    return asked < _MOST_ROOMY


def page_link(context: ScreenContext) -> str:
    """The address of the ticket's page; nothing where no phone could open it."""
    shown = context.state.shown
    return shown.link if shown and context.setup.phone_pages else ""


def _shows_topic(context: ScreenContext, shown: ShownNumber) -> bool:
    """What to bring stands on the slip too: a small pane tells of a topic only where none comes."""
    paper = context.setup.printer and shown.slip not in {PaperState.FAILED, PaperState.NEVER}
    return not (context.setup.pane.small and paper)


def _is_of_priority(question: Question) -> bool:
    return any(choice.effect == "priority" for choice in question.choices)


def _card(context: ScreenContext, name: str, key: str, say: str, icon: str) -> Element:
    card = button(name, Style.CARD, Slot.SECOND, context.text(key), icon)
    return replace(card, say=context.text(say))


def _question_button(context: ScreenContext, question: Question) -> Element:
    """Leads to the answers; ticked once there is one, which is then said with it."""
    language = context.state.language
    label, chosen = question.label[language], context.state.choice_of(question.id)
    card = button(f"question.{question.id}", Style.CARD, Slot.SECOND, label, "question")
    if chosen is None:
        return card
    says = f"{label} {question.choice(chosen).label[language]}"
    return replace(card, icon="switch-on", state="on", say=says)


def _switch_button(context: ScreenContext, question: Question) -> Element:
    """On or off; the picture shows it as well as the colour."""
    [choice] = question.choices
    on = context.state.choice_of(question.id) == choice.id
    label = choice_label(context.setup.texts, context.state.language, question, choice)
    says = context.text("switch.say_on" if on else "switch.say_off", label=label)
    state = "on" if on else "off"
    name, icon = f"answer.{question.id}.{choice.id}", f"switch-{state}"
    return Element(name, Role.BUTTON, Style.CARD, Slot.SECOND, label, says, icon, state=state)


def _short_text(context: ScreenContext, tile: Element) -> str:
    """Shorter words where the texts have any."""
    head, _, rest = tile.id.partition(".")
    if head == "answer":
        question, _, choice = rest.partition(".")
        asked = context.setup.profile.question(question)
        if not asked.choice(choice).label:
            return context.text(f"question.{rest}_short")
    return tile.text
