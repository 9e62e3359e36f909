"""Validation of the directory of advice offers: needs, contact, hours, languages of each entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from babel import Locale

from kiosk.domain.directory import ALL_OFFERS, PHRASES
from kiosk.domain.hours import UnreadableHours, parse_opening_hours
from kiosk.settings.profiles.rules import entries

if TYPE_CHECKING:
    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

OFTEN_SPOKEN = frozenset(
    (
        *("ar", "bg", "bs", "de", "el", "en", "es", "fa", "fr", "hr", "hu", "it", "ku", "mk", "pl"),
        *("pt", "ro", "ru", "sq", "sr", "ti", "tr", "uk", "ur", "vi", "zh"),
    )
)
"""Babel, which knows all others, takes 4 MiB of each process that asks it."""

_RESERVED: Final = {ALL_OFFERS: "the whole directory", PHRASES: "the sheet of phrases"}
_PHONE = re.compile(r"\+?[0-9][0-9 /()-]*[0-9]")
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
_WEBSITE = re.compile(r"https?://[^\s/.]+(\.[^\s/.]+)+(/\S*)?")


def check_advice_offers(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """The needs, the contact, the hours and the languages of each entry."""
    for at, name in entries(profile, "directory", "id"):
        if name in _RESERVED:
            what = f'"{name}" stands for {_RESERVED[name]}'
            faults.add(("directory", at, "id"), what, "give it another id")
    for at, phone in entries(profile, "directory", "phone"):
        digits = sum(letter.isdigit() for letter in phone)
        if not _PHONE.fullmatch(phone) or not _FEWEST_DIGITS <= digits <= _MOST_DIGITS:
            what = f'"{phone}" is no telephone number'
            faults.add(("directory", at, "phone"), what, 'write it as in "0209 1690" or "115"')
    for at, email in entries(profile, "directory", "email"):
        if not _EMAIL.fullmatch(email):
            what = f'"{email}" is no e-mail address'
            faults.add(("directory", at, "email"), what, 'write it as in "rat@stadt.example"')
    for at, website in entries(profile, "directory", "website"):
        if not _WEBSITE.fullmatch(website):
            what = f'"{website}" is no address of a website'
            faults.add(("directory", at, "website"), what, _website_instead(website))
    _check_needs(profile, faults)
    _check_hours(profile, faults)
    _check_spoken(profile, faults)


def _check_needs(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """By needs every entry can be found, and none leads to an empty list."""
    if not profile.get("needs"):
        return
    met = {name for _, names in entries(profile, "directory", "needs") for name in names}
    for at, need in entries(profile, "needs", "id"):
        if need not in met:
            what = "no entry of the directory meets it"
            faults.add(("needs", at), what, f'add "{need}" to the needs of one, or leave it out')
    for at, offer in enumerate(profile.get("directory", ())):
        if not offer.get("needs"):
            what = "meets no need, so nobody would find it at the glass"
            faults.add(("directory", at), what, 'add needs = ["..."]')


def _website_instead(written: str) -> str:
    whole = f"https://{written}"
    sample = whole if _WEBSITE.fullmatch(whole) else "https://www.stadt.example"
    return f'write it as in "{sample}"'


def _check_hours(profile: TomlTable, faults: TomlFaultCollector) -> None:
    for at, lines in entries(profile, "directory", "hours"):
        for position, line in enumerate(lines):
            try:
                parse_opening_hours(line)
            except UnreadableHours as error:
                suggestion = 'write it as in "mo-fr 09:00-12:00" or "tu,th 14:00-18:00"'
                faults.add(("directory", at, "hours", position), str(error), suggestion)


def _check_spoken(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Names of languages are printed in every language, so each must be one that has a name."""
    for at, spoken in entries(profile, "directory", "languages"):
        path = ("directory", at, "languages")
        for language in filter(None, spoken):
            if not _has_name(language):
                what = f'"{language}" is no code of a language'
                faults.add(path, what, 'write it as in "de", "tr", "uk"')
        if len(set(spoken)) < len(spoken):
            faults.add(path, "names a language twice")


def _has_name(language: str) -> bool:
    if language in OFTEN_SPOKEN:
        return True
    return "_" not in language and language.replace("-", "_") in Locale("de").languages
