"""Advice offers without a ticket: a list, and one of them with its contact card as a QR code."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.drawing.contact_card import MOST_BYTES, contact_card
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted
from kiosk.touch.content.context import Content, heading
from kiosk.touch.content.questions import choices
from kiosk.touch.flow.state import Slip
from kiosk.touch.layout.hyphenation import divided
from kiosk.touch.layout.tile_layouts import side_mm
from kiosk.touch.layout.view import Element, Place, Role, Style

if TYPE_CHECKING:
    from kiosk.domain.profile import AdviceOffer
    from kiosk.touch.content.context import Script

SMALL_CARD_BYTES = 330
"""A code of 69 modules: on a small pane more of them would be finer than half a millimetre."""


def offers_screen(script: Script) -> Content:
    """The directory, as the profile orders it."""
    profile = script.stage.profile
    cards = []
    for offer in profile.directory:
        group = profile.group(offer.groups[0]) if offer.groups else None
        cards.append(
            Element(
                f"offer.{offer.id}",
                Role.BUTTON,
                Style.CARD,
                Place.CHOICE,
                divided(offer.name, GERMAN),
                icon=group.pictogram if group else "speech",
                colour=group.colour if group else "muted",
                left_to_right=True,
            )
        )
    title = script.shortest("offers.title", "offers.title_short")
    return choices(script, heading(title), cards, foot=())


def offer_screen(script: Script) -> Content:
    """As much of an offer as fits on a page, and its code beside it or on the last one."""
    pages = _pages(script)
    number = min(script.state.page, len(pages) - 1)
    return Content((_name(script), *pages[number]), more=number < len(pages) - 1)


def _pages(script: Script) -> list[list[Element]]:
    """What stands below the name, page by page."""
    upright = script.stage.pane.upright
    beside = [] if upright else [_code(script, Place.SIDE)]
    items = [*_lines(script), *([_code(script, Place.NOTE)] if upright else [])]
    pane = script.stage.pane
    width_px = pane.inner_px - (pane.px(side_mm(pane)) + pane.gap_px if beside else 0)
    free_px = _free_px(script)
    pages: list[list[Element]] = [[]]
    used_px = 0
    for item in items:
        high_px = script.natural_px(item, width_px) + pane.gap_px
        if pages[-1] and used_px + high_px > free_px:
            pages.append([])
            used_px = 0
        pages[-1].append(item)
        used_px += high_px
    return [[*page, *beside] for page in pages]


def _free_px(script: Script) -> int:
    """The height that the name leaves."""
    return script.height_px - script.natural_px(_name(script)) - script.stage.pane.gap_px


def sheet_screen(script: Script) -> Content:
    """What becomes of the paper; the code stays, for whoever gets none."""
    sheet = script.state.sheet
    key = f"offer.sheet.{sheet.slip if sheet else Slip.UNKNOWN}"
    told = Element("offer.sheet", Role.TEXT, Style.STRONG, Place.NOTE, script.text(key))
    if script.stage.pane.upright:  # no room for the name as well
        code = replace(_code(script, Place.NOTE), text="")
        return Content((replace(told, role=Role.HEADING), code))
    return Content((_name(script), told, _code(script, Place.SIDE)))


def _offer(script: Script) -> AdviceOffer:
    return script.stage.profile.offer(script.state.offer or "")


def _name(script: Script) -> Element:
    """German in any language; on a small pane in letters that leave room for the rest."""
    style = Style.STRONG if script.stage.pane.small else Style.HEADING
    name = divided(_offer(script).name, GERMAN)
    return Element("heading", Role.HEADING, style, Place.TOP, name, left_to_right=True)


def _lines(script: Script) -> list[Element]:
    offer, language, texts = _offer(script), script.state.language, script.stage.texts
    about = offer.about.get(language) or offer.about.get(GERMAN, "")
    hours = hours_in_words(offer.hours, language, texts)
    spoken = languages_spoken(offer.languages, language, texts) if offer.languages else ""
    lines = [
        _line("about", divided(about, language), ""),
        _line("address", divided(offer.address, GERMAN), "pin", left_to_right=True),
        _line("phone", offer.phone, "phone", left_to_right=True),
        *(
            _line(f"hours.{number}", divided(f"{days} {times}", language), "clock")
            for number, (days, times) in enumerate(hours, start=1)
        ),
        _line("languages", divided(spoken, language), "speech"),
    ]
    return [line for line in lines if line.text]


def _line(name: str, text: str, icon: str, *, left_to_right: bool = False) -> Element:
    return Element(
        f"offer.{name}",
        Role.TEXT,
        Style.BODY,
        Place.NOTE,
        text,
        icon=icon,
        left_to_right=left_to_right,
    )


def _code(script: Script, place: Place) -> Element:
    offer = _offer(script)
    most_bytes = SMALL_CARD_BYTES if script.stage.pane.small else MOST_BYTES
    card = contact_card(offer, hours_noted(offer.hours, script.state.language), most_bytes)
    say = script.text("sheet.save")
    code = Element("offer.code", Role.TEXT, Style.CODE, place, say=say, code=card)
    told = replace(code, text=script.text("offer.scan"))
    width_px = script.stage.pane.px(side_mm(script.stage.pane)) if place is Place.SIDE else 0
    return told if script.natural_px(told, width_px) <= _free_px(script) else code
