"""Counting of a visit: its rows become counters and are deleted, in one transaction.

A visit that staff closed waits for that as long as closing it can be taken back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.counts import survey_words
from kiosk.counts.collect import ClosingRows, collect
from kiosk.domain.visit_events import VisitCounted
from kiosk.service import access, appointments, smileys
from kiosk.service.operating_days import visit_closed
from kiosk.store import (
    answers,
    desks,
    enquiries,
    feedback,
    journal,
    lost_numbers,
    reminders,
    series,
    sheets,
    survey_answers,
    tickets,
    undo_log,
    visits,
)

if TYPE_CHECKING:
    from kiosk.domain.ids import ChoiceId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection


def closed_visit(snapshot: Snapshot) -> Visit | None:
    """A visit that was closed and is not counted yet."""
    return visits.closed(snapshot.connection)


def count_closed(office: Office, now: Moment, *, at_once: bool = False) -> bool:
    """Count a closed visit that cannot be taken back any more, or `at_once`; says whether it did.

    The first of several processes does it. Mostly only a read.
    """
    if not _is_due(office.read(closed_visit), now, at_once=at_once):
        return False
    with office.database.write() as connection:
        visit = visits.closed(connection)
        if visit is None or not _is_due(visit, now, at_once=at_once):
            return False
        count_closed_in(office, connection, now)
    office.database.truncate_wal()  # the panel tries again if a reader is in the way
    return True


def count_closed_in(office: Office, connection: Connection, now: Moment) -> None:
    """Count a closed visit, if there is one, in the transaction that needs its place."""
    closed = visits.closed(connection)
    if closed is None or closed.closed is None:
        return
    visit = replace(closed, closed=None)
    visits.save(connection, closed, visit)  # its rows are read as those of an open one
    count_visit(office, connection, visit, closed.closed, now)
    journal.append(connection, VisitCounted(visit.id, visit.stop), now, visit=None)


def count_visit(
    office: Office, connection: Connection, visit: Visit, ended: Moment, now: Moment
) -> None:
    """Make counters of the open visit, as it ended, unless it was practice, and forget its rows."""
    if visit.practice:
        appointments.release_check_ins(connection)
    else:
        rows = ClosingRows(
            tickets.list_all(connection),
            enquiries.list_all(connection),
            smileys.reevaluate(connection),
            appointments.no_shows(connection, visit, ended),
            _counted_answers(office, connection),
            survey_answers.counted(connection),
        )
        collect(connection, office.profile, visit, rows, now)
        survey_words.keep(connection, office.profile)
        visit_closed(connection, office.profile, visit, ended)
        appointments.forget_used_and_past(connection, visit, ended)
    _forget(connection, visit, ended)


def _is_due(visit: Visit | None, now: Moment, *, at_once: bool) -> bool:
    return visit is not None and (at_once or not visit.reopening_left_s(now))


def _counted_answers(office: Office, connection: Connection) -> dict[QuestionId, Counter[ChoiceId]]:
    """What was answered to the questions that are counted; each appears, answered or not."""
    given = answers.counted(connection)
    return {
        question.id: Counter({c: count for (q, c), count in given.items() if q == question.id})
        for question in office.profile.questions
        if question.counted
    }


def _forget(connection: Connection, visit: Visit, ended: Moment) -> None:
    access.forget_old_tries(connection, ended)
    for rows in (tickets, enquiries, feedback, survey_answers, undo_log, desks, sheets, reminders):
        rows.delete_all(connection)
    journal.forget_visit(connection, visit.id)
    series.reset(connection, "visit:")
    lost_numbers.forget(connection)
    visits.delete(connection)
