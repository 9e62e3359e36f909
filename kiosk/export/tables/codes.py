"""German labels of the codes that stand in the tables, by column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.counts.coarsening import OTHERS
from kiosk.counts.exact import NOT_SAID
from kiosk.counts.ledger_entry import READY_NAMES, TABLES
from kiosk.export.tables import german

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kiosk.counts.ledger_entry import ClosedPeriod


def labels_of(table: str, periods: Sequence[ClosedPeriod]) -> dict[str, Mapping[str, str]]:
    """The labels of each column of a table; a column without any explains itself.

    What has left the profile before its period was closed is called by its code, an outcome that
    was a ready one by its name.
    """
    named = _named(periods)
    found: dict[str, Mapping[str, str]] = {}
    for place, column in enumerate(TABLES[table]):
        if column in named:
            counted = {
                str(cell[place]): _left(column, str(cell[place]))
                for period in periods
                for cell, _ in period.tables.get(table, [])
                if cell[place] is not None
            }
            found[column] = _sorted(counted | {OTHERS: german.OTHERS} | dict(named[column]))
        elif column == "language":
            spoken = {str(cell[place]) for p in periods for cell, _ in p.tables.get(table, [])}
            labels = {code: german.language_label(code) for code in spoken | {NOT_SAID}}
            found[column] = _sorted(labels)
    return found


def _left(column: str, code: str) -> str:
    ready = READY_NAMES.get(code) if column == "outcome" else None
    return ready.label if ready else code


def _sorted(labels: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(labels.items()))  # the same counts give the same bytes


def _named(periods: Sequence[ClosedPeriod]) -> dict[str, Mapping[str, str]]:
    names = [period.names for period in periods]
    outcomes = {code: o for each in names for code, o in (each.outcomes or READY_NAMES).items()}
    questions = {code: asked for each in names for code, asked in each.questions.items()}
    return {
        "stop": {code: stop.name for each in names for code, stop in each.stops.items()},
        "group": {code: label for each in names for code, label in each.groups.items()},
        "topic": {code: topic.label for each in names for code, topic in each.topics.items()},
        "outcome": german.NO_OUTCOME | {code: named.label for code, named in outcomes.items()},
        "item": german.item_labels(questions),
        "question": {code: q.label for each in names for code, q in each.survey.items()},
        "kind": german.KINDS,
        "measure": german.MEASURES,
        "reason": german.REFUSALS,
    }
