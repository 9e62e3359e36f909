"""The page of a report as people open it."""

import re
from html import unescape

from msgspec import structs

from kiosk.counts.ledger_entry import StopNames, TopicNames
from kiosk.export.report.page import make_report
from tests.export.report.quarter import quarter
from tests.town import ESTATE, HOME, MARKET, RENT


def text_of(page: bytes) -> str:
    """What can be read, each run of white space as one space."""
    body = page.decode().partition("<body>")[2]
    return " ".join(unescape(re.sub("<[^>]*>", " ", body)).split())


def test_the_first_page_says_the_figures_and_how_to_read_them() -> None:
    third, fourth = quarter("2026-Q3", {MARKET: 200}), quarter("2026-Q4", {MARKET: 300, ESTATE: 50})
    told = text_of(make_report([fourth], [third, fourth]))
    assert told.startswith("Stadtbus: Bericht 4. Quartal 2026 Stadt Größenwahn · 01.10.2026 bis")
    for sentence in (
        "350 Menschen in Wahrheit 346 bis 354",
        "20 Einsätze 20 von 20 geplanten gehalten",
        "Gegen 3. Quartal 2026: Menschen insgesamt ▲ 75 % mehr; Menschen je Einsatz",
        "Eine Zeile, die fehlt, heißt nicht, dass niemand kam.",
    ):
        assert sentence in told


def test_several_quarters_are_one_report() -> None:
    closed = [quarter(f"2026-Q{n}", {MARKET: 100}) for n in (1, 2, 3, 4)]
    told = text_of(make_report(closed, closed))
    assert told.startswith("Stadtbus: Bericht 1. Quartal 2026 bis 4. Quartal 2026")
    assert "400 Menschen in Wahrheit 384 bis 416" in told


def test_a_fleet_with_many_stops_keeps_its_first_page_to_one_sheet() -> None:
    stops = {f"stop-{n:02}": 300 - 5 * n for n in range(20)}
    period = quarter("2026-Q4", stops)
    named = {code: StopNames(f"Platz {code[-2:]}", "", "05513000") for code in stops}
    period = structs.replace(period, names=structs.replace(period.names, stops=named))
    first, _, further = text_of(make_report([period], [period])).partition(
        "So lesen Sie die Zahlen"
    )
    assert "Alle 20 Standorte stehen unter „Einsätze und Gebiete“." in first
    assert ("Platz 15" in first, "Platz 16" in first) == (True, False)
    assert "Platz 19" in further.partition("Standorte mit ihren Gebietsschlüsseln")[2]


def test_a_key_of_areas_is_a_column_only_where_a_stop_has_one() -> None:
    period = quarter("2026-Q4", {MARKET: 100})
    told = text_of(make_report([period], [period]))
    keys = "Standort Einsätze Menschen Stadtteil Gemeinde\N{SOFT HYPHEN}schlüssel"
    assert f"{keys} Markt" in told
    place = structs.replace(period.names.stops[MARKET], area="16")
    names = structs.replace(period.names, stops={MARKET: place})
    period = structs.replace(period, names=names)
    told = text_of(make_report([period], [period]))
    assert f"{keys} Gebiet Markt" in told


def test_a_period_without_any_visitor_is_reported() -> None:
    empty = quarter("2026-Q4", {})
    empty = structs.replace(empty, tables={}, days=[])
    told = text_of(make_report([empty], [empty]))
    assert "0 Menschen" in told
    assert "Warten und Gespräche Zu wenige Zeiten wurden gemessen." in told


def test_names_never_become_markup() -> None:
    period = quarter("2026-Q4", {MARKET: 100})
    names = {RENT: TopicNames("<script>alert(1)</script>", "", HOME)}
    period = structs.replace(period, names=structs.replace(period.names, topics=names))
    page = make_report([period], [period]).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_nothing_is_fetched_from_elsewhere() -> None:
    period = quarter("2026-Q4", {MARKET: 100})
    page = make_report([period], [period]).decode()
    assert not re.search(r"""(src|href|url\()\s*=?\s*["']?(https?:|//|/)""", page)
