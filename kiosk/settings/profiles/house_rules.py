"""Validation of the house rules: how many the call display has room for, and how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

MOST_RULES = 4
LONGEST_RULE = 60
"""Letters on one line of the call display, read at three metres."""


def check_house_rules(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Their number, and the length of each in each language."""
    rules = profile.get("house_rules", ())
    if len(rules) > MOST_RULES:
        faults.add(("house_rules",), f"lists {len(rules)} rules, more than {MOST_RULES}")
    for at, rule in enumerate(rules):
        for language, text in rule.items():
            if (length := len(text)) > LONGEST_RULE:
                what = f"has {length} letters, more than the {LONGEST_RULE} of a line"
                faults.add(("house_rules", at, language), what, "shorten it")
