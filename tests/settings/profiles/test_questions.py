"""Faults in the questions at the glass, each with line and suggestion."""

from pathlib import Path

import pytest

from kiosk.settings import profiles
from tests.settings.profiles.asking import profile_that_asks
from tests.settings.profiles.example import SMALLEST, faults_of

ASKING = (
    SMALLEST
    + """
[[questions]]
id = "age"
skippable = false
label = { de = "Wie alt sind Sie?", en = "How old are you?" }
[[questions.choices]]
id = "young"
label = { de = "Unter 27", en = "Under 27" }
[[questions.choices]]
id = "old"
label = { de = "Ab 27", en = "27 and older" }

[[questions]]
id = "priority"
counted = false
choices = [{ id = "yes", effect = "priority" }]
"""
)


OLD = 'label = { de = "Ab 27", en = "27 and older" }'
YES = '[{ id = "yes", effect = "priority" }]'


def test_a_question_is_read_from_the_text_of_a_profile(tmp_path: Path) -> None:
    file = tmp_path / "asking.toml"
    file.write_text(ASKING)
    age, priority = profiles.load_profile(str(file)).questions
    assert [choice.id for choice in age.choices] == ["young", "old"]
    assert (age.skippable, age.counted, age.is_switch) == (False, True, False)
    assert (priority.skippable, priority.counted, priority.is_switch) == (True, False, True)
    assert profiles.load_profile(str(profile_that_asks(tmp_path))).question("age").skippable


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "priority"', 'id = "age"', '42: question "age", id: is used twice'),
        ('id = "old"', 'id = "young"', '38: question "age", choice "young", id: is used'),
        ('id = "age"', 'id = "Age"', '31: question "Age", id: may have only a-z'),
        (f"choices = {YES}", "choices = []", '44: question "priority", choices: is empty; add'),
        (f"choices = {YES}", "", '"choices" is missing; add [[questions.choices]]'),
        (OLD, "", '37: question "age", choice "old": "label" is missing; add label = {'),
        (', en = "27 and older"', "", '39: question "age", choice "old", label: "en" is miss'),
        ('label = { de = "Wie', 'labl = { de = "Wie', '33: question "age", labl: unknown key; did'),
        ('"priority" }', '"first" }', 'choice "yes", effect: cannot be "first"; known: none'),
        ("counted = false", "skippable = false", "skippable: a question with one choice can"),
        ("skippable = false", "counted = false", '30: question "age": is neither counted nor'),
        ("skippable = false", "skippable = 0", '32: question "age", skippable: must be true'),
        ('"Ab 27"', f'"{"x" * 37}"', '39: question "age", choice "old", label.de: has 37'),
        (YES, f'[{{ id = "no" }}, {YES[1:]}', '41: question "priority": "label" is missing'),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in ASKING
    assert fault in "\n".join(faults_of(tmp_path, ASKING.replace(old, new, 1)))


def test_more_choices_than_a_screen_shows(tmp_path: Path) -> None:
    choice = '[[questions.choices]]\nid = "{0}"\nlabel = {{ de = "{0}", en = "{0}" }}\n'
    more = "".join(choice.format(f"more-{number}") for number in range(4))
    start = ASKING.rindex("[[questions]]")
    [fault] = faults_of(tmp_path, ASKING[:start] + more + ASKING[start:])
    assert "has 6 choices, more than the 5 that a screen shows; put some" in fault


PRAM = """
[[questions]]
id = "pram"
label = { de = "Kinderwagen", en = "Pram" }
choices = [{ id = "yes", label = { de = "Kinderwagen", en = "Pram" } }]
"""

INTERPRETER = """
[[questions]]
id = "interpreter"
shown_at_desk = true
choices = [{ id = "yes" }]
"""


def test_two_switches_stand_beside_the_number_and_no_third(tmp_path: Path) -> None:
    file = tmp_path / "asking.toml"
    file.write_text(ASKING + INTERPRETER)
    assert profiles.load_profile(str(file)).question("interpreter").is_switch
    [fault] = faults_of(tmp_path, ASKING + INTERPRETER + PRAM)
    assert fault.startswith('51: question "pram": has one choice as 2 others have, and there is no')


def test_an_answer_that_staff_are_shown_need_not_be_counted(tmp_path: Path) -> None:
    file, shown = tmp_path / "asking.toml", "shown_at_desk = true\ncounted = false"
    file.write_text(ASKING + INTERPRETER.replace("shown_at_desk = true", shown))
    assert profiles.load_profile(str(file)).question("interpreter").is_kept
    [fault] = faults_of(tmp_path, ASKING + PRAM.replace("label", "counted = false\nlabel", 1))
    assert 'question "pram": is neither counted nor shown at the desk, nor does' in fault
