"""Validation of the survey questions: ids, answers, days, and one at a time at each stop."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from kiosk.domain.hours import UnreadableHours, parse_iso_date
from kiosk.settings.profiles.labels import check_label
from kiosk.settings.profiles.rules import check_ids, entries

if TYPE_CHECKING:
    from collections.abc import Collection

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.faults import TomlFaultCollector
    from kiosk.settings.schema.lines import KeyPath

LEAST_ANSWERS, MOST_ANSWERS = 2, 5
_KIND = "survey_questions"


class _Plan(NamedTuple):
    """When and where a question is asked; no stops are all of them."""

    name: str
    first: date
    last: date
    stops: frozenset[str]

    def meets(self, other: _Plan) -> bool:
        """Whether both would be asked at the same stop on the same day."""
        same_stop = not (self.stops and other.stops) or bool(self.stops & other.stops)
        return same_stop and self.first <= other.last and other.first <= self.last


def check_survey(profile: TomlTable, known: Collection[str], faults: TomlFaultCollector) -> None:
    """Each question by itself, and that no two of them meet."""
    check_ids([((_KIND, at, "id"), name) for at, name in entries(profile, _KIND, "id")], faults)
    offered = [language for language in profile.get("languages", ()) if language]
    plans: list[tuple[KeyPath, _Plan]] = []
    for at, question in enumerate(profile.get(_KIND, ())):
        path = (_KIND, at)
        answers = question.get("answers", [])
        if "answers" in question:
            _check_answers(answers, (*path, "answers"), faults)
        if "text" in question:
            check_label(question["text"], (*path, "text"), offered, known, faults)
        for n, answer in enumerate(answers):
            if "label" in answer:
                label_path = (*path, "answers", n, "label")
                check_label(answer["label"], label_path, offered, known, faults)
        if plan := _plan(question, path, faults):
            plans.append((path, plan))
    _check_one_at_a_time(plans, faults)


def _check_answers(answers: list[Any], path: KeyPath, faults: TomlFaultCollector) -> None:
    if not LEAST_ANSWERS <= len(answers) <= MOST_ANSWERS:
        what = f"must be from {LEAST_ANSWERS} to {MOST_ANSWERS}, not {len(answers)}"
        faults.add(path, what)
    check_ids(
        [((*path, n, "id"), each["id"]) for n, each in enumerate(answers) if each.get("id")], faults
    )


def _plan(question: TomlTable, path: KeyPath, faults: TomlFaultCollector) -> _Plan | None:
    """Its days and stops; None where a day cannot be read."""
    days: list[date] = []
    for key, without in (("first_day", date.min), ("last_day", date.max)):
        try:
            days.append(parse_iso_date(question[key]) if question.get(key) else without)
        except UnreadableHours as error:
            faults.add((*path, key), str(error), 'write it as in "2026-11-24"')
    match days:
        case [first, last]:
            pass
        case _:
            return None
    if last < first:
        faults.add((*path, "last_day"), f"{last} is before {first}", "exchange them")
    stops = frozenset(filter(None, question.get("stops", ())))
    return _Plan(question.get("id", ""), first, last, stops)


def _check_one_at_a_time(plans: list[tuple[KeyPath, _Plan]], faults: TomlFaultCollector) -> None:
    for (_, before), (path, plan) in combinations(plans, 2):
        if not plan.meets(before):
            continue
        both = sorted(plan.stops & before.stops or plan.stops or before.stops)
        where = f'at "{both[0]}"' if both else "at every stop"
        day = max(plan.first, before.first)
        when = "from the first day on" if day == date.min else f"on {day}"
        what = f'would be asked {where} {when}, as "{before.name}" is: one question at a time'
        faults.add(path, what, "give them other days (first_day, last_day) or other stops")
