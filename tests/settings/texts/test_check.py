"""`kiosk texts check`: what is missing in a translation or cannot be shown."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.operate.text_check import profile_text_faults, text_faults
from kiosk.operate.text_check.leichte_sprache import hard_to_read
from kiosk.operate.text_check.room import label_faults, room_faults
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
    return [str(fault).removeprefix(f"{folder}/") for fault in text_faults(folder)]


def test_the_shipped_texts_are_faultless() -> None:
    assert text_faults() == []
    assert profile_text_faults() == []


def test_the_command_says_so() -> None:
    answer = CliRunner().invoke(main, ["texts", "check"])
    assert answer.exit_code == 0
    assert f"{len(Texts.load().languages)} languages" in answer.stdout


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "Bitte merken Sie sich {number}"', 'msgstr ""', "nl.po: remember: is missing"),
        ('msgid "remember"', '#, fuzzy\nmsgid "remember"', "nl.po: remember: is missing"),
        ('msgid "remember"', 'msgid "forget"', "nl.po: remember: is missing"),
        ('msgid "remember"', 'msgid "forget"', "nl.po:7: forget: is no text of de; delete it"),
        ("{number}", "{numero}", "nl.po:7: remember: must have the placeholders ['number']"),
        ("{number}", "{number", "nl.po:7: remember: has a broken placeholder: expected '}' before"),
        ("{count}", "Deux", "nl.po:10: ahead: must have the placeholders ['count']"),
        ('msgid_plural "ahead"\nmsgstr[0] ', "msgstr ", "ahead: has plural forms in one language"),
        ("Bitte", "漢字", "nl.po:7: remember: no font has 字 漢"),
        ('"ltr"', '"left"', "nl.po:4: direction: must be ltr or rtl"),
        ('msgid "ahead"', 'msgid "remember"\nmsgstr "x"\n\nmsgid "ahead"', "is there twice"),
        ("plural=(n != 1)", "plural=(n > 1)", "nl.po:1: Plural-Forms tell 2 forms apart"),
        ("plural=(n != 1)", "plural=many", "token in plural form: many; copy them from de.po"),
        ("plural=(n != 1);", "plural=(n != 1);\\nX-Read-By: Ann", 'X-Read-By "Ann" is no name and'),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in "\n".join(_faults(tmp_path, "nl", old, new))


def test_a_translation_without_faults_is_left_in_peace(tmp_path: Path) -> None:
    assert _faults(tmp_path, "nl", "Bitte merken Sie sich", "N'oubliez pas") == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Der Nummernzettelchen", '"Nummernzettelchen" has more than 14 letters'),
        ("wort " * 16, "a sentence has 16 words, more than 15"),
        ("Hilfe für Menschen, die neu sind.", 'has two clauses: "die"'),
        ("Rufen Sie an, um zu fragen.", 'has two clauses: "um"'),
        ("Ihr Zettel wird jetzt gedruckt.", 'is passive: "wird jetzt gedruckt"'),
        ("Das Amt des Landes", 'has a genitive: "des"'),
        ("Sie könnten warten.", 'has a conjunctive: "könnten"'),
        ("Es warten zwei Menschen.", 'has a number in words: "zwei"'),
        ("Papiere, Fotos usw.", 'has an abbreviation: "usw"'),
        ("Pass & Papiere", 'has a special character: "&"'),
    ],
)
def test_leichte_sprache_has_rules_that_a_program_sees(text: str, what: str) -> None:
    assert [fault for fault, _ in hard_to_read(text)] == [what]


def test_what_is_easy_is_left_in_peace(tmp_path: Path) -> None:
    assert [*hard_to_read("Eins und eins. " * 20)] == []
    assert [*hard_to_read("Warte-Nummern-Schild und Warte·nummern·schild")] == []
    assert [*hard_to_read("Der Bus kommt am Montag, um 9 Uhr. Wir werden da sein.")] == []
    [_, fault] = _faults(tmp_path, "de-x-ls", "merken", "Nummernzettelchen")
    assert fault.startswith('de-x-ls.po:7: remember: "Nummernzettelchen" has more than 14 letters')


def test_german_is_divided_at_joints_only(tmp_path: Path) -> None:
    def faults(word: str) -> str:
        return "\n".join(_faults(tmp_path, "de-x-ls", "Bitte", word.replace("-", "\u00ad")))

    assert '"Famili-enkasse" is divided at no joint that is known; divide it' in faults(
        "Famili-enkasse"
    )
    assert "divided" not in faults("Familien-kasse")


def test_texts_that_do_not_fit_are_reported(tmp_path: Path) -> None:
    wide = "\n".join(_faults(tmp_path, "nl", "Bitte", "Donaudampfschifffahrtskapitän"))
    assert "nl.po:7: remember: has a word that is wider than an upright panel" in wide
    [(torn, remedy)] = label_faults("Donaudampfschifffahrt")
    assert torn == "has a word that would be torn on a button"
    assert remedy == "shorten it, or divide a long word with a soft hyphen"
    [(long, _)] = label_faults("Rat für Eltern und Kinder am Abend")
    assert long == "takes 3 lines on a button, more than 2"
    waiting = "Sie warten in dieser Reihe etwa zwischen {low} und höchstens {count} Minuten"
    [(cut, _)] = room_faults("slip.wait", waiting, right_to_left=False)
    assert cut == "takes 4 lines on narrow paper, more than 2"


def test_programs_read_the_faults_as_json() -> None:
    answer = CliRunner().invoke(main, ["texts", "check", "--json"])
    assert answer.exit_code == 0
    assert answer.stdout == "[]\n"
