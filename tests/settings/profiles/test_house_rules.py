"""Faults in the house rules, each with its line."""

from pathlib import Path

from tests.settings.profiles.example import SMALLEST, faults_of

RULE = """
[[house_rules]]
de = "Bitte nicht rauchen."
en = "No smoking."
"""


def test_rules_are_read(tmp_path: Path) -> None:
    assert faults_of(tmp_path, SMALLEST + RULE * 4) == []


def test_five_rules_have_no_room(tmp_path: Path) -> None:
    (many,) = faults_of(tmp_path, SMALLEST + RULE * 5)
    assert "lists 5 rules, more than 4" in many


def test_a_rule_stays_on_its_line_in_each_language(tmp_path: Path) -> None:
    (long,) = faults_of(tmp_path, SMALLEST + RULE.replace("No smoking.", "n" * 61))
    assert "has 61 letters, more than the 60 of a line" in long


def test_a_rule_is_german(tmp_path: Path) -> None:
    missing, unknown = faults_of(tmp_path, SMALLEST + RULE.replace("de =", "tr ="))
    assert '"de" is missing' in missing
    assert "unknown key; known: de, en" in unknown
