"""What people mean stays the same however a program writes it: encoding, line ends, folding, table.

Exit 0 with a wrong plan is the worst result, so each variant becomes the plan or is refused.
"""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.files.appointments import parse_appointments
from kiosk.files.faults import ImportErrors
from kiosk.files.file_reader import ImportFile
from kiosk.files.timetable import parse_plan
from kiosk.settings.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.profile import Profile
    from kiosk.domain.timetable import PlannedVisit

TODAY = date(2026, 11, 28)
NOTE = "Bürgerbus: Größe, Öl, Straße, Žižkov, „fünf“ Stände, 12 €"
STOPS = ("Josef-Büscher-Platz", "Schalker Markt", "Wochenmarkt Hassel")

Plan = list[tuple[str, datetime, datetime, str]]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile("gelsenkirchen")


def parse(profile: Profile, name: str, content: bytes) -> Plan:
    """Stop, begin, end and note of each visit."""

    def told(visit: PlannedVisit) -> tuple[str, datetime, datetime, str]:
        stop = next(stop.name for stop in profile.stops if stop.id == visit.stop)
        return stop, visit.begins.replace(tzinfo=None), visit.ends.replace(tzinfo=None), visit.note

    return [told(v) for v in parse_plan(ImportFile(Path(name), content), profile, TODAY).visits]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """One to four visits on days of their own."""
    days = draw(st.lists(st.integers(1, 400), min_size=1, max_size=4, unique=True))
    found = []
    for day in sorted(days):
        begins = datetime.combine(TODAY + timedelta(days=day), time(draw(st.integers(6, 15)), 30))
        ends = begins + timedelta(hours=draw(st.integers(1, 6)))
        found.append((draw(st.sampled_from(STOPS)), begins, ends, NOTE))
    return found


def folded(content: bytes, chance: random.Random) -> bytes:
    """A content line broken anywhere between two bytes, as programs do that count bytes."""
    pieces, rest = [], content
    while len(rest) > 1 and chance.random() < 0.8:
        cut = chance.randint(1, min(len(rest) - 1, 74))
        pieces.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*pieces, rest])


def calendar_of(plan: Plan) -> list[str]:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//test//DE"]
    for number, (stop, begins, ends, note) in enumerate(plan):
        lines += [
            *("BEGIN:VEVENT", f"UID:{number}", "DTSTAMP:20261101T080000Z"),
            f"DTSTART;TZID=Europe/Berlin:{begins:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{ends:%Y%m%dT%H%M%S}",
            *(f"SUMMARY:{note.replace(',', chr(92) + ',')}", f"LOCATION:{stop}", "END:VEVENT"),
        ]
    return [*lines, "END:VCALENDAR", ""]


@given(plan=plans(), seed=st.integers(0, 10_000), ends=st.sampled_from([b"\r\n", b"\n", b"\r"]))
def test_a_calendar_folded_anywhere(profile: Profile, plan: Plan, seed: int, ends: bytes) -> None:
    chance = random.Random(seed)
    content = b"\r\n".join(folded(line.encode(), chance) for line in calendar_of(plan))
    assert parse(profile, "plan.ics", content.replace(b"\r\n", ends)) == plan


GERMAN_DAYS: tuple[Callable[[date], str], ...] = (
    lambda day: f"{day:%d.%m.%Y}",
    lambda day: f"{day.day}.{day.month}.{day:%y}",
    lambda day: f"{day:%d.%m.%Y} 00:00:00",
    lambda day: f"{day:%d.%m.%Y} 00:00",
    lambda day: f"{day:%d.\u00a0%m.\u00a0%Y}",
    lambda day: f"{['Mo', 'Di', 'Mi', 'Do', 'Fr', 'Sa', 'So'][day.weekday()]}, {day:%d.%m.%Y}",
    lambda day: f"{day}",
    lambda day: f"{day}T00:00:00",
    lambda day: f"{day} 00:00:00",
)
HOURS: tuple[Callable[[datetime], str], ...] = (
    lambda at: f"{at:%H:%M}",
    lambda at: f"{at:%H.%M} Uhr",
    lambda at: f"{at:%H:%M:%S}",
    lambda at: f"{at.hour}:{at:%M}\u202fUhr",
    lambda at: f"30.12.1899 {at:%H:%M:%S}",
)
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")


