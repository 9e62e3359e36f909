"""Faults in the outcomes of a profile, each with its line."""

from pathlib import Path

import pytest

from kiosk.domain.outcome import READY_OUTCOMES
from kiosk.settings.profiles import load_profile
from tests.settings.profiles.example import SMALLEST, faults_of

FIRST = """
[[outcomes]]
id = "resolved"
label = "Geklärt"
"""
SECOND = """
[[outcomes]]
id = "form-filled"
label = "Antrag ausgefüllt"
"""


def test_a_profile_lists_its_own_or_has_the_ready_ones(tmp_path: Path) -> None:
    assert faults_of(tmp_path, SMALLEST) == []
    file = str(tmp_path / "small.toml")
    assert load_profile(file).outcomes == READY_OUTCOMES
    third = '[[outcomes]]\nid = "no-help"\nlabel = "Nicht geholfen"\nhelped = false\n'
    assert faults_of(tmp_path, SMALLEST + FIRST + SECOND + third) == []
    listed = load_profile(file).outcomes
    assert [(each.id, each.helped) for each in listed] == [
        ("resolved", True),
        ("form-filled", True),
        ("no-help", False),
    ]


@pytest.mark.parametrize(
    ("outcomes", "line", "said"),
    [
        (FIRST, 30, "there must be 2 to 8 outcomes, not 1; leave the list out"),
        (FIRST + SECOND.replace("form-filled", "missed"), 35, '"missed" is counted by itself'),
        (FIRST + SECOND.replace("form-filled", "not_recorded"), 35, '"not_recorded" is counted'),
        (FIRST + SECOND.replace("form-filled", "resolved"), 35, "is used twice"),
        (FIRST + SECOND.replace("form-filled", "Form"), 35, 'write "form"'),
        (FIRST + SECOND.replace("Antrag ausgefüllt", "Geklärt"), 36, "could not tell them apart"),
        (FIRST + SECOND.replace("Antrag", "Antrag vollständig"), 36, "has 29 letters, more than"),
        (FIRST + SECOND + 'promises = "money"', 37, 'cannot be "money"'),
        (
            FIRST + SECOND + 'referral = true\npromises = "call_back"',
            38,
            "leave it or referral out",
        ),
        (FIRST + SECOND.replace("label", "labels"), 36, "unknown key"),
    ],
)
def test_each_fault_names_its_line_and_what_to_do(
    tmp_path: Path, outcomes: str, line: int, said: str
) -> None:
    found = faults_of(tmp_path, SMALLEST + outcomes)
    assert any(fault.startswith(f"{line}:") and said in fault for fault in found), found


def test_items_of_a_talk_leave_room_for_six(tmp_path: Path) -> None:
    seven = "".join(FIRST.replace("resolved", f"n{n}").replace("klärt", f"{n}") for n in range(7))
    item = """
[[talk_items]]
id = "measure"
label = "Maßnahme"
choices = [{ id = "form", label = "Ausfüllhilfe" }, { id = "course", label = "Kurs" }]
"""
    assert faults_of(tmp_path, SMALLEST + seven) == []
    (found,) = faults_of(tmp_path, SMALLEST + seven + item)
    assert "there must be 2 to 6 outcomes beside talk_items, not 7" in found
