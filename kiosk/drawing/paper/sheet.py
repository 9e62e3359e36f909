"""What stands on an information sheet: contacts to take home, in the visitor's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from kiosk.domain.directory import ALL_OFFERS, PHRASES
from kiosk.domain.ids import GERMAN
from kiosk.drawing.contact_card import contact_card
from kiosk.drawing.paper.printable import printable
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted
from kiosk.settings.texts.phrases import phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.directory import AdviceOffer
    from kiosk.domain.ids import LanguageCode, OfferId
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts

_LONGEST_ABOUT_CHARS: Final = 400
_SCHEME = re.compile(r"^https?://")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One advice offer or phrase; what is empty is left out. `card` is the vCard in its QR code.

    `hours` are weekdays and times by turns.
    """

    name: str
    about: str
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    website: str = ""
    hours: tuple[str, ...] = ()
    languages: str = ""
    card: str = ""


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One or more offers; `giver` is the service that hands it out."""

    giver: str
    title: str
    entries: tuple[SheetEntry, ...]
    save_hint: str
    right_to_left: bool = False


def information_sheet(
    offers: Sequence[AdviceOffer],
    profile: Profile,
    language: LanguageCode,
    texts: Texts,
    *,
    codes: bool = True,
) -> SheetContent:
    """The sheet of these offers of a profile's directory."""
    return SheetContent(
        giver=_giver(profile),
        title=texts(language, "sheet.title"),
        entries=tuple(_entry(offer, language, texts, code=codes) for offer in offers),
        save_hint=texts(language, "sheet.save") if codes else "",
        right_to_left=texts.direction(language) == "rtl",
    )


def sheet_of(
    offer_id: OfferId, profile: Profile, language: LanguageCode, texts: Texts
) -> SheetContent:
    """The sheet of one entry, of all, or of phrases; with codes where it is one.

    The codes of all would take half the paper.
    """
    if offer_id == PHRASES:
        return _phrase_sheet(profile, language, texts)
    offers, codes = profile.offers(offer_id), offer_id != ALL_OFFERS
    return information_sheet(offers, profile, language, texts, codes=codes)


def _phrase_sheet(profile: Profile, language: LanguageCode, texts: Texts) -> SheetContent:
    """Each phrase in German, and below it in the visitor's language."""
    return SheetContent(
        giver=_giver(profile),
        title=texts(language, "phrase.title"),
        entries=tuple(
            SheetEntry(name=phrase.german, about=phrase.translation)
            for phrase in phrases(language, texts)
        ),
        save_hint="",
        right_to_left=texts.direction(language) == "rtl",
    )


def _giver(profile: Profile) -> str:
    return printable(f"{profile.name} · {profile.operator}")


def _entry(offer: AdviceOffer, language: LanguageCode, texts: Texts, *, code: bool) -> SheetEntry:
    """Without a code it is kept short: that German is spoken there goes without saying."""
    spoken = offer.languages if code or set(offer.languages) != {GERMAN} else ()
    about = offer.about.get(language) or offer.about.get(GERMAN, "")
    return SheetEntry(
        name=printable(offer.name),
        about=printable(about, _LONGEST_ABOUT_CHARS),
        address=tuple(map(printable, offer.address.split(", "))),
        phone=printable(offer.phone),
        email=printable(offer.email),
        website=printable(_SCHEME.sub("", offer.website).rstrip("/")),
        hours=tuple(chain.from_iterable(hours_in_words(offer.hours, language, texts))),
        languages=printable(languages_spoken(spoken, language, texts)),
        card=contact_card(offer, hours_noted(offer.hours, language)) if code else "",
    )
