"""Validation of the items of a talk: ids, choices, room beside the outcomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.settings.profiles.rules import check_ids, entries

if TYPE_CHECKING:
    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

MOST_ITEMS = 4
LEAST_CHOICES, MOST_CHOICES = 2, 12
"""Beside the outcomes of a laptop in a bus, and in one list."""


def check_talk_items(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Each item by itself, and that none is taken for a question: both are counted by their id."""
    ids = [
        ((key, at, "id"), name)
        for key in ("questions", "talk_items")
        for at, name in entries(profile, key, "id")
    ]
    check_ids(ids, faults)
    items = profile.get("talk_items", ())
    if len(items) > MOST_ITEMS:
        faults.add(("talk_items",), f"lists {len(items)} items, more than {MOST_ITEMS}")
    for at, item in enumerate(items):
        path, choices = ("talk_items", at, "choices"), item.get("choices", [])
        if not LEAST_CHOICES <= len(choices) <= MOST_CHOICES:
            faults.add(path, f"must be from {LEAST_CHOICES} to {MOST_CHOICES}, not {len(choices)}")
        known = [((*path, n, "id"), each["id"]) for n, each in enumerate(choices) if each.get("id")]
        check_ids(known, faults)
