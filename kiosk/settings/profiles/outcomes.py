"""Validation of the outcomes of a talk: ids, room and keys at a desk, and what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.outcome import READY_OUTCOMES, RESERVED
from kiosk.settings.profiles.rules import check_ids, entries

if TYPE_CHECKING:
    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector

LEAST_OUTCOMES, MOST_OUTCOMES = 2, 8
MOST_BESIDE_ITEMS: Final = 6
"""Each has a key, and a button in sight on a laptop in a bus; items of a talk take their row."""

LONGEST_LABEL: Final = 24
"""Letters on a button of a third of a column, in two lines."""


def check_outcomes(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Every rule; a profile without the key has the ready outcomes."""
    outcomes = profile.get("outcomes")
    if outcomes is None:
        return
    beside = " beside talk_items" if profile.get("talk_items") else ""
    most = MOST_BESIDE_ITEMS if beside else MOST_OUTCOMES
    if not LEAST_OUTCOMES <= len(outcomes) <= most:
        what = f"there must be {LEAST_OUTCOMES} to {most} outcomes{beside}, not {len(outcomes)}"
        path = ("outcomes", len(outcomes) - 1) if outcomes else ("outcomes",)
        faults.add(path, what, "leave the list out to have the ready ones")
    _check_ids(profile, faults)
    _check_labels(profile, faults)
    for at, outcome in enumerate(outcomes):
        if outcome.get("referral") and outcome.get("promises", "nothing") != "nothing":
            what = "a referral cannot promise something as well"
            faults.add(("outcomes", at, "promises"), what, "leave it or referral out")


def _check_ids(profile: TomlTable, faults: TomlFaultCollector) -> None:
    ready = {str(outcome.id): outcome.id.replace("_", "-") for outcome in READY_OUTCOMES}
    names = list(entries(profile, "outcomes", "id"))
    # Those of the ready ones are the only ones with an underscore.
    check_ids(((("outcomes", at, "id"), ready.get(name, name)) for at, name in names), faults)
    for at, name in names:
        if name in RESERVED:
            what = f'"{name}" is counted by itself, of all tickets without an outcome'
            faults.add(("outcomes", at, "id"), what, "leave it out")


def _check_labels(profile: TomlTable, faults: TomlFaultCollector) -> None:
    seen = set()
    for at, label in entries(profile, "outcomes", "label"):
        path = ("outcomes", at, "label")
        if label in seen:
            faults.add(path, "is used twice", "staff could not tell them apart")
        if len(label) > LONGEST_LABEL:
            what = f"has {len(label)} letters, more than the {LONGEST_LABEL} that fit on a button"
            faults.add(path, what, "shorten it")
        seen.add(label)
