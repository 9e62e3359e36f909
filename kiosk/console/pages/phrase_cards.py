"""Cards of phrases in a dialog of the desk: one for each language of the profile beside German."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kiosk.console.pages.desk_choices import language_name
from kiosk.domain.ids import GERMAN
from kiosk.settings.texts.phrases import phrases

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts
    from kiosk.settings.texts.phrases import Phrase


@dataclass(frozen=True, slots=True)
class PhraseCard:
    """All phrases in German and one language; `name` is German."""

    language: LanguageCode
    name: str
    direction: Literal["ltr", "rtl"]
    phrases: tuple[Phrase, ...]


def phrase_dialog(profile: Profile, texts: Texts, spoken: LanguageCode | None) -> dict[str, Any]:
    """All cards; the one that is spoken is chosen, else the first one."""
    cards = phrase_cards(profile, texts)
    chosen = next((card for card in cards if card.language == spoken), cards[0])
    return {"cards": cards, "chosen": chosen.language, "prints": profile.has("printer")}


def phrase_cards(profile: Profile, texts: Texts) -> list[PhraseCard]:
    """A card for each language, in the profile's order; German alone where there is no other."""
    languages = [code for code in profile.languages if code != GERMAN] or [GERMAN]
    return [
        PhraseCard(code, language_name(code, texts), texts.direction(code), phrases(code, texts))
        for code in languages
    ]
