"""Appointments as a city office saves them from its booking system or from Excel."""

from pathlib import Path

import pytest

from tests.files.appointments.files import HEAD, booking_lines, faults, read

OFFICE = """sep=;
Tag;Uhrzeit;Name;Telefon;Anliegen;Standort;Termincode;Bemerkung
24.11.2026;10:00;Müller, Anna;0209 4711;Stelle finden;Markt;4711 0815;"kommt
mit Tochter"
Di, 24.11.2026;10.30 Uhr;Öz, Can;;Miete;;;
"""


def test_a_table_of_an_office(tmp_path: Path) -> None:
    assert booking_lines(read(tmp_path, OFFICE)) == [
        "2026-11-24 10:00 jobs market 47110815",
        "2026-11-24 10:30 rent * ?",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("divider", [";", ",", "\t"])
def test_any_divider_and_encoding(tmp_path: Path, encoding: str, divider: str) -> None:
    text = "Datum;Zeit;Anliegen;Straße\n2026-11-24;10:00;Stelle finden;Königsallee\n"
    raw = text.replace(";", divider).replace("\n", "\r\n").encode(encoding)
    assert booking_lines(read(tmp_path, raw)) == ["2026-11-24 10:00 jobs * ?"]


def test_english_headers_and_ids(tmp_path: Path) -> None:
    text = "date,time,topic,stop,code,name\n2026-11-24,10:00,jobs,estate,1234,Ann\n"
    assert booking_lines(read(tmp_path, text)) == ["2026-11-24 10:00 jobs estate 1234"]


@pytest.mark.parametrize(
    "cell", ["24.11.2026 10:00", "2026-11-24T10:00", "2026-11-24 10:00:00", "24.11.2026, 10:00 Uhr"]
)
def test_date_and_time_in_one_cell(tmp_path: Path, cell: str) -> None:
    assert booking_lines(read(tmp_path, f'Termin;Anliegen\n"{cell}";jobs\n')) == [
        "2026-11-24 10:00 jobs * ?"
    ]


def test_a_time_in_summer_and_one_in_winter(tmp_path: Path) -> None:
    rows = "25.06.2027;10:00;jobs;;\n24.11.2026;10:00;jobs;;\n"
    times = [booking.time.hour for booking in read(tmp_path, HEAD + rows).bookings]
    assert times == [8, 9]


def test_nothing_personal_is_read(tmp_path: Path) -> None:
    assert not any(word in repr(read(tmp_path, OFFICE)) for word in ("Anna", "Öz", "0209"))


def test_two_people_at_the_same_time_are_two_appointments(tmp_path: Path) -> None:
    row = "24.11.2026;10:00;jobs;;\n"
    origins = {booking.origin for booking in read(tmp_path, HEAD + row + row).bookings}
    assert len(origins) == 2


def test_what_is_past_is_left_out_whatever_is_wrong_with_it(tmp_path: Path) -> None:
    book = read(tmp_path, HEAD + "21.11.2026;10:00;gone;;x\n22.11.2026;00:00;jobs;;\n")
    assert (booking_lines(book), book.past) == (["2026-11-22 00:00 jobs * ?"], 1)


def test_a_cancelled_appointment(tmp_path: Path) -> None:
    text = "Datum;Uhrzeit;Anliegen;Code;Status\n24.11.2026;10:00;jobs;1234;abgesagt\n"
    assert booking_lines(read(tmp_path, text)) == ["-2026-11-24 10:00 jobs * 1234"]


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    rows = [
        "31.02.2026;10:00;jobs;;",
        "24.11.2026;25:00;Stele finden;;",
        "24.11.2026;10:00;;Mark;",
        "24.11.2026;10:00;Arbeit;;12",
        "24.11.2026;10:00;Stadt;;",
        "24.11.2026;10:00;jobs;;4711",
        "24.11.2026;11:00;jobs;;4711",
        "24.11.2046;10:00;jobs;;",
    ]
    at_ten = "appointment on 2026-11-24 at 10:00"
    name_it = "name one topic, by its id or its German name"
    too_far = "that is more than 18 months ahead; is the year right?"
    code_hint = "a code has 4 to 12 digits; did the spreadsheet drop its zeros?"
    assert faults(tmp_path, HEAD + "\n".join(rows)) == [
        '2: "31.02.2026" is no date; write it as 24.11.2026 or 2026-11-24',
        '3: "25:00" is no time; write it as 10:00',
        '3: appointment: there is no topic "Stele finden"; did you mean "Stelle finden"?',
        f"4: {at_ten}: does not say what for; {name_it}",
        f'4: {at_ten}: there is no stop "Mark"; did you mean "Markt"?',
        f'5: {at_ten}: "12" is no code; {code_hint} Format the column as text',
        f"5: {at_ten}: names several topics; {name_it}",
        f"6: {at_ten}: names a partner or a colour, and no topic; {name_it}",
        f"8: {at_ten[:-5]}11:00: line 7 has the same code; give each appointment its own code",
        f"9: {at_ten.replace('2026', '2046')}: {too_far}",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "has no appointments; is it the right file?"),
        (HEAD, "has no appointments; is it the right file?"),
        (
            HEAD + "21.11.2026;10:00;jobs;;\n",
            "has no appointments from today (2026-11-22) on; is it the right file?",
        ),
        ("Datum;Uhrzeit\n", '1: the column "Anliegen" is missing'),
        ("Anliegen;Uhrzeit\n", '1: the column "Datum" is missing'),
        ("Datum;Anliegen\n24.11.2026;jobs\n", "2: has no time; write it as 10:00"),
        (
            "Datum;Uhrzeit;Anliegn\n",
            '1: unknown column "Anliegn"; did you mean "anliegen"?; or delete it',
        ),
    ],
)
def test_a_table_that_cannot_be_meant(tmp_path: Path, text: str, said: str) -> None:
    assert said in " | ".join(faults(tmp_path, text))


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    found = faults(tmp_path, "x", "termine.xlsx")
    assert [line.partition("; ")[0].strip(" :") for line in found] == ["is neither .csv nor .ics"]
