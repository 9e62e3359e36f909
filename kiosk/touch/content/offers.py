"""Advice offers: by needs, as a list, and one of them with its contact card as a QR code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.drawing.contact_card import MOST_BYTES, contact_card
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted
from kiosk.touch.content.context import Content, button, heading
from kiosk.touch.content.questions import choices, list_heading
from kiosk.touch.flow import addresses
from kiosk.touch.flow.state import PaperState
from kiosk.touch.layout.hyphenation import hyphenate
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Element, Role, Slot, Style

if TYPE_CHECKING:
    from kiosk.domain.directory import AdviceOffer
    from kiosk.touch.content.context import ScreenContext

SMALL_CARD_BYTES = 330
"""A code of 69 modules: on a small pane more of them would be finer than half a millimetre."""


def needs_screen(context: ScreenContext) -> Content:
    """What people look for, the most urgent first; and, where a sheet has it, all on paper."""
    language = context.state.language
    cards = [
        Element(
            f"need.{need.id}",
            Role.BUTTON,
            Style.CARD,
            Slot.CHOICE,
            need.label[language],
            icon=need.pictogram,
            colour=need.colour,
        )
        for need in addresses.needs(context.setup.profile)
    ]
    return choices(context, list_heading(context, "needs.title"), [*cards, *_all_on_paper(context)])


def offers_screen(context: ScreenContext) -> Content:
    """Those of a need or for a topic, else all, which can be had on paper behind the helplines."""
    profile, state = context.setup.profile, context.state
    offers = addresses.offers(profile, state)
    cards = [_card(context, offer) for offer in offers]
    if state.need is None and state.topic is None:
        behind = sum(offer.helpline for offer in offers)
        cards[behind:behind] = _all_on_paper(context)
    title = list_heading(context, "offers.title", "offers.title_short")
    if state.need:
        title = replace(title, text=profile.need(state.need).label[state.language])
    return choices(context, title, cards)


def _all_on_paper(context: ScreenContext) -> list[Element]:
    if not (context.setup.profile.directory_sheet and context.setup.printer):
        return []
    text = context.text("offers.paper")
    return [button("offers.paper", Style.CARD, Slot.CHOICE, text, "papers")]


def _card(context: ScreenContext, offer: AdviceOffer) -> Element:
    """The name in German; above it the need, unless it was chosen before.

    A small pane has no room for both: a helpline goes by its need there, and its name is said.
    """
    profile, language = context.setup.profile, context.state.language
    name = hyphenate(offer.name, GERMAN)
    icon, colour = _pictogram(context, offer)
    card = Element(
        f"offer.{offer.id}",
        Role.BUTTON,
        Style.CARD,
        Slot.CHOICE,
        name,
        icon=icon,
        colour=colour,
        left_to_right=True,
    )
    small = context.setup.pane.small
    if not offer.needs or context.state.need or (small and not offer.helpline):
        return card
    if context.state.topic and not offer.helpline:
        return card
    need = profile.need(offer.needs[0]).label[language]
    note, say = "" if small else name, f"{need}. {offer.name}"
    return replace(card, text=need, note=note, say=say, left_to_right=False)


def _pictogram(context: ScreenContext, offer: AdviceOffer) -> tuple[str, str]:
    """That of the chosen need, of its own first one, of its topic group, or any."""
    profile, chosen = context.setup.profile, context.state.need
    if named := chosen or next(iter(offer.needs), None):
        need = profile.need(named)
        return need.pictogram, need.colour
    if offer.groups:
        group = profile.group(offer.groups[0])
        return group.pictogram, group.colour
    return "speech", "muted"


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
    """German in any language; on a small pane or in large text it leaves room for the rest."""
    pane = context.setup.pane
    style = Style.STRONG if pane.small or pane.large_text else Style.HEADING
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
