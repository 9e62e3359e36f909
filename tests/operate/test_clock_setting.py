"""A time that staff have confirmed: what is set, and what never is."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.device_events import DeviceChanged
from kiosk.domain.moment import Moment
from kiosk.operate.clock_setting import MOST_AGE_S, MOST_AHEAD, settle_clock
from kiosk.store import journal
from kiosk.system.clock_request import ClockAnswer, answer_time, answer_to, ask_for_time, asked_time
from tests.prepared import new_database

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.store.database import Database

STARTED = datetime(2026, 1, 1, tzinfo=UTC)
"""What the machine believes, without a battery."""
KNOWN = datetime(2026, 11, 30, 8, tzinfo=UTC)
NOW = Moment("boot", 100.0, STARTED, trusted=False)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Of a box that was out on that day, with the time of a network."""
    with closing(new_database(tmp_path / "kiosk.db")) as database:
        with database.write() as connection:
            event = DeviceChanged("printer")
            journal.append(connection, event, Moment("before", 9.0, KNOWN, trusted=True), None)
            journal.append(connection, event, NOW, None)
        yield database


def _settled(
    database: Database, wall: datetime, now: Moment = NOW, asked_s: float = 100.0
) -> tuple[ClockAnswer, list[datetime]]:
    was_set: list[datetime] = []
    asked = replace(NOW, boot_s=asked_s, wall=wall)
    return settle_clock(asked, now, database, was_set.append), was_set


def test_the_clock_is_set_with_the_time_that_has_passed_since(database: Database) -> None:
    wall = KNOWN + timedelta(days=1)
    what, was_set = _settled(database, wall, asked_s=97.5)
    assert (what, was_set) == (ClockAnswer.SET, [wall + timedelta(seconds=2.5)])


@pytest.mark.parametrize(
    ("wall", "answer"),
    [
        (KNOWN - timedelta(seconds=1), ClockAnswer.BEFORE),
        (KNOWN + MOST_AHEAD + timedelta(seconds=1), ClockAnswer.AHEAD),
    ],
)
def test_no_time_is_set_that_cannot_be(
    database: Database, wall: datetime, answer: ClockAnswer
) -> None:
    assert _settled(database, wall) == (answer, [])


def test_a_network_s_time_is_never_set_over(database: Database) -> None:
    now = replace(NOW, trusted=True)
    assert _settled(database, KNOWN + timedelta(days=1), now) == (ClockAnswer.SYNCHRONISED, [])


def test_an_old_request_and_one_of_an_earlier_start_set_nothing(database: Database) -> None:
    wall = KNOWN + timedelta(days=1)
    later = replace(NOW, boot_s=100.0 + MOST_AGE_S + 1)
    assert _settled(database, wall, later) == (ClockAnswer.LATE, [])
    assert _settled(database, wall, replace(NOW, boot="next")) == (ClockAnswer.LATE, [])
    assert settle_clock(None, NOW, database, lambda _: None) is ClockAnswer.LATE


def test_a_new_box_takes_any_time(tmp_path: Path) -> None:
    with closing(new_database(tmp_path / "kiosk.db")) as empty:
        assert _settled(empty, STARTED)[0] is ClockAnswer.SET


def test_a_request_is_read_as_it_was_written_and_answered_once(tmp_path: Path) -> None:
    request, answer = tmp_path / "request", tmp_path / "answer"
    asked = replace(NOW, wall=KNOWN)
    assert asked_time(request) is None
    ask_for_time(request, asked)
    assert asked_time(request) == asked
    assert answer_to(answer, asked) is None
    answer_time(answer, asked, ClockAnswer.BEFORE)
    assert answer_to(answer, asked) is ClockAnswer.BEFORE
    assert answer_to(answer, replace(asked, boot_s=101.0)) is None


@pytest.mark.parametrize(
    "content", [b"", b"boot 1 2", b"boot x 2026-11-30T08:00:00+00:00 0", b"\xff" * 9, b"b 1 2026 1"]
)
def test_what_is_no_request_asks_for_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "request").write_bytes(content)
    assert asked_time(tmp_path / "request") is None
    (tmp_path / "request").write_bytes(b"boot 1.0 2026-11-30T08:00:00 0")
    assert asked_time(tmp_path / "request") is None, "without a zone it is no time"
