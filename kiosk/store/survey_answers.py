"""Table of the open visit's survey answers: sums alone, linked to no smiley and no time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kiosk.domain.ids import ChoiceId, QuestionId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


def add(
    connection: sqlite3.Connection, question: QuestionId, answer: ChoiceId, number: int = 1
) -> None:
    """Count an answer; of minus one, take it back."""
    connection.execute(
        "INSERT INTO survey_answer (question, answer, count) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        (question, answer, number),
    )


def counted(connection: sqlite3.Connection) -> Mapping[QuestionId, Mapping[ChoiceId, int]]:
    """How often each answer was given in this visit, by question."""
    found: defaultdict[QuestionId, dict[ChoiceId, int]] = defaultdict(dict)
    for row in connection.execute("SELECT question, answer, count FROM survey_answer"):
        found[QuestionId(row["question"])][ChoiceId(row["answer"])] = row["count"]
    return found


def delete_all(connection: sqlite3.Connection) -> None:
    """Delete all sums, when they have become counts."""
    connection.execute("DELETE FROM survey_answer")
