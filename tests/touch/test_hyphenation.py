"""Against pyphen, whose dictionaries are read: its own way takes 14 MiB of the glass."""

import re

import pytest
from pyphen import LANGUAGES, Pyphen

from kiosk.domain.soft_hyphen import SOFT_HYPHEN
from kiosk.settings import profiles
from kiosk.system.paths import ASSETS
from kiosk.touch.layout.hyphenation import Patterns, hyphenate, sorted_patterns

LONG = re.compile(r"[^\W\d_]{10,}")
RARE = {"Straßenbahnhaltestelle", "Donaudampfschifffahrtsgesellschaft", "SELBSTHILFEGRUPPE"}
WORDS = RARE.union(
    *(LONG.findall(path.read_text()) for path in (ASSETS / "profiles").glob("*.toml"))
)


@pytest.mark.parametrize("language", ["de", "en", "fr"])
def test_words_are_divided_as_pyphen_does(language: str) -> None:
    patterns, reference = (
        Patterns(sorted_patterns(LANGUAGES[language])),
        Pyphen(lang=language, left=3, right=3),
    )
    assert {word: patterns.parts(word) for word in WORDS} == {
        word: reference.inserted(word, SOFT_HYPHEN).split(SOFT_HYPHEN) for word in WORDS
    }


def test_short_words_and_those_of_languages_without_rules_stay_whole() -> None:
    assert hyphenate("un rendez-vous au bureau", "fr") == "un rendez-vous au bureau"
    assert hyphenate("documentation", "fr").split(SOFT_HYPHEN) == ["docu", "men", "ta", "tion"]
    assert hyphenate("bilgilendirmeler", "tr") == "bilgilendirmeler"


@pytest.mark.parametrize(
    "joined",
    ["Familien|kasse", "Jugend|berufs|agentur", "Telefon|Seelsorge", "Verbraucher|zentrale NRW"],
)
def test_german_is_divided_at_the_joints_of_compounds(joined: str) -> None:
    assert hyphenate(joined.replace("|", ""), "de") == joined.replace("|", SOFT_HYPHEN)


def test_names_of_places_are_never_divided() -> None:
    shipped = [profiles.load_profile(name) for name in profiles.available_profiles()]
    cities = {profile.operator.rpartition(" ")[2] for profile in shipped}
    named = {stop.district for profile in shipped for stop in profile.stops} - {"Stadtmitte"}
    for name in cities | named | {"Deutschland"}:
        assert SOFT_HYPHEN not in hyphenate(name, "de"), name