@given(data=st.data(), plan=plans())
def test_a_table_in_every_form(profile: Profile, data: st.DataObject, plan: Plan) -> None:
    day, hour = data.draw(st.sampled_from(GERMAN_DAYS)), data.draw(st.sampled_from(HOURS))
    divider, encoding = data.draw(st.sampled_from(";,\t")), data.draw(st.sampled_from(ENCODINGS))
    columns = {
        "Datum": [day(begins.date()) for _, begins, _, _ in plan],
        data.draw(st.sampled_from(["Beginn", "von", "Be-\nginn", "UHRZEIT\nVON"])): [
            hour(begins) for _, begins, _, _ in plan
        ],
        "Ende": [hour(ends) for _, _, ends, _ in plan],
        "Stand\u00adort": [stop for stop, _, _, _ in plan],
        data.draw(st.sampled_from(["Bemerkung", "Hinweis"])): [note for *_, note in plan],
        "Fahrerin": ["x"] * len(plan),
        "": [""] * len(plan),
    }
    names = data.draw(st.permutations(list(columns)))
    rows = [
        *data.draw(st.sampled_from([[], [["Einsatzplan Bürgerbus"]], [["Plan"], ["", "2027"]]])),
        names,
        *([columns[name][row] for name in names] for row in range(len(plan))),
        [""] * len(names),
    ]
    ends = data.draw(st.sampled_from(["\r\n", "\n"]))
    written = StringIO()
    csv.writer(written, delimiter=divider, lineterminator=ends).writerows(rows)
    text = written.getvalue()
    if encoding == "cp1252":
        text = text.replace("\u202f", " ")  # which Windows' letters have not
    assert parse(profile, "plan.csv", text.encode(encoding)) == plan


@given(plan=plans(), letter=st.sampled_from("äöüßé€"))
def test_two_encodings_in_one_file_are_refused_and_never_misread(
    profile: Profile, plan: Plan, letter: str
) -> None:
    rows = [f"{b:%d.%m.%Y};{b:%H:%M};{e:%H:%M};{stop};{note}" for stop, b, e, note in plan]
    lines = ["Datum;Beginn;Ende;Standort;Bemerkung", *rows, f";;;;{letter}"]
    content = b"\n".join(
        line.encode("cp1252" if number == len(lines) - 1 else "utf-8")
        for number, line in enumerate(lines)
    )
    with pytest.raises(ImportErrors) as refused:
        parse(profile, "plan.csv", content)
    assert "Umlaute" in refused.value.import_faults[0].what.german


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_umlauts_of_dos_and_of_an_old_mac_are_refused(profile: Profile, encoding: str) -> None:
    text = "Datum;Beginn;Ende;Standort;Bemerkung\n02.12.2026;9:00;13:00;Schalker Markt;für Bäcker\n"
    with pytest.raises(ImportErrors, match="umlauts are those of DOS or an old Mac"):
        parse(profile, "plan.csv", text.encode(encoding))


WRONG_TABLES = {
    "Datum;Uhrzeit;Anliegen;Zustand\n02.12.2026;10:00;Wohngeld;abgesagt\n": (
        "in der Spalte „Zustand“ steht „abgesagt“"
    ),
    "Datum;Uhrzeit;Anliegen;Bemerkung\n02.12.2026;10:00;Wohngeld;ABGESAGT\n": (
        "in der Spalte „Bemerkung“ steht „ABGESAGT“"
    ),
    "Datum;Uhrzeit;Anliegen;Standord\n02.12.2026;10:00;Wohngeld;Schalker Markt\n": (
        "unbekannte Spalte „Standord“"
    ),
    "02.12.2026;10:00;Wohngeld\nDatum;Uhrzeit;Anliegen\n03.12.2026;10:00;Wohngeld\n": (
        "steht über der Zeile mit den Spaltennamen (Zeile 2)"
    ),
    "Datum;Uhrzeit;Anliegen;Code\n02.12.2026;10:00;Wohngeld;815\n": "„815“ ist kein Code",
    "Datum;Uhrzeit;Anliegen;Code\n02.12.2026;10:00;Wohngeld;4,71E+07\n": "ist kein Code",
    "Datum;Uhrzeit;Anliegen;Code\n02.12.2026;9:00;Wohngeld;08154711\n"
    "02.12.2026;10:00;Wohngeld;8154711\n": "Zeile 2 hat denselben Code",
    "Datum;Uhrzeit;Anliegen\n02.12.2026;0,416666;Wohngeld\n": "ist keine Uhrzeit",
    "Datum;Uhrzeit;Anliegen\n46358;10:00;Wohngeld\n": "„46358“ ist kein Datum",
    "Datum;Uhrzeit;Anliegen;Status\n02.12.2026;10:00;Wohngeld;vielleicht\n": "unbekannter Status",
}


@pytest.mark.parametrize("text", WRONG_TABLES)
def test_a_table_that_needs_a_guess_is_refused_in_german(profile: Profile, text: str) -> None:
    with pytest.raises(ImportErrors) as refused:
        parse_appointments(ImportFile(Path("t.csv"), text.encode()), profile, TODAY)
    faults = refused.value.import_faults
    assert WRONG_TABLES[text] in " | ".join(fault.what.german for fault in faults)
    assert all(fault.line and fault.remedy.german for fault in faults)
