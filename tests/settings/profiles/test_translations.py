"""A profile has its German; the other languages stand in files of texts, and can be added to it."""

import os
from pathlib import Path

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings import profiles
from tests.settings.profiles.example import SMALLEST, faults_of

GERMAN_ONLY = SMALLEST.replace('label = { de = "Wohnen", en = "Housing" }', 'label.de = "Wohnen"')
ENTRY = 'msgctxt "label"\nmsgid "{}"\nmsgstr "{}"\n\n'
ENGLISH = LanguageCode("en")


def _write(folder: Path, *entries: tuple[str, str], head: str = "") -> Path:
    (folder / "texts").mkdir(exist_ok=True)
    messages = "".join(ENTRY.format(*entry) for entry in entries)
    (folder / "texts" / "en.po").write_text(f'msgid ""\nmsgstr "{head}"\n\n{messages}')
    file = folder / "bus.toml"
    file.write_text(GERMAN_ONLY)
    return file


def test_a_city_adds_its_own_translations_beside_its_profile(tmp_path: Path) -> None:
    [fault] = faults_of(tmp_path, GERMAN_ONLY)
    assert 'label: "en" is missing; add en = "...", or its German text to texts/en.po' in fault
    profile = profiles.load_profile(str(_write(tmp_path, ("Wohnen", "Living"))))
    assert profile.groups[0].label[ENGLISH] == "Living"


def test_a_translation_that_is_changed_later_is_read_again(tmp_path: Path) -> None:
    for english in ("Living", "Homes"):
        file = _write(tmp_path, ("Wohnen", english))
        texts = tmp_path / "texts" / "en.po"
        os.utime(texts, ns=(0, len(english)))  # a clock may tick too seldom to tell two versions
        assert profiles.load_profile(str(file)).groups[0].label[ENGLISH] == english


def test_texts_of_the_profile_precede_shipped_translations(tmp_path: Path) -> None:
    file = _write(tmp_path, ("Wohnen", "Living"), ("Wohngeld", "Rent money"))
    assert profiles.load_profile(str(file)).topics[0].label[ENGLISH] == "Housing benefit"
    file.write_text(GERMAN_ONLY.replace('en = "Housing benefit"', ""))
    assert profiles.load_profile(str(file)).topics[0].label[ENGLISH] == "Rent money"
    _write(tmp_path, ("Wohnen", "Living"))
    file.write_text(GERMAN_ONLY.replace('Wohngeld"\nen = "Housing benefit"', 'Wohn\\u00ADgeld"'))
    assert profiles.load_profile(str(file)).topics[0].label[ENGLISH] == "Housing benefit"


def test_a_language_is_a_draft_until_each_of_its_files_is_signed() -> None:
    for name in profiles.available_profiles():
        languages = profiles.load_profile(name).languages
        assert set(profiles.draft_languages(name)) == {*languages} - {"de"}


def test_a_profile_that_still_names_its_drafts_works_on(tmp_path: Path) -> None:
    assert faults_of(tmp_path, f'draft_languages = ["en"]\n{SMALLEST}') == []


def test_a_translation_is_held_to_the_room_on_a_button(tmp_path: Path) -> None:
    file = _write(tmp_path, ("Wohnen", "w" * 37))
    with pytest.raises(profiles.ProfileErrors, match=r"label\.en: has 37 letters, more"):
        profiles.load_profile(str(file))
