"""The sheets that hang at a stop, as citizens read them."""

import pytest
from msgspec import structs

from kiosk.counts.coarsening import OTHERS
from kiosk.counts.ledger_entry import ClosedPeriod
from kiosk.export.report.wall import NoSheetForStop, make_wall_sheets
from tests.export.report.quarter import quarter
from tests.export.report.test_page import text_of
from tests.town import ESTATE, HOME, MARKET

FOREIGN = "others"


def asked(period: ClosedPeriod, *demand: tuple[tuple[str, str], int]) -> ClosedPeriod:
    return structs.replace(period, tables=period.tables | {"demand": list(demand)})


def test_a_stop_reads_how_many_came_and_what_they_asked_for() -> None:
    period = quarter("2026-Q4", {MARKET: 200})
    period = asked(period, ((MARKET, HOME), 150), ((MARKET, FOREIGN), 50))
    page, sheets = make_wall_sheets([period])
    text = text_of(page)
    assert "200 Menschen waren hier, an 10 Tagen." in text
    home = period.names.groups[HOME]
    assert sheets[0].groups == [(home, 75), ("übrige", 25)]
    assert f"Danach haben Sie gefragt {home} 75 %" in text
    assert "Das haben wir geändert" in text


def test_each_stop_has_a_sheet_of_its_own_and_reads_nothing_of_another() -> None:
    period = quarter("2026-Q4", {MARKET: 200, ESTATE: 50})
    page, sheets = make_wall_sheets([period])
    assert len(sheets) == 2
    parts = page.decode().split("<article")[1:]
    for part, sheet in zip(parts, sheets, strict=True):
        others = {other.stop.label for other in sheets} - {sheet.stop.label}
        assert sheet.stop.label in part
        assert not any(other in part for other in others)


def test_stops_in_one_bracket_have_no_sheet() -> None:
    period = quarter("2026-Q4", {MARKET: 200})
    period = asked(period, ((MARKET, HOME), 200), ((OTHERS, OTHERS), 30))
    assert [sheet.stop.code for sheet in make_wall_sheets([period])[1]] == [MARKET]
    with pytest.raises(NoSheetForStop, match="--from and --until"):
        make_wall_sheets([asked(period, ((OTHERS, OTHERS), 30))])


def test_few_smileys_of_a_stop_stand_among_those_of_all() -> None:
    period = quarter("2026-Q4", {MARKET: 200, ESTATE: 100})
    smileys = [((MARKET, 5), 60), ((MARKET, 1), 20), ((ESTATE, 5), 10)]
    period = structs.replace(period, tables=period.tables | {"feedback": smileys})
    page, sheets = make_wall_sheets([period])
    by_stop = {sheet.stop.code: sheet for sheet in sheets}
    assert by_stop[ESTATE].smileys is None
    market = by_stop[MARKET].smileys
    assert market
    assert market.good_percent == 75
    text = text_of(page)
    assert "Ihre 80 Smileys 5 von 5" in text
    assert "Ihre 90 Smileys an allen Standorten" in text


@pytest.mark.parametrize("levels", [3, 4, 5])
def test_every_level_of_a_scale_has_its_face(levels: int) -> None:
    period = quarter("2026-Q4", {MARKET: 200})
    names = structs.replace(period.names, score_levels=levels)
    smileys = [((MARKET, score), 50) for score in range(1, levels + 1)]
    period = structs.replace(period, names=names, tables=period.tables | {"feedback": smileys})
    page = make_wall_sheets([period])[0].decode()
    assert page.partition('class="faces"')[2].partition("</tr>")[0].count("<svg") == levels
    assert ' id="ground"' not in page
