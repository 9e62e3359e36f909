"""What a finder of the memory card would see: whole files are searched, byte by byte."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.domain.errors import Unknown
from kiosk.domain.ids import ChoiceId, QuestionId
from kiosk.domain.outcome import RESOLVED
from kiosk.domain.record import Record
from kiosk.service import citizens, staff, visits
from kiosk.service.closing_watch import ClosingWatch
from kiosk.service.office import Office
from kiosk.service.sheets import SHEETS, SHOWN_S, SheetRequest, sheet_state, want_sheet
from kiosk.store import answers, draw_salts
from kiosk.store.counters import (
    STOP_TOPICS,
    TOPIC_OUTCOMES,
    VISITS,
    StopTopicKey,
    TopicOutcomeKey,
    VisitKey,
)
from kiosk.store.database import Database
from tests.town import FIRST_DESK, JOBS, MARKET, RENT, TENANTS, TURKISH, TownClock

MARK = "MARKED"


def marks_in(folder: Path) -> int:
    files = [path.read_bytes() for path in folder.iterdir() if path.is_file()]
    return sum(content.count(MARK.encode()) for content in files)


def serve(office: Office, clock: TownClock, random: Random, people: range) -> None:
    """Part of a day. Each row of a person carries a mark, in its wish, answer or moments."""
    for number in people:
        now = replace(clock(), boot=f"{MARK}-{number}")
        topic = random.choice([JOBS, RENT])
        request = citizens.TicketRequest(topic, "de", wish=f"{MARK}-{number}")
        taken = citizens.take_ticket(office, request, now)
        with office.database.write() as connection:
            answered = {QuestionId("age"): ChoiceId(f"{MARK}-{number}")}
            answers.insert(connection, taken.ticket.id, answered)
        citizens.give_feedback(office, 4, now)
        if random.random() < 0.6:
            staff.call_next(office, FIRST_DESK, now)
            staff.finish(office, FIRST_DESK, Record(RESOLVED), now)


def test_closing_a_visit_leaves_no_ticket_in_any_file(
    office: Office, clock: TownClock, tmp_path: Path
) -> None:
    visits.open_visit(office, MARKET, None, clock())
    serve(office, clock, Random(20261122), people=range(60))
    office.database.truncate_wal()  # from here on some of it is in the file, some in the WAL
    serve(office, clock, Random(20261123), people=range(60, 80))
    assert marks_in(tmp_path) > 240
    visits.close_visit(office, clock(), expected=None)
    assert marks_in(tmp_path) == 0


def wanted_while_closed(office: Office, clock: TownClock, random: Random) -> None:
    """Sheets of a parked bus. Each row has a mark in its wish, each entry in its moment."""
    for number in range(20):
        now = replace(clock(), boot=f"{MARK}-{number}")
        sheet = want_sheet(office, SheetRequest(TENANTS, TURKISH, wish=f"{MARK}-{number}"), now)
        if random.random() < 0.8:
            SHEETS.begin(office, now)
            SHEETS.printed(office, sheet.id, now)
        if number == 10:
            office.database.truncate_wal()


def test_a_parked_bus_keeps_no_sheet_longer_than_ten_minutes(
    office: Office, clock: TownClock, tmp_path: Path
) -> None:
    watch = ClosingWatch(office, clock, ["false"], after_s=0.0)
    wanted_while_closed(office, clock, Random(20261124))
    shown = want_sheet(office, SheetRequest(TENANTS, TURKISH), clock())
    assert marks_in(tmp_path) > 40
    clock.pass_s(SHOWN_S - 1)
    watch.forget_sheets()  # those with a mark are of another boot: how old they are is unknown
    assert marks_in(tmp_path) == 0
    assert office.read(sheet_state, shown.id) == "wanted"
    clock.pass_s(2)
    watch.forget_sheets()
    with pytest.raises(Unknown):
        office.read(sheet_state, shown.id)
    assert found_in(tmp_path, b"SheetWanted") == 0


def test_opening_a_visit_leaves_no_sheet_from_before_in_any_file(
    office: Office, clock: TownClock, tmp_path: Path
) -> None:
    wanted_while_closed(office, clock, Random(20261125))
    assert marks_in(tmp_path) > 40
    visits.open_visit(office, MARKET, None, clock())
    assert marks_in(tmp_path) == 0
    assert found_in(tmp_path, b"SheetWanted") == 0


def test_closing_a_period_leaves_no_exact_counter_in_any_file(
    database: Database, close: Callable[..., list[ClosedPeriod]], tmp_path: Path
) -> None:
    topics = [f"{MARK}-{number:03}" for number in range(300)]
    with database.write() as connection:
        VISITS.add(connection, "2026-08", {VisitKey(MARKET, "2026-08-07"): 300})
        STOP_TOPICS.add(connection, "2026-08", {StopTopicKey(MARKET, t): 1 for t in topics})
        cells = {TopicOutcomeKey(t, "resolved"): 1 for t in topics}
        TOPIC_OUTCOMES.add(connection, "2026-08", cells)
        (salt,) = draw_salts.of(connection, ["2026-08"])
    assert marks_in(tmp_path) >= 600
    assert found_in(tmp_path, salt) > 0
    assert len(close("2026-11-22")) == 1
    assert marks_in(tmp_path) == 0  # no topic came often enough to be named
    assert found_in(tmp_path, salt) == 0  # the same cannot be drawn again


def found_in(folder: Path, salt: bytes) -> int:
    return sum(path.read_bytes().count(salt) for path in folder.iterdir())
