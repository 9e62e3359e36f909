"""Loader of profiles: reads and validates the TOML file of a service. See docs/profiles.md."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kiosk.domain.profile import Profile
from kiosk.settings.profiles.advice_offers import check_advice_offers
from kiosk.settings.profiles.emblem import check_emblem
from kiosk.settings.profiles.house_rules import check_house_rules
from kiosk.settings.profiles.labels import check_labels, text_fault
from kiosk.settings.profiles.outcomes import check_outcomes
from kiosk.settings.profiles.questions import check_questions
from kiosk.settings.profiles.rules import check_rules
from kiosk.settings.profiles.survey import check_survey
from kiosk.settings.profiles.talk_items import check_talk_items
from kiosk.settings.profiles.timetable import check_timetable
from kiosk.settings.profiles.translations import Version, drafts, translate, versions
from kiosk.settings.schema.checker import Checker
from kiosk.settings.schema.faults import FileErrors, FileFault, suggest_closest
from kiosk.settings.schema.toml_file import NotToml, parse_toml, read_toml_text
from kiosk.system.paths import ASSETS, shipped_names

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kiosk.domain.ids import LanguageCode
    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

__all__ = [
    "FileFault",
    "ProfileErrors",
    "available_profiles",
    "draft_languages",
    "load_profile",
    "profile_file",
]

RETIRED_KEYS: Final = ("draft_languages",)
RETIRED_KEYS_OF_OFFERS: Final = ("need",)
"""A profile that a box has had for long may still have them; nothing reads them any more."""


class ProfileErrors(FileErrors):
    """A profile that cannot be used."""

    def __init__(self, file: str, faults: Collection[FileFault]) -> None:
        super().__init__(file, faults, f"kiosk profile check {file}")


def available_profiles() -> list[str]:
    """The names of the profiles that are shipped."""
    return shipped_names("profiles", "toml")


def profile_file(name_or_path: str) -> Path:
    """The file of a shipped profile by its name, or of any profile by its path."""
    shipped = ASSETS / "profiles" / f"{name_or_path}.toml"
    return shipped if name_or_path in available_profiles() else Path(name_or_path)


def load_profile(name_or_path: str) -> Profile:
    """Read and check a profile, once for each version of its files.

    Raises `ProfileErrors` with everything that is wrong in it.
    """
    file = profile_file(name_or_path)
    try:
        return _loaded(file, read_toml_text(file), versions(file))
    except FileNotFoundError as error:
        fault = FileFault(
            0, "there is no such profile", suggest_closest(file.name, available_profiles())
        )
        raise ProfileErrors(str(file), [fault]) from error
    except NotToml as error:
        raise ProfileErrors(str(file), [error.fault]) from error


@lru_cache(maxsize=32)
def _loaded(file: Path, text: str, _translations: tuple[Version, ...]) -> Profile:
    faults = parse_toml(text, "the profile")
    profile = _checked(replace(faults, content=_without_retired(faults.content)), file)
    if faults.found:
        raise ProfileErrors(str(file), faults.found)
    return msgspec.convert(profile, Profile)


def _without_retired(content: Mapping[str, Any]) -> TomlTable:
    kept = {key: each for key, each in content.items() if key not in RETIRED_KEYS}
    if isinstance(kept.get("directory"), list):
        for offer in filter(lambda each: isinstance(each, dict), kept["directory"]):
            for key in RETIRED_KEYS_OF_OFFERS:
                offer.pop(key, None)
    return kept


def draft_languages(name_or_path: str) -> tuple[LanguageCode, ...]:
    """Draft languages of a profile: without a review by a native speaker so far."""
    return drafts(load_profile(name_or_path).languages, profile_file(name_or_path))


def _checked(faults: TomlFaultCollector, file: Path) -> TomlTable:
    """What is right in the profile, in all its languages; what is wrong goes to the faults."""
    profile = Checker(faults, text_fault=text_fault).check(Profile)
    translate(profile, file)
    check_rules(profile, faults)
    check_advice_offers(profile, faults)
    check_outcomes(profile, faults)
    check_talk_items(profile, faults)
    check_house_rules(profile, faults)
    check_emblem(profile, faults)
    check_timetable(profile, faults)
    languages = shipped_names("texts", "po")
    check_labels(profile, languages, faults)
    check_questions(profile, languages, faults)
    check_survey(profile, languages, faults)
    return profile
