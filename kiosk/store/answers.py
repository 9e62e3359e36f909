"""Answers to the questions at the glass, stored with the ticket until the visit is closed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kiosk.domain.ids import ChoiceId, QuestionId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from kiosk.domain.ids import TicketId


def insert(
    connection: sqlite3.Connection, ticket: TicketId, answers: Mapping[QuestionId, ChoiceId]
) -> None:
    """Keep what was answered for a ticket that is stored."""
    connection.executemany(
        "INSERT INTO answer (ticket, question, choice) VALUES (?, ?, ?)",
        [(ticket, question, choice) for question, choice in answers.items()],
    )


def replace(
    connection: sqlite3.Connection,
    ticket: TicketId,
    question: QuestionId,
    choice: ChoiceId | None,
) -> None:
    """Keep this answer of a ticket instead of an earlier one; None keeps none."""
    connection.execute("DELETE FROM answer WHERE ticket = ? AND question = ?", (ticket, question))
    if choice is not None:
        insert(connection, ticket, {question: choice})


def by_ticket(connection: sqlite3.Connection) -> dict[TicketId, dict[QuestionId, ChoiceId]]:
    """The answers of each ticket that has any."""
    found: dict[TicketId, dict[QuestionId, ChoiceId]] = {}
    for ticket, question, choice in connection.execute(
        "SELECT ticket, question, choice FROM answer"
    ):
        found.setdefault(ticket, {})[QuestionId(question)] = ChoiceId(choice)
    return found


def of_ticket(connection: sqlite3.Connection, ticket: TicketId) -> dict[QuestionId, ChoiceId]:
    """The answers that are kept of a ticket."""
    rows = connection.execute("SELECT question, choice FROM answer WHERE ticket = ?", (ticket,))
    return {QuestionId(row["question"]): ChoiceId(row["choice"]) for row in rows}


def counted(connection: sqlite3.Connection) -> Counter[tuple[QuestionId, ChoiceId]]:
    """How often each answer was given in this visit."""
    query = "SELECT question, choice, COUNT(*) FROM answer GROUP BY question, choice"
    return Counter(
        {(QuestionId(row[0]), ChoiceId(row[1])): row[2] for row in connection.execute(query)}
    )
