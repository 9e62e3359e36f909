"""Faults in the items of a talk, each with its line."""

from pathlib import Path

from tests.settings.profiles.example import SMALLEST, faults_of

ITEM = """
[[talk_items]]
id = "measure"
label = "Maßnahme"
choices = [{ id = "form", label = "Ausfüllhilfe" }, { id = "course", label = "Kurs" }]
"""
QUESTION = """
[[questions]]
id = "measure"
label = { de = "Was?", en = "What?" }
[[questions.choices]]
id = "one"
label = { de = "Eins", en = "One" }
[[questions.choices]]
id = "two"
label = { de = "Zwei", en = "Two" }
"""


def test_items_of_a_talk_are_read(tmp_path: Path) -> None:
    assert faults_of(tmp_path, SMALLEST + ITEM) == []


def test_an_item_is_no_question_and_has_a_choice(tmp_path: Path) -> None:
    (twice,) = faults_of(tmp_path, SMALLEST + QUESTION + ITEM)
    assert "measure" in twice
    one = ITEM.replace(', { id = "course", label = "Kurs" }', "")
    (alone,) = faults_of(tmp_path, SMALLEST + one)
    assert "from 2 to 12, not 1" in alone
