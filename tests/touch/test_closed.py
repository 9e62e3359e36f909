"""A closed bus says whose it is, when it comes where, and has its addresses at hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.ids import LanguageCode, SheetId
from kiosk.domain.local_time import BERLIN
from kiosk.domain.timetable import PlannedVisit
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.flow.inputs import SheetQueued, VisitChanged
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.theme import Pane
from kiosk.touch.narration import Narration
from tests.touch.test_flow import OPEN, Walk
from tests.town import ESTATE, MARKET, TOWN

if TYPE_CHECKING:
    from kiosk.touch.layout.view import View

TEXTS = Texts.load()
TUESDAY = datetime(2026, 12, 1, 9, 0, tzinfo=BERLIN)
COMING = tuple(
    PlannedVisit(stop, begins, begins + timedelta(hours=4))
    for stop, begins in (
        (MARKET, TUESDAY),
        (ESTATE, TUESDAY + timedelta(days=2, hours=5, minutes=30)),
        (MARKET, TUESDAY + timedelta(days=4)),
    )
)


def closed(
    *visits: PlannedVisit,
    today: bool = False,
    size: tuple[int, int] = (1280, 800),
    language: str = "de",
) -> View:
    walk = Walk()
    walk(VisitChanged(None, next_visits=visits, opens_today=today))
    setup = GlassSetup(TOWN, TEXTS, walk.flow, Pane.of(*size), printer=True)
    return present(replace(walk.state, language=LanguageCode(language)), setup)


def texts(view: View) -> dict[str, str]:
    return {each.id: each.text for each in view.elements}


def test_the_next_three_visits_stand_in_a_table() -> None:
    shown = texts(closed(*COMING))
    assert shown["heading"] == "Heute geschlossen"
    assert (shown["service"], shown["operator"]) == ("Stadtbus", "Stadt Probe")
    rows = [
        tuple(shown[f"visit.{place}.{cell}"] for cell in ("day", "hours", "stop"))
        for place in (1, 2, 3)
    ]
    assert rows == [
        ("Di 1. Dez.", "9 bis 13 Uhr", "Markt"),
        ("Do 3. Dez.", "14:30 bis 18:30 Uhr", "Siedlung"),
        ("Sa 5. Dez.", "9 bis 13 Uhr", "Markt"),
    ]


def test_the_days_are_in_the_language_of_the_citizen_and_the_stops_in_german() -> None:
    view = closed(*COMING, language="tr")
    assert texts(view)["visit.1.day"] == "Sal 1 Ara"
    said = {(each.language, each.text) for each in Narration(TEXTS).page(view)}
    assert ("tr", "Salı, 1 Aralık") in said  # noqa: RUF001 - Turkish
    assert ("de", "Siedlung") in said


@pytest.mark.parametrize(("size", "fewest"), [((800, 480), 1), ((720, 1280), 1), ((1024, 600), 1)])
def test_a_small_pane_tells_the_next_one_at_least(size: tuple[int, int], fewest: int) -> None:
    shown = texts(closed(*COMING, size=size))
    assert sum(name.endswith(".day") for name in shown) >= fewest
    assert "closed.offers" in shown


def test_before_the_visit_of_today_it_is_closed_only_for_the_moment() -> None:
    assert texts(closed(*COMING, today=True))["heading"] == "Im Moment geschlossen"


def test_without_a_plan_it_says_that_nothing_is_known() -> None:
    shown = texts(closed())
    assert shown["heading"] == "Im Moment geschlossen", "whether it opens today is unknown"
    assert shown["text"] == "Der nächste Termin steht noch nicht fest."
    assert "visit.1.day" not in shown


def test_addresses_and_sheets_are_at_hand_and_lead_back() -> None:
    walk = Walk()
    walk(VisitChanged(None))
    assert walk("closed.offers", "offer.tenants", "offer.paper")[-1] == "offer"
    walk(SheetQueued(SheetId(1)))
    assert walk.state.screen is Screen.SHEET
    assert walk("back", "back", "back") == ["offer", "offers", "closed"]


def test_an_open_address_stays_when_the_visit_closes() -> None:
    walk = Walk()
    assert walk("start.offers", "offer.tenants", VisitChanged(None)) == ["offers", "offer", "offer"]
    assert walk(VisitChanged(OPEN), "back", "back") == ["offer", "offers", "start"]
