"""A profile that loses what an open visit still has, also a language: every ticket is served."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.errors import TopicNotOffered
from kiosk.domain.outcome import CALL_BACK_PROMISED
from kiosk.domain.record import Record
from kiosk.drawing.paper.call_back_slip import call_back_slip
from kiosk.drawing.paper.slip_words import ticket_slip
from kiosk.service import citizens, desks, sheets, staff, visits
from kiosk.service.office import Office
from kiosk.service.orphans import with_orphans
from kiosk.service.reminders import REMINDERS
from kiosk.service.slips import SLIPS
from kiosk.settings.texts import Texts
from tests.console.box import Box, running_box
from tests.town import (
    ESTATE,
    FIRST_DESK,
    GERMAN,
    HOME,
    JOBS,
    ONLY_GERMAN,
    PASSPORT,
    RENT,
    SECOND_DESK,
    TENANTS,
    TOWN,
    TURKISH,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.ticket import Ticket
    from tests.town import TownClock

EDITED = replace(
    TOWN,
    topics=tuple(topic for topic in TOWN.topics if topic.id not in {RENT, PASSPORT}),
    groups=tuple(group for group in TOWN.groups if group.id != HOME),
    stops=tuple(stop for stop in TOWN.stops if stop.id != ESTATE),
    desks=tuple(
        replace(desk, groups=tuple(group for group in desk.groups if group != HOME))
        for desk in TOWN.desks
        if desk.id != SECOND_DESK
    ),
)


@pytest.fixture
def people(office: Office, clock: TownClock) -> list[Ticket]:
    """One is at the second desk, two wait for a topic that goes, one for a topic that stays."""
    visits.open_visit(office, ESTATE, None, clock())
    taken = [
        citizens.take_ticket(office, citizens.TicketRequest(topic, GERMAN), clock()).ticket
        for topic in (RENT, PASSPORT, RENT, JOBS)
    ]
    staff.call_next(office, SECOND_DESK, clock())
    return taken


@pytest.fixture
def restarted(office: Office, clock: TownClock, people: list[Ticket]) -> Iterator[Box]:
    """The console, started again with the edited profile."""
    assert people
    edited = Office(office.database, with_orphans(EDITED, office.database))
    with ExitStack() as running:
        yield running.enter_context(running_box(edited, clock))


def test_every_page_answers_and_every_ticket_is_served(
    restarted: Box, people: list[Ticket]
) -> None:
    program, browser = restarted.program(), restarted.stranger()
    restarted.log_in(browser)
    state = browser.get("/api/v1/state").json()
    assert (state["visit"]["name"], state["waiting"]) == ("estate", 3)
    assert {topic["id"] for topic in state["offered"]} == {"jobs", "school"}
    assert [call["desk"] for call in state["called"]] == ["2"]
    assert program.get("/api/v1/queue").status_code == 200
    assert browser.get(f"/t/{people[0].code}").status_code == 200
    assert "/staff/desks/2" in browser.get("/staff?choose=true").text
    for desk in (FIRST_DESK, SECOND_DESK):
        page = browser.get(f"/staff/desks/{desk}").text
        assert "passport" in page
        for dialog in ("day", "take", "count", "refer", "offered", "topics", "close", "transfer"):
            assert browser.get(f"/staff/desks/{desk}/dialogs/{dialog}").status_code == 200, dialog
    finished = program.post("/api/v1/desks/2/finish", json={"outcome": "resolved"})
    assert finished.status_code == 200
    numbers = []
    for _ in range(3):
        numbers.append(program.post("/api/v1/desks/1/next", json={}).json()["number"])
        program.post("/api/v1/desks/1/finish", json={"outcome": "resolved"})
    assert numbers == [person.number for person in people[1:]]
    refused = program.post("/api/v1/tickets", json={"topic": "rent"})
    assert restarted.problem(refused)["status"] == 409
    closed = program.post("/api/v1/visit/close", json={"force": True})
    assert closed.json()["name"] == "estate"
    assert program.post("/api/v1/visit/reopen").status_code == 200
    visits.close_visit(restarted.office, restarted.clock(), expected=None)
    assert program.post("/api/v1/visit/open", json={}).json()["stop"] == "market"
    assert "passport" not in browser.get("/staff/desks/1").text


def test_orphaned_topics_are_not_offered_but_desks_still_call_them(
    office: Office, clock: TownClock, people: list[Ticket]
) -> None:
    edited = Office(office.database, with_orphans(EDITED, office.database))
    with pytest.raises(TopicNotOffered):
        citizens.take_ticket(edited, citizens.TicketRequest(RENT, GERMAN), clock())
    desks.handle(edited, FIRST_DESK, [JOBS], clock())
    called = staff.call_next(edited, FIRST_DESK, clock())
    assert called
    assert called.id == people[1].id


def test_a_ticket_in_a_removed_language_continues(office: Office, clock: TownClock) -> None:
    texts = Texts.load()
    visits.open_visit(office, None, None, clock())
    wish = citizens.TicketRequest(JOBS, TURKISH)
    person, _ = (citizens.take_ticket(office, wish, clock()).ticket for _ in range(2))
    no_texts = Texts({GERMAN: texts.translations[GERMAN]})
    edited = Office(office.database, with_orphans(ONLY_GERMAN, office.database))
    job = SLIPS.begin(edited, clock())
    assert job
    for spoken in (texts, no_texts):  # its file may have left with an update, too
        assert ticket_slip(job, edited.profile, spoken, clock()).group == "Arbeit"
    staff.call_next(edited, FIRST_DESK, clock())
    staff.finish(edited, FIRST_DESK, Record(CALL_BACK_PROMISED), clock())
    promised = REMINDERS.begin(edited, clock())
    assert promised
    assert call_back_slip(promised, edited.profile, texts).group == "Arbeit"
    sheet = sheets.want_sheet(edited, sheets.SheetRequest(TENANTS, TURKISH), clock())
    assert sheet.language == TURKISH
    with running_box(edited, clock) as box:
        staff_browser = box.stranger()
        box.log_in(staff_browser)
        assert staff_browser.get(f"/t/{person.code}").status_code == 200
        assert "Türkisch" in staff_browser.get("/staff/desks/1").text
        assert "Türkisch" not in staff_browser.get("/staff/desks/1/dialogs/take").text


def test_without_a_visit_the_profile_is_as_it_is_written(office: Office) -> None:
    assert with_orphans(EDITED, office.database) is EDITED
