"""What stands on an information sheet: contacts to take home, in the visitor's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Final

from kiosk.domain.ids import GERMAN
from kiosk.drawing.contact_card import contact_card
from kiosk.drawing.paper.printable import printable
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import AdviceOffer, Profile
    from kiosk.settings.texts import Texts

_LONGEST_ABOUT_CHARS: Final = 400
_SCHEME = re.compile(r"^https?://")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One advice offer; what is empty is left out. `card` is the vCard in its QR code.

    `hours` are weekdays and times by turns.
    """

    name: str
    about: str
    address: tuple[str, ...]
    phone: str
    email: str
    website: str
    hours: tuple[str, ...]
    languages: str
    card: str


@dataclass(frozen=True, slots=True)
class SheetContent:
    """One or more offers; `giver` is the service that hands it out."""

    giver: str
    title: str
    entries: tuple[SheetEntry, ...]
    save_hint: str
    right_to_left: bool = False


def information_sheet(
    offers: Sequence[AdviceOffer], profile: Profile, language: LanguageCode, texts: Texts
) -> SheetContent:
    """The sheet of these offers of a profile's directory."""
    return SheetContent(
        giver=printable(f"{profile.name} · {profile.operator}"),
        title=texts(language, "sheet.title"),
        entries=tuple(_entry(offer, language, texts) for offer in offers),
        save_hint=texts(language, "sheet.save"),
        right_to_left=texts.direction(language) == "rtl",
    )


def _entry(offer: AdviceOffer, language: LanguageCode, texts: Texts) -> SheetEntry:
    about = offer.about.get(language) or offer.about.get(GERMAN, "")
    return SheetEntry(
        name=printable(offer.name),
        about=printable(about, _LONGEST_ABOUT_CHARS),
        address=tuple(map(printable, offer.address.split(", "))),
        phone=printable(offer.phone),
        email=printable(offer.email),
        website=printable(_SCHEME.sub("", offer.website).rstrip("/")),
        hours=tuple(chain.from_iterable(hours_in_words(offer.hours, language, texts))),
        languages=printable(languages_spoken(offer.languages, language, texts)),
        card=contact_card(offer, hours_noted(offer.hours, language)),
    )
