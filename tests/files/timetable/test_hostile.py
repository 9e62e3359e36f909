"""Files that want to keep the box busy or fool it are refused, and soon."""

import csv
import random
import time
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.files import icalendar_events
from kiosk.files.timetable import read_plan
from kiosk.settings.schema.faults import FileErrors
from tests.files.timetable.plans import HEAD, TODAY, calendar, event, faults, read
from tests.town import MARKET, TOWN

ONE = event("1", "20261124T100000", "20261124T120000")
ROW = "24.11.2026;Markt;10:00;14:00;;;;\n"
SOON_S = 5.0
LIMIT_S = 0.5
"""A tenth of what a file gets, so that a run of the tests need not wait for it."""

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def series(rule: str, uid: str = "1") -> str:
    return event(uid, "20261124T100000", "20261124T120000", f"RRULE:{rule}")


EVERY_MINUTE = [
    f"202612{day:02}T{hour:02}{minute:02}00"
    for day in range(1, 6)
    for hour in range(20)
    for minute in range(60)
]
ZONE = """BEGIN:VTIMEZONE
TZID:Trap
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=
 SECONDLY
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
"""
ZONES = [
    f"BEGIN:VTIMEZONE\nTZID:Europe/Berlin\nBEGIN:STANDARD\nDTSTART:2020010{1 + n % 9}T000000\n"
    f"TZOFFSETFROM:+0{n % 10}00\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    for n in range(2_000)
]


@pytest.mark.parametrize("dirt", ["\x07", "\x1b", "\x7f", "\x9b", *BIDI_CONTROLS])
def test_what_turns_or_steers_is_not_kept(tmp_path: Path, dirt: str) -> None:
    row = f"24.11.2026;Ma{dirt}rkt;10:00;14:00;;;;Im {dirt}Hof{dirt}\n"
    plan = read(tmp_path, HEAD + row, f"plan{dirt}.csv")
    assert [(visit.stop, visit.note) for visit in plan.visits] == [(MARKET, "Im Hof")]
    assert plan.source.isprintable()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.csv", b"x" * 3_000_000),
        ("plan.ics", b"BEGIN:VCALENDAR\n" * 200_000),
        ("plan.csv", b"PK\x03\x04\x00\x00\x00workbook"),
        ("plan.ics", bytes(range(256)) * 100),
        ("plan.csv", HEAD + ROW * 40_000),
        ("plan.csv", HEAD + "\n".join(f"{n};{n};{n};{n}" for n in range(80_000))),
        ("plan.csv", HEAD + '"' * 100_001),
        ("plan.csv", ";" * 500_000),
        ("plan.csv", HEAD + "24.11.2026;" + "Markt," * 300_000 + ";10:00;14:00;;;;\n"),
        ("plan.ics", calendar(*(["UID:1"] * 5_000))),
        ("plan.ics", calendar(*(["UID:1"] * 3_000))),
        ("plan.ics", "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 100_000),
        ("plan.ics", calendar(series("FREQ=SECONDLY"))),
        ("plan.ics", calendar(series("FREQ=DAILY;BYHOUR=1,2,3,4;BYSECOND=1,2,3,4,5,6,7,8,9"))),
        ("plan.ics", calendar(ONE + "\nRDATE:" + ",".join(["20261124T100000"] * 90_000))),
        ("plan.ics", calendar(ONE + f"\nRDATE:{','.join(EVERY_MINUTE)}")),
        ("plan.ics", calendar(ONE + "\nX" + ";A=b" * 300_000 + ":c")),
        ("plan.ics", calendar(ONE.replace("Europe/Berlin", "Trap"), head=ZONE)),
        ("plan.ics", calendar(ONE, head="".join(ZONES))),
        ("plan.ics", calendar(*(series("FREQ=DAILY", f"{n}") for n in range(50)))),
        ("plan.ics", calendar("UID:1\nLOCATION:Markt\nDTSTART;VALUE=TIME:100000\nDURATION:PT1H")),
        ("plan.ics", calendar("UID:1\nLOCATION:Markt\nDTSTART:20261124T100000\nDURATION:x")),
        ("plan.ics", calendar(event("1", "99991231T100000", "99991231T120000"))),
        ("plan.ics", calendar(event("1", "00010101T100000", "00010101T120000"))),
        ("plan.ics", calendar(series("FREQ=DAILY;INTERVAL=0"))),
        ("plan.ics", calendar(series("FREQ=DAILY;COUNT=99999999999999999999"))),
        ("plan.ics", calendar(series("FREQ=DAILY;UNTIL=20261124T090000Z;UNTIL=x"))),
    ],
)
def test_it_is_refused_soon(tmp_path: Path, name: str, content: str | bytes) -> None:
    begun = time.process_time()
    found = faults(tmp_path, content, name)
    assert time.process_time() - begun < SOON_S
    assert found
    assert max(map(len, found)) < 2_000
    assert len(found) <= 200


@pytest.mark.slow
def test_rules_that_never_come_true_end_with_the_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(icalendar_events, "PARSING_LIMIT_S", LIMIT_S)
    never = (series("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", f"{n}") for n in range(1_000))
    begun = time.process_time()
    found = faults(tmp_path, calendar(*never), "plan.ics")
    assert "takes too long to work out" in "\n".join(found)
    # One rule may overrun it, by seconds; all of them would take an hour.
    assert time.process_time() - begun < 12 * SOON_S


@pytest.mark.parametrize("seed", range(20))
def test_a_file_with_a_few_wrong_letters_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    for name, whole in (
        ("plan.csv", HEAD + ROW + ROW.replace("24", "25")),
        (
            "plan.ics",
            calendar(series("FREQ=WEEKLY;COUNT=3;BYDAY=TU"), ONE.replace("UID:1", "UID:2")),
        ),
    ):
        raw = bytearray(whole.encode())
        for _ in range(chance.randint(1, 6)):
            where = chance.randrange(len(raw))
            raw[where : where + chance.randint(0, 3)] = chance.randbytes(chance.randint(0, 3))
        with suppress(FileErrors):
            assert read(tmp_path, bytes(raw), name).visits


def test_a_file_that_is_missing_or_of_another_kind_is_named(tmp_path: Path) -> None:
    assert "is neither .csv nor .ics" in faults(tmp_path, "x", "plan.xlsx")[0]
    with pytest.raises(FileErrors, match="no such file"):
        read_plan(tmp_path / "gone.csv", TOWN, TODAY)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileErrors, match="is a directory"):
        read_plan(tmp_path / "folder.csv", TOWN, TODAY)


def test_a_limit_that_another_library_took_away_is_not_ours(tmp_path: Path) -> None:
    before = csv.field_size_limit(10_000_000)
    try:
        assert faults(tmp_path, HEAD + "24.11.2026;" + "Markt," * 300_000 + ";10:00;14:00;;;;\n")
    finally:
        csv.field_size_limit(before)
