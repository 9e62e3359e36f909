"""The timetable for staff and programs: readable on laptop, phone and paper."""

from collections.abc import Iterator
from datetime import UTC

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from kiosk.files.timetable.validation import YearPlan
from kiosk.service import visits
from kiosk.service.timetable import import_plan
from tests.console.axe import faults
from tests.console.box import Box
from tests.console.conftest import log_in
from tests.files.timetable.plans import at, visit
from tests.town import ESTATE, MARKET, RENT

BEFORE = (
    visit("2026-11-24 10:00"),
    visit("2026-11-26 10:00", stop=ESTATE),
    visit("2026-11-27 10:00", cancelled=True),
)
AFTER = (
    visit("2026-12-02 10:00", partners=("city",), note="Mit Bücherei"),
    visit("2026-12-08 10:00", stop=ESTATE, topics=(RENT,)),
    visit("2026-12-10 10:00", cancelled=True),
    visit("2027-06-01 10:00"),
)


@pytest.fixture
def lived(new_box: Box) -> Box:
    """Wednesday, 2026-12-02, half past nine, after a week in which one of two visits was held."""
    box = new_box
    import_plan(box.office, YearPlan("plan.csv", (*BEFORE, *AFTER)), box.clock())
    box.clock.wall = at("2026-11-24 09:58").astimezone(UTC)
    visits.open_visit(box.office, MARKET, None, box.clock())
    box.clock.wall = at("2026-11-24 14:05").astimezone(UTC)
    visits.close_visit(box.office, box.clock())
    box.clock.wall = at("2026-12-02 09:30").astimezone(UTC)
    return box


@pytest.fixture
def page(chromium: Browser, lived: Box) -> Iterator[Page]:
    """The timetable, staff logged in."""
    size: ViewportSize = {"width": 1366, "height": 768}
    with chromium.new_context(base_url=lived.url, viewport=size) as context:
        log_in(context, lived)
        page = context.new_page()
        page.goto("/staff/timetable")
        yield page


@pytest.mark.slow  # a real browser
def test_staff_see_what_comes_and_what_took_place(page: Page) -> None:
    coming = page.get_by_role("region", name="Kommende Einsätze")
    past = page.get_by_role("region", name="Was stattgefunden hat")
    weeks = coming.get_by_role("heading", level=3)
    expect(weeks).to_have_text(
        [
            "Woche 49: 30. November bis 6. Dezember 2026",
            "Woche 50: 7. Dezember bis 13. Dezember 2026",
        ]
    )
    lines = coming.get_by_role("listitem")
    expect(lines.nth(0)).to_have_text("Mi. 2. Dez. Heute 10:00\u201314:00 Markt Stadt Mit Bücherei")
    expect(lines.nth(1)).to_have_text("Di. 8. Dez. 10:00\u201314:00 Siedlung Miete")
    expect(lines.nth(2)).to_contain_text("entfällt")
    expect(lines).to_have_count(3)
    expect(past.get_by_text("1 stattgefunden, 1 nicht, 1 entfallen")).to_be_visible()
    expect(past.get_by_role("listitem")).to_have_text(
        [
            "Fr. 27. Nov. 10:00\u201314:00 Markt Alle Anliegen entfallen",
            "Do. 26. Nov. 10:00\u201314:00 Siedlung Alle Anliegen hat nicht stattgefunden",
            "Di. 24. Nov. 10:00\u201314:00 Markt Alle Anliegen geöffnet 09:58\u201314:05",
        ]
    )
    page.get_by_role("link", name="Den ganzen Fahrplan zeigen").click()
    expect(page.get_by_text("Woche 22")).to_be_visible()


@pytest.mark.slow  # a real browser
def test_the_page_is_accessible_and_nothing_is_clipped(page: Page) -> None:
    for width, height in ((1366, 768), (768, 1024), (360, 740), (320, 256)):
        page.set_viewport_size({"width": width, "height": height})
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Zurück zum Platz")).to_be_hidden()
    expect(page.get_by_text("hat nicht stattgefunden")).to_be_visible()


@pytest.mark.slow  # a real browser
def test_an_empty_timetable_and_a_clock_that_is_not_set_say_so(
    chromium: Browser, new_box: Box
) -> None:
    new_box.clock.trusted = False
    with chromium.new_context(base_url=new_box.url) as context:
        log_in(context, new_box)
        page = context.new_page()
        page.goto("/staff/timetable")
        expect(page.get_by_text("Es ist nichts geplant.")).to_be_visible()
        expect(page.get_by_text("Die Uhr des Geräts ist nicht gestellt.")).to_be_visible()
        assert faults(page) == []


def test_without_a_login_the_page_leads_to_it(new_box: Box) -> None:
    answer = new_box.stranger().get("/staff/timetable")
    assert (answer.status_code, answer.headers["location"]) == (302, "/staff/login")


def test_programs_get_the_same(lived: Box) -> None:
    program = lived.program()
    lines = program.get("/api/v1/timetable").json()
    assert [line["took_place"] for line in lines] == [True, False, False, None, None, None, None]
    assert lines[0] == {
        "date": "2026-11-24",
        "stop": "market",
        "stop_name": "Markt",
        "begins": "2026-11-24T10:00:00+01:00",
        "ends": "2026-11-24T14:00:00+01:00",
        "partners": [],
        "topics": ["jobs", "school", "rent", "passport"],
        "cancelled": False,
        "note": "",
        "source": "plan.csv",
        "uid": None,
        "took_place": True,
        "opened": "09:58",
        "closed": "14:05",
    }
    span = {"from": "2026-12-08", "until": "2026-12-08"}
    [line] = program.get("/api/v1/timetable", params=span).json()
    assert (line["stop"], line["topics"]) == ("estate", ["rent"])


def test_programs_without_the_token_or_with_nonsense_are_refused(lived: Box) -> None:
    assert lived.stranger().get("/api/v1/timetable").status_code == 401
    program = lived.program()
    for span, status in (
        ({"from": "yesterday"}, 400),
        ({"from": "2026-02-30"}, 400),
        ({"from": "0001-01-01"}, 422),
        ({"until": "9999-12-31"}, 422),
        ({"from": "2001-01-01"}, 422),
    ):
        answer = program.get("/api/v1/timetable", params=span)
        assert answer.status_code == status
        lived.problem(answer)
    backwards = {"from": "2026-12-08", "until": "2026-01-01"}
    assert program.get("/api/v1/timetable", params=backwards).json() == []


def test_a_visit_opened_without_a_stop_is_the_one_that_is_meant(lived: Box) -> None:
    answer = lived.program().post("/api/v1/visit/open")
    assert (answer.json()["stop"], answer.json()["planned"]) == (MARKET, True)
    lived.close_visit()
    lived.clock.wall = at("2026-12-08 09:30").astimezone(UTC)
    assert lived.program().post("/api/v1/visit/open").json()["stop"] == ESTATE
    offered = lived.stranger().get("/api/v1/state").json()["offered"]
    assert [topic["id"] for topic in offered] == [RENT]
    lived.close_visit()
