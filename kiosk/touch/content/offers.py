"""Advice offers without a ticket: a list, and one of them with its contact card as a QR code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.drawing.contact_card import MOST_BYTES, contact_card
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted
from kiosk.touch.content.context import Content, button, heading
from kiosk.touch.content.questions import choices
from kiosk.touch.flow.state import PaperState
from kiosk.touch.layout.hyphenation import hyphenate
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.domain.directory import AdviceOffer
    from kiosk.touch.content.context import ScreenContext

SMALL_CARD_BYTES = 330
"""A code of 69 modules: on a small pane more of them would be finer than half a millimetre."""


def offers_screen(context: ScreenContext) -> Content:
    """The directory, as the profile orders it; helplines before everything else."""
    profile = context.setup.profile
    helplines = [offer for offer in profile.directory if offer.helpline]
    others = [offer for offer in profile.directory if not offer.helpline]
    cards = [_card(context, offer) for offer in helplines]
    if profile.directory_sheet and context.setup.printer:
        cards.append(
            button("offers.paper", Style.CARD, Slot.CHOICE, context.text("offers.paper"), "papers")
        )
    cards += [_card(context, offer) for offer in others]
    title = context.shortest("offers.title", "offers.title_short")
    return choices(context, heading(title), cards)


def _card(context: ScreenContext, offer: AdviceOffer) -> Element:
    """The need in the reader's language, below it the name in German; else the name alone.

    A small pane has no room for the name below a need: it is said, and heads the offer's own page.
    """
    profile, language = context.setup.profile, context.state.language
    group = profile.group(offer.groups[0]) if offer.groups else None
    name = hyphenate(offer.name, GERMAN)
    card = Element(
        f"offer.{offer.id}",
        Role.BUTTON,
        Style.CARD,
        Slot.CHOICE,
        name,
        icon=group.pictogram if group else "speech",
        colour=group.colour if group else "muted",
        left_to_right=True,
    )
    need = offer.need.get(language) or offer.need.get(GERMAN, "")
    if not need:
        return card
    say = f"{need}. {offer.name}"
    text = hyphenate(need, language)
    note = "" if context.setup.pane.small else name
    return replace(card, text=text, note=note, say=say, left_to_right=False)


def offer_screen(context: ScreenContext) -> Content:
    """As much of an offer as fits on a page, and its code beside it or on the last one."""
    pages = _pages(context)
    number = min(context.state.page, len(pages) - 1)
    return Content((_name(context), *pages[number]), more=number < len(pages) - 1)


def _pages(context: ScreenContext) -> list[list[Element]]:
    """What stands below the name, page by page."""
    upright = context.setup.pane.upright
    beside = [] if upright else [_code(context, Slot.SIDE)]
    items = [*_lines(context), *([_code(context, Slot.NOTE)] if upright else [])]
    pane = context.setup.pane
    width_px = pane.inner_px - (pane.px(side_mm(pane)) + pane.gap_px if beside else 0)
    free_px = _free_px(context)
    pages: list[list[Element]] = [[]]
    used_px = 0
    for item in items:
        high_px = context.natural_px(item, width_px) + pane.gap_px
        if pages[-1] and used_px + high_px > free_px:
            pages.append([])
            used_px = 0
        pages[-1].append(item)
        used_px += high_px
    return [[*page, *beside] for page in pages]


def _free_px(context: ScreenContext) -> int:
    """The height that the name leaves."""
    return context.height_px - context.natural_px(_name(context)) - context.setup.pane.gap_px


def sheet_screen(context: ScreenContext) -> Content:
    """What becomes of the paper; the code stays, in case none comes."""
    sheet = context.state.sheet
    key = f"offer.sheet.{sheet.slip if sheet else PaperState.UNKNOWN}"
    if context.state.offer is None:
        return _whole_sheet(context, key)
    note = Element("offer.sheet", Role.TEXT, Style.STRONG, Slot.NOTE, context.text(key))
    if context.setup.pane.upright:  # no room for the name as well
        code = replace(_code(context, Slot.NOTE), text="")
        return Content((replace(note, role=Role.HEADING), code))
    return Content((_name(context), note, _code(context, Slot.SIDE)))


def _whole_sheet(context: ScreenContext, key: str) -> Content:
    """What becomes of the sheet with the whole directory, which has no code."""
    failed = key.endswith(PaperState.FAILED)
    text = context.text("offers.sheet.failed" if failed else key)
    note = Element("offer.sheet", Role.TEXT, Style.STRONG, Slot.NOTE, text)
    return Content((heading(context.shortest("offers.title", "offers.title_short")), note))


def _offer(context: ScreenContext) -> AdviceOffer:
    return context.setup.profile.offer(context.state.offer or "")


def _name(context: ScreenContext) -> Element:
    """German in any language; on a small pane in letters that leave room for the rest."""
    style = Style.STRONG if context.setup.pane.small else Style.HEADING
    name = hyphenate(_offer(context).name, GERMAN)
    return Element("heading", Role.HEADING, style, Slot.TOP, name, left_to_right=True)


def _lines(context: ScreenContext) -> list[Element]:
    offer, language, texts = _offer(context), context.state.language, context.setup.texts
    about = offer.about.get(language) or offer.about.get(GERMAN, "")
    hours = hours_in_words(offer.hours, language, texts)
    spoken = languages_spoken(offer.languages, language, texts) if offer.languages else ""
    lines = [
        _line("about", hyphenate(about, language), ""),
        _line("address", hyphenate(offer.address, GERMAN), "pin", left_to_right=True),
        _line("phone", offer.phone, "phone", left_to_right=True),
        *(
            _line(f"hours.{number}", hyphenate(f"{days} {times}", language), "clock")
            for number, (days, times) in enumerate(hours, start=1)
        ),
        _line("languages", hyphenate(spoken, language), "speech"),
    ]
    return [line for line in lines if line.text]


def _line(name: str, text: str, icon: str, *, left_to_right: bool = False) -> Element:
    return Element(
        f"offer.{name}",
        Role.TEXT,
        Style.BODY,
        Slot.NOTE,
        text,
        icon=icon,
        left_to_right=left_to_right,
    )


def _code(context: ScreenContext, slot: Slot) -> Element:
    offer = _offer(context)
    most_bytes = SMALL_CARD_BYTES if context.setup.pane.small else MOST_BYTES
    card = contact_card(offer, hours_noted(offer.hours, context.state.language), most_bytes)
    say = context.text("sheet.save")
    code = Element("offer.code", Role.TEXT, Style.CODE, slot, say=say, code=card)
    note = replace(code, text=context.text("offer.scan"))
    width_px = context.setup.pane.px(side_mm(context.setup.pane)) if slot is Slot.SIDE else 0
    return note if context.natural_px(note, width_px) <= _free_px(context) else code
