"""A year plan as a table, as Excel and people write it."""

from pathlib import Path

import pytest

from kiosk.domain.ids import PartnerId
from tests.files.timetable.plans import HEAD, faults, read, visit_lines
from tests.town import JOBS, PASSPORT, RENT, SCHOOL


def test_a_german_table_of_excel(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "\ufeff"
        + HEAD.replace("\n", "\r\n")
        + "24.11.2026;Markt;10:00;14:00;Stadt;;;Bitte früher da sein\r\n"
        + ";;;;;;;\r\n"
        + "01.12.26;SIEDLUNG;9.30 Uhr;12;;Arbeit, Ausweis;findet statt;\r\n"
        + "Di, 8.12.2026;Markt;10:00:00;14:00:00;;;entfällt;\r\n",
    )
    assert visit_lines(plan) == [
        "2026-11-24 10:00-14:00 market",
        "2026-12-01 09:30-12:00 estate",
        "-2026-12-08 10:00-14:00 market",
    ]
    first, second, _ = plan.visits
    assert (first.partners, first.topics) == ((PartnerId("city"),), ())
    assert first.note == "Bitte früher da sein"
    assert second.topics == (JOBS, SCHOOL, PASSPORT)  # a topic group means all of its topics
    assert {visit.source for visit in plan.visits} == {"plan.csv"}


def test_an_english_table_with_commas_and_iso_dates(tmp_path: Path) -> None:
    plan = read(
        tmp_path,
        "date,location,from,until,topics,week\n"
        '2026-11-24,market,10:00,14:00,"rent, jobs",48\n'
        "2026-11-25 00:00:00,estate,10:00,14:00,,48\n",
    )
    assert visit_lines(plan) == ["2026-11-24 10:00-14:00 market", "2026-11-25 10:00-14:00 estate"]
    assert plan.visits[0].topics == (RENT, JOBS)


def test_hours_in_one_column_and_excels_own_first_line(tmp_path: Path) -> None:
    text = "sep=,\nTag,Datum,Ort,Uhrzeit\nDi,24.11.2026,Markt,10:00 \u2013 14:00 Uhr\n"
    assert visit_lines(read(tmp_path, text)) == ["2026-11-24 10:00-14:00 market"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_letters_of_every_program(tmp_path: Path, encoding: str) -> None:
    text = HEAD + "24.11.2026;Markt;10:00;14:00;;;;Größere Menge Bücher\n"
    plan = read(tmp_path, text.encode(encoding))
    assert plan.visits[0].note == "Größere Menge Bücher"


def test_all_faults_are_reported_at_once_with_line_and_remedy(tmp_path: Path) -> None:
    text = HEAD + (
        "31.11.2026;Mrkt;10:00;14:00;;;;\n"
        "24.11.2026;Mrkt;10:00;14:00;;;;\n"
        "24.11.2026;Markt;25:00;vier;;;;\n"
        "24.11.2026;Markt;14:00;10:00;;;;\n"
        "24.11.2026;Markt;10:00;14:00;Stadtt;;;\n"
        "24.11.2026;Markt;10:00;14:00;;Käse;vielleicht;\n"
        "24.11.2062;Markt;10:00;14:00;;;;\n"
        ";;10:00;14:00;;;;x\n"
        "24.11.2026;Markt;08:00;09:00;;;;\n"
        "24.11.2026;markt;08:00;09:30;;;;\n"
    )
    assert faults(tmp_path, text) == [
        '2: "31.11.2026" is no date; write it as 24.11.2026 or 2026-11-24',
        '2: visit: there is no stop "Mrkt"; did you mean "Markt"?',
        '3: visit on 2026-11-24: there is no stop "Mrkt"; did you mean "Markt"?',
        '4: Beginn: "25:00" is no time; write it as 10:00',
        '4: Ende: "vier" is no time; write it as 10:00',
        "5: visit on 2026-11-24: ends before it begins (2026-11-24 14:00); mend one of the two",
        '6: visit on 2026-11-24: there is no partner or topic "Stadtt"; did you mean "Stadt"?',
        (
            '7: unknown status "vielleicht"; known: entfällt, abgesagt, ausfall, fällt aus,'
            " storniert, gestrichen, gelöscht, cancelled, canceled, findet statt, geplant,"
            " bestätigt, gebucht, reserviert, vereinbart, ok, planned, confirmed, booked"
        ),
        (
            '7: visit: there is no partner or topic "Käse"; known: Stadt, Arbeit, Wohnen,'
            " Stelle finden, Schule, Miete, Ausweis"
        ),
        "8: visit on 2062-11-24: 2062-11-24 10:00 is more than 18 months ahead; is the year right?",
        "9: has no date; write it as 24.11.2026 or 2026-11-24",
        "9: visit: does not say at which stop; name the stop",
        (
            "11: visit on 2026-11-24: line 10 plans this stop at the same time (2026-11-24 08:00);"
            " delete one of the two"
        ),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no visits; is it the right file?"),
        (HEAD, "has no visits; is it the right file?"),
        (HEAD + "24.11.2020;Markt;10:00;14:00;;;;\n", "has no visits from today (2026-11-22) on"),
        ("Datum;Standord;Beginn;Ende\n", 'unknown column "Standord"; did you mean "standort"?'),
        ("Datum;Beginn;Ende\n", 'the column "Standort" is missing'),
        ("Datum;Standort;Ort;Uhrzeit\n", 'two columns for the same, one of them "Ort"'),
        ("Tag;Datum;Ort;Uhrzeit\nMo;24.11.2026;Markt;10-14\n", "it is a Tuesday"),
        ("Datum;Ort;Uhrzeit\n24.11.2026;Markt;10 Uhr\n", '"10 Uhr" are no hours'),
        ("Datum,Ort,Uhrzeit\n24.11.2026,Markt,10-14,,Stadt\n", "has 5 cells, more than the 3"),
        ('Datum;Ort;Uhrzeit\n24.11.2026;"Markt;10-14\n', "a quotation mark is not closed"),
    ],
)
def test_a_plan_that_is_none_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in "\n".join(faults(tmp_path, text))


def test_past_visits_are_left_out_and_counted(tmp_path: Path) -> None:
    rows = "02.01.2026;Markt;10:00;14:00;;;;\n22.11.2026;Markt;06:00;07:00;;;;\n"
    plan = read(tmp_path, HEAD + rows)
    assert visit_lines(plan) == [
        "2026-11-22 06:00-07:00 market"
    ]  # today's stays, whatever the hour
    assert plan.past == 1


def test_a_cancelled_row_and_its_new_one_may_stand_beside_each_other(tmp_path: Path) -> None:
    rows = ("24.11.2026;Markt;10:00;14:00;;;entfällt;\n", "24.11.2026;Markt;10:00;13:00;;;;\n")
    for order in (rows, rows[::-1]):
        plan = read(tmp_path, HEAD + "".join(order))
        assert visit_lines(plan) == ["2026-11-24 10:00-13:00 market"]
