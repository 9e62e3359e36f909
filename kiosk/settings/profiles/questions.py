"""Validation of the questions at the glass: ids, choices, room on the screen, labels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.domain.question import BUILT_IN_LABELS
from kiosk.settings.profiles.labels import check_label
from kiosk.settings.profiles.rules import check_ids, entries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector
    from kiosk.settings.schema.lines import KeyPath

MOST_CHOICES = 5
"""With the button that skips, a screen of six."""

MOST_SWITCHES = 2
"""Beside the button that returns the number."""


def check_questions(profile: TomlTable, known: Collection[str], faults: TomlFaultCollector) -> None:
    """Each question by itself, and that no more are switches than stand beside the number."""
    ids = [(("questions", at, "id"), name) for at, name in entries(profile, "questions", "id")]
    check_ids(ids, faults)
    offered = [language for language in profile.get("languages", ()) if language]
    switches = 0
    for at, question in enumerate(profile.get("questions", ())):
        path = ("questions", at)
        choices = question.get("choices", [])
        if "choices" in question:
            _check_choices(question, choices, path, faults)
        _check_purpose(question, path, faults)
        if len(choices) == 1:
            switches += 1
            if switches > MOST_SWITCHES:
                what = f"has one choice as {MOST_SWITCHES} others have, and there is no room for it"
                faults.add(path, what, "give it another choice")
        for label_path, label in _labels(question, path, faults):
            check_label(label, label_path, offered, known, faults)


def _check_purpose(question: TomlTable, path: KeyPath, faults: TomlFaultCollector) -> None:
    effects = {choice.get("effect", "none") for choice in question.get("choices", [])}
    used = question.get("counted", True) or question.get("shown_at_desk", False)
    if not used and effects == {"none"}:
        what = "is neither counted nor shown at the desk, nor does an answer do anything"
        faults.add(path, what, "leave counted out, or add shown_at_desk = true")


def _check_choices(
    question: TomlTable, choices: list[Any], path: KeyPath, faults: TomlFaultCollector
) -> None:
    inside = (*path, "choices")
    if not choices:
        faults.add(inside, "is empty", "add at least one [[questions.choices]]")
    if len(choices) > MOST_CHOICES:
        what = f"has {len(choices)} choices, more than the {MOST_CHOICES} that a screen shows"
        faults.add(inside, what, "put some of them together")
    if len(choices) == 1 and not question.get("skippable", True):
        what = "a question with one choice can be left alone"
        faults.add((*path, "skippable"), what, "leave it out, or give another choice")
    ids = [
        ((*inside, at, "id"), choice["id"]) for at, choice in enumerate(choices) if choice.get("id")
    ]
    check_ids(ids, faults)


def _labels(
    question: TomlTable, path: KeyPath, faults: TomlFaultCollector
) -> Iterator[tuple[KeyPath, TomlTable]]:
    """The labels of the question and of each choice; those of `BUILT_IN_LABELS` may be missing."""
    choices = question.get("choices", [])
    worded = BUILT_IN_LABELS.get(question.get("id", "")) == tuple(
        each.get("id") for each in choices
    )
    owners = [(path, question)]
    owners += [((*path, "choices", at), choice) for at, choice in enumerate(choices)]
    for where, owner in owners:
        if "label" in owner:
            yield (*where, "label"), owner["label"]
        elif not worded:
            faults.add(where, '"label" is missing', "add label = { ... }")
