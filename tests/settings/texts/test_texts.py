"""Every language answers every key, in its own grammar and direction."""

import time
from pathlib import Path

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import TextFileBroken, Texts

GERMAN, ENGLISH, TURKISH = LanguageCode("de"), LanguageCode("en"), LanguageCode("tr")
ARABIC, PLAIN = LanguageCode("ar"), LanguageCode("de-x-ls")
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n{}"\n'
TWO_FORMS = "Plural-Forms: nplurals=2; plural=(n != 1);\\n"


@pytest.fixture(scope="module")
def texts() -> Texts:
    return Texts.load()


def test_languages_name_themselves(texts: Texts) -> None:
    names = {language: texts.name(language) for language in texts.languages}
    assert names.items() >= {(GERMAN, "Deutsch"), (PLAIN, "Leichte Sprache"), (ARABIC, "العربية")}
    assert all(names.values())


def test_arabic_runs_from_the_right(texts: Texts) -> None:
    from_the_right = {code for code in texts.languages if texts.direction(code) == "rtl"}
    assert ARABIC in from_the_right
    assert not from_the_right & {GERMAN, PLAIN, ENGLISH, TURKISH}


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        (GERMAN, 1, "1 Person vor Ihnen"),
        (GERMAN, 3, "3 Personen vor Ihnen"),
        (ENGLISH, 1, "1 person ahead of you"),
        (ENGLISH, 2, "2 people ahead of you"),
        (TURKISH, 1, "Önünüzde 1 kişi var"),
        (TURKISH, 2, "Önünüzde 2 kişi var"),
        (ARABIC, 0, "لا أحد أمامك"),
        (ARABIC, 1, "أمامك شخص واحد"),
        (ARABIC, 2, "أمامك شخصان"),
        (ARABIC, 3, "أمامك 3 أشخاص"),
        (ARABIC, 10, "أمامك 10 أشخاص"),
        (ARABIC, 11, "أمامك 11 شخصًا"),
        (ARABIC, 99, "أمامك 99 شخصًا"),
        (ARABIC, 100, "أمامك 100 شخص"),
        (ARABIC, 103, "أمامك 103 أشخاص"),
    ],
)
def test_people_are_counted_as_the_language_counts(
    texts: Texts, language: LanguageCode, count: int, text: str
) -> None:
    assert texts(language, "number.ahead", count=count) == text


def test_values_are_put_in(texts: Texts) -> None:
    assert texts(GERMAN, "number.remember", number="A-017") == "Bitte merken Sie sich A-017"
    change = texts(GERMAN, "bar.language.say", language="Türkçe")
    assert change == "Sprache: Türkçe. Ändern"


def test_what_a_language_lacks_is_said_in_german(tmp_path: Path) -> None:
    ahead = (
        'msgid "ahead"\nmsgid_plural "ahead"\nmsgstr[0] "ein Mensch"\nmsgstr[1] "{count} Menschen"'
    )
    (tmp_path / "de.po").write_text(
        f'{HEAD.format(TWO_FORMS)}\nmsgid "back"\nmsgstr "Zurück"\n\n{ahead}'
    )
    (tmp_path / "fr.po").write_text(f'{HEAD.format("")}\nmsgid "back"\nmsgstr ""\n')
    french, texts = LanguageCode("fr"), Texts.load(tmp_path)
    assert texts(french, "back") == "Zurück"
    assert texts(french, "ahead", count=2) == "2 Menschen"


def test_a_key_that_no_language_has_is_a_fault_of_the_program(texts: Texts) -> None:
    with pytest.raises(LookupError, match=r"start\.fly"):
        texts(TURKISH, "start.fly")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "de.po").write_text('msgid "back"\nmsgstr "Zurück"\n\nmsgit "x"\n')
    with pytest.raises(TextFileBroken, match=r"de\.po: .* line 4 is not understood"):
        Texts.load(tmp_path)


def test_all_texts_are_preloaded() -> None:
    begun = time.thread_time()
    Texts.load()
    assert time.thread_time() - begun < 0.5
