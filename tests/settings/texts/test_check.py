"""`kiosk texts check`: whoever translates learns what is missing or cannot be shown."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.operate.text_check import hard_to_read, text_faults
from kiosk.settings.texts import Texts

HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
GERMAN = (
    HEAD
    + """\
msgid "direction"
msgstr "ltr"

msgid "remember"
msgstr "Bitte merken Sie sich {number}"

msgid "ahead"
msgid_plural "ahead"
msgstr[0] "Eine Person vor Ihnen"
msgstr[1] "{count} Personen vor Ihnen"
"""
)


def _faults(folder: Path, language: str, old: str, new: str) -> list[str]:
    assert old in GERMAN
    (folder / "de.po").write_text(GERMAN)
    (folder / f"{language}.po").write_text(GERMAN.replace(old, new, 1))
    return text_faults(folder)


def test_the_shipped_texts_are_faultless() -> None:
    assert text_faults() == []


def test_the_command_says_so() -> None:
    answer = CliRunner().invoke(main, ["texts", "check"])
    assert answer.exit_code == 0
    assert f"{len(Texts.load().languages)} languages" in answer.stdout


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Bitte merken Sie sich {number}"', 'msgstr ""', "fr.po: remember: is missing"),
        ('msgid "remember"', '#, fuzzy\nmsgid "remember"', "fr.po: remember: is missing"),
        ('msgid "remember"', 'msgid "forget"', "fr.po: remember: is missing"),
        ('msgid "remember"', 'msgid "forget"', "fr.po:7: forget: is no key of de.po"),
        ("{number}", "{numero}", "fr.po:7: remember: must have the placeholders ['number']"),
        ("{number}", "{number", "fr.po:7: remember: has a broken placeholder: expected '}' before"),
        ("{count}", "Deux", "fr.po:10: ahead: must have the placeholders ['count']"),
        ('msgstr[1] "{count} Personen vor Ihnen"\n', "", "fr.po:10: ahead: needs 2 plural forms"),
        ('msgid_plural "ahead"\nmsgstr[0] ', "msgstr ", "ahead: has plural forms in one language"),
        ("Bitte", "漢字", "fr.po:7: remember: no font has 字 漢"),
        ('Ihnen"', "Ihnen", "fr.po:12: the quotation mark at the end is missing"),
        ('"ltr"', '"left"', "fr.po:4: direction: must be ltr or rtl"),
        ('msgid "ahead"', 'msgid "remember"\nmsgstr "x"\n\nmsgid "ahead"', "is there 2 times"),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in "\n".join(_faults(tmp_path, "fr", old, new))


def test_a_translation_without_faults_is_left_in_peace(tmp_path: Path) -> None:
    assert _faults(tmp_path, "fr", "Bitte merken Sie sich", "N'oubliez pas") == []


def test_leichte_sprache_is_short_in_words_and_sentences(tmp_path: Path) -> None:
    [fault] = _faults(tmp_path, "de-x-ls", "merken", "Nummernzettelchen")
    assert fault.startswith('de-x-ls.po:7: remember: "Nummernzettelchen" has more than 14 letters')
    assert hard_to_read("Eins zwei. " * 20) == []
    assert hard_to_read("wort " * 16) == ["a sentence has 16 words, more than 15"]
    assert hard_to_read("Warte-Nummern-Schild und Warte·nummern·schild") == []
