"""A year plan as a calendar, with all that Outlook, Google and CalDAV put into one."""

from pathlib import Path

import pytest

from kiosk.domain.ids import PartnerId
from tests.files.timetable.plans import at, calendar, event, faults, read, visit_lines
from tests.town import JOBS, RENT

OUTLOOKS_OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
"""


def visits(folder: Path, *events: str, head: str = "") -> list[str]:
    return visit_lines(read(folder, calendar(*events, head=head), "plan.ics"))


@pytest.mark.parametrize(
    ("times", "head"),
    [
        (
            "DTSTART;TZID=Europe/Berlin:20270706T100000\nDTEND;TZID=Europe/Berlin:20270706T140000",
            "",
        ),
        (
            (
                "DTSTART;TZID=W. Europe Standard Time:20270706T100000\n"
                "DTEND;TZID=W. Europe Standard Time:20270706T140000"
            ),
            "",
        ),
        (
            (
                'DTSTART;TZID="Customized Time Zone":20270706T100000\n'
                'DTEND;TZID="Customized Time Zone":20270706T140000'
            ),
            OUTLOOKS_OWN_ZONE,
        ),
        ("DTSTART:20270706T080000Z\nDTEND:20270706T120000Z", ""),
        ("DTSTART:20270706T080000Z\nDURATION:PT4H", "X-WR-TIMEZONE:Europe/Berlin\n"),
        ("DTSTART:20270706T100000\nDURATION:PT4H", ""),
        ("DTSTART;TZID=America/New_York:20270706T040000\nDURATION:PT4H", ""),
    ],
    ids=["berlin", "windows", "outlook's own", "utc", "google", "floating", "new york"],
)
def test_every_notation_of_the_hour(tmp_path: Path, times: str, head: str) -> None:
    found = visits(tmp_path, f"UID:1\nLOCATION:Markt\n{times}", head=head)
    assert found == ["2027-07-06 10:00-14:00 market"]


def test_every_second_week_over_the_change_of_the_clock_with_all_its_exceptions(
    tmp_path: Path,
) -> None:
    series = event(
        "week",
        "20270316T100000",
        "20270316T120000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=6",
        "EXDATE;TZID=Europe/Berlin:20270330T100000",
        "RDATE;TZID=Europe/Berlin:20270402T100000",
    )
    moved = event(
        "week",
        "20270414T130000",
        "20270414T150000",
        "RECURRENCE-ID;TZID=Europe/Berlin:20270413T100000",
        place="Siedlung",
    )
    off = (
        "UID:week\nRECURRENCE-ID;TZID=Europe/Berlin:20270427T100000\nSTATUS:CANCELLED\n"
        "DTSTART;TZID=Europe/Berlin:20270427T100000\nDTEND;TZID=Europe/Berlin:20270427T120000"
    )
    assert visits(tmp_path, series, moved, off) == [
        "2027-03-16 10:00-12:00 market",
        "2027-04-02 10:00-12:00 market",
        "2027-04-14 13:00-15:00 estate",
        "-2027-04-27 10:00-12:00 market",
        "2027-05-11 10:00-12:00 market",
        "2027-05-25 10:00-12:00 market",
    ]


def test_outlooks_first_monday_of_the_month(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1;UNTIL=20270301T225959Z"
    assert visits(tmp_path, event("1", "20261207T100000", "20261207T120000", rule)) == [
        "2026-12-07 10:00-12:00 market",
        "2027-01-04 10:00-12:00 market",
        "2027-02-01 10:00-12:00 market",
        "2027-03-01 10:00-12:00 market",
    ]


def test_an_endless_series_ends_at_the_horizon_and_begins_today(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        calendar(event("1", "20150105T100000", "20150105T120000", "RRULE:FREQ=WEEKLY")),
        "plan.ics",
    )
    assert plan.visits[0].begins == at("2026-11-23 10:00")
    assert str(plan.visits[-1].day) == "2028-05-22"
    assert plan.past == 52  # of the last year


def test_where_and_what_an_event_is_about(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        calendar(
            event("1", "20261124T100000", "20261124T120000", "CATEGORIES:Stadt,Rote Kategorie",
                  place="Bei uns\\, MARKT\\, Mitte"),
            event("2", "20261125T100000", "20261125T120000",
                  "CATEGORIES:Miete", "CATEGORIES:Stelle finden", place=""),
            event("3", "20261126T100000", "20261126T120000",
                  "DESCRIPTION:Hallo\\nStandort: Siedlung\\nThemen: jobs\\, rent\\nBis dann:",
                  place=""),
        ).replace("SUMMARY:Bus 2", "SUMMARY:Siedlung"),
        "plan.ics",
    )  # fmt: skip
    assert [(v.stop, v.partners, v.topics) for v in plan.visits] == [
        ("market", (PartnerId("city"),), ()),
        ("estate", (), (RENT, JOBS)),
        ("estate", (), (JOBS, RENT)),
    ]
    assert [v.uid for v in plan.visits] == ["1", "2", "3"]


def test_folded_lines_a_mark_and_windows_letters(tmp_path: Path) -> None:
    folded = calendar(event("1", "20261124T100000", "20261124T120000")).replace(
        "LOCATION:Markt", "LOCATION:Ma\r\n rkt"
    )
    for raw in (f"\ufeff{folded}".encode(), folded.replace("Bus", "Büs").encode("latin-1")):
        assert visit_lines(read(tmp_path, raw, "plan.ics")) == ["2026-11-24 10:00-12:00 market"]
    assert read(tmp_path, folded.replace("Bus", "Büs").encode("cp1252"), "a.ics").visits[
        0
    ].note == ("Büs 1")


def test_holidays_are_left_out_but_a_visit_without_hours_is_a_slip(tmp_path: Path) -> None:
    holiday = "UID:x\nSUMMARY:Weihnachten\nDTSTART;VALUE=DATE:20261225"
    plan = read(
        tmp_path, calendar(event("1", "20261124T100000", "20261124T120000"), holiday), "plan.ics"
    )
    assert [said.english for said in plan.remarks] == [
        'line 11: event "Weihnachten" lasts all day, so it is no visit'
    ]
    slip = "UID:x\nSUMMARY:Bus\nLOCATION:Markt\nDTSTART;VALUE=DATE:20261225"
    assert faults(tmp_path, calendar(slip), "plan.ics") == [
        '4: event "Bus": lasts all day, has no hours; give it hours'
    ]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    text = calendar(
        event("1", "20261124T100000", "20261124T120000", place="Mrkt"),
        event("2", "20261124T100000", "20261124T090000"),
        event("3", "20261124T100000", "20261125T090000"),
        event("4", "20261399T100000", "20261124T090000"),
        event("5", "20261124T100000", "20261124T120000", "CATEGORIES:Käse"),
        event("6", "20621124T100000", "20621124T120000"),
        event("7", "20261124T100000", "20261124T120000", "RRULE:FREQ=HOURLY"),
        "UID:8\nLOCATION:Markt\nDTSTART;TZID=Mars/Olympus:20261124T100000\nDURATION:PT1H",
        "UID:9\nLOCATION:Markt\nDTSTART:20261124T100000",
        event("10", "20261124T100000", "20261124T120000", place=""),
        event("11", "20261201T100000", "20261201T120000"),
        event("11", "20261202T100000", "20261202T120000"),
    )
    found = faults(tmp_path, text, "plan.ics")
    for line, words in zip(
        found,
        (
            'event "Bus 1": there is no stop "Mrkt"; did you mean "Markt"?',
            'event "Bus 2": ends before it begins',
            'event "Bus 3": does not end on the day on which it begins',
            'event "Bus 4": DTSTART: ',
            'event "Bus 5": there is no partner or topic "Käse"; known: Stadt, Arbeit, Wohnen',
            'event "Bus 6": 2062-11-24 10:00 is more than 18 months ahead',
            'event "Bus 7": repeats HOURLY',
            "unknown time zone Mars/Olympus; write Europe/Berlin",
            "has no end",
            'event "Bus 10": does not say at which stop',
            "the event of line 73 has the same UID",
        ),
        strict=True,
    ):
        assert words in line
    begins = [text[: text.index(f"UID:{uid}\r\n")].count("\n") for uid in range(1, 11)]
    assert [int(line.partition(":")[0]) for line in found] == [*begins, 80]


def test_an_address_that_names_two_stops_is_asked_about(tmp_path: Path) -> None:
    both = event("1", "20261124T100000", "20261124T120000", place="Markt\\, Siedlung")
    [said] = faults(tmp_path, calendar(both), "plan.ics")
    assert said.endswith('there is no stop "Markt, Siedlung"; write "estate" or "market"')


def test_what_a_file_holds_does_not_steer_the_terminal(tmp_path: Path) -> None:
    sly = event("1", "20261124T100000", "20261124T120000", place="\x1b[2J\u202eMarkt?")
    [said] = faults(tmp_path, calendar(sly).replace("Bus", "\x1b]0;Bus"), "plan.ics")
    assert said.isprintable()


def test_a_torn_file_plans_nothing(tmp_path: Path) -> None:
    whole = calendar(event("1", "20261124T100000", "20261124T120000"))
    for end in range(0, len(whole) - 4, 7):
        assert faults(tmp_path, whole[:end], "plan.ics"), whole[:end]
