"""Files that want to keep the box busy or fool it are refused, and soon."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.files.appointments import read_appointments
from kiosk.settings.schema.faults import FileErrors
from tests.files.appointments.files import HEAD, TODAY, faults
from tests.files.timetable.plans import calendar
from tests.town import TOWN

ROW = "24.11.2026;10:00;jobs;;\n"
SOON_S = 10.0
EVENT = "UID:1\nDTSTART:20261124T090000Z\nDTEND:20261124T093000Z\nCATEGORIES:jobs"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.csv", b"x" * 3_000_000),
        ("t.csv", b"PK\x03\x04\x00\x00workbook"),
        ("t.csv", HEAD + ROW * 40_000),
        ("t.csv", HEAD + "x;y;z;;\n" * 80_000),
        ("t.csv", HEAD + "24.11.2026;10:00;" + "jobs," * 300_000 + "x;;\n"),
        ("t.csv", HEAD + "24.11.2026;10:00;jobs;;" + "1" * 100_000 + "\n"),
        ("t.csv", HEAD + '"' * 100_001),
        ("t.csv", ";" * 500_000),
        ("t.ics", "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 100_000),
        ("t.ics", calendar(*(["UID:1"] * 5_000))),
        ("t.ics", calendar(EVENT + "\nRRULE:FREQ=SECONDLY")),
        ("t.ics", calendar(*(f"{EVENT}{n}\nRRULE:FREQ=DAILY" for n in range(50)))),
        ("t.ics", bytes(range(256)) * 100),
        ("t.ics", calendar("UID:1\nDTSTART;TZID=Europe:20261124T090000\nCATEGORIES:jobs")),
    ],
    ids=range(14),
)
def test_a_hostile_file_is_refused_soon_and_in_few_words(
    tmp_path: Path, name: str, content: bytes | str
) -> None:
    begun = time.process_time()
    found = faults(tmp_path, content, name)
    assert found
    assert time.process_time() - begun < SOON_S
    assert len(found) <= 200
    assert max(map(len, found)) < 1000


@pytest.mark.parametrize("name", ["folder.csv", "none.csv"])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(FileErrors):
        read_appointments(tmp_path / name, TOWN, TODAY)


PIECES = st.sampled_from(
    [
        *(
            "Datum;Uhrzeit;Anliegen;Standort;Code\n",
            "24.11.2026;10:00;jobs;;\n",
            ";",
            ",",
            "\n",
            '"',
        ),
        *("BEGIN:VCALENDAR\n", "BEGIN:VEVENT\n", "END:VEVENT\n", "END:VCALENDAR\n", "UID:1\n"),
        *("DTSTART:20261124T090000Z\n", "DTEND:20261124T093000Z\n", "CATEGORIES:jobs\n", " fold\n"),
        *("RRULE:FREQ=DAILY\n", "RRULE:FREQ=DAILY;INTERVAL=0\n", "DESCRIPTION:Code: 1\\n", "10:00"),
        *("STATUS:CANCELLED\n", "LOCATION:Markt\n", "RECURRENCE-ID:20261124T090000Z\n", "\x00"),
    ]
)


@given(
    name=st.sampled_from(["t.csv", "t.ics"]),
    content=st.binary(max_size=200) | st.lists(PIECES, max_size=25).map("".join),
)
def test_whatever_a_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, content: bytes | str
) -> None:
    faults(tmp_path_factory.getbasetemp(), content, name)
