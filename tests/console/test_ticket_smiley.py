"""A smiley on the page of a ticket whose talk is over: once, counted as any other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kiosk.domain.record import NO_RECORD
from kiosk.service import smileys, staff
from kiosk.settings.texts import Texts
from kiosk.store import feedback
from tests.console.axe import faults
from tests.console.conftest import open_page
from tests.town import FIRST_DESK, TURKISH

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import BrowserContext

    from kiosk.domain.ticket import Ticket
    from tests.console.box import Box

TEXTS = Texts.load()


def serve(box: Box) -> None:
    """One talk, from the call to its end."""
    box.call_next()
    staff.finish(box.office, FIRST_DESK, NO_RECORD, box.clock())


def press(box: Box, ticket: Ticket, score: int = 4, **headers: str) -> httpx.Response:
    client = box.stranger()
    return client.post(f"/t/{ticket.code}/smiley", data={"score": str(score)}, headers=headers)


def scores(box: Box) -> list[int]:
    with box.office.database.read() as connection:
        return [one.score for one in feedback.list_all(connection) if one.misuse is None]


def test_each_ticket_gives_one_however_often_it_is_sent(box: Box, ticket: Ticket) -> None:
    serve(box)
    serve(box)
    with ThreadPoolExecutor(5) as hands:
        answers = list(hands.map(lambda score: press(box, ticket, score), (2, 2, 2, 2, 2)))
    assert {answer.status_code for answer in answers} == {303}
    page = box.stranger().get(f"/t/{ticket.code}").text
    assert "refresh" not in page  # it would take the focus from whoever reads by keys
    assert {answer.headers["location"] for answer in answers} == {f"/t/{ticket.code}"}
    assert scores(box) == [2]


def test_none_is_given_before_the_talk_is_over_or_after_the_visit(box: Box, ticket: Ticket) -> None:
    press(box, ticket)
    serve(box)
    box.call_next()
    press(box, ticket)
    assert scores(box) == []
    staff.finish(box.office, FIRST_DESK, NO_RECORD, box.clock())
    box.close_visit()
    assert press(box, ticket).headers["location"] == f"/t/{ticket.code}"


def test_a_trial_of_the_buttons_costs_no_phone_its_smiley(box: Box, ticket: Ticket) -> None:
    serve(box)
    serve(box)
    smileys.try_buttons(box.office, box.clock(), running=True)
    press(box, ticket, 1)
    assert scores(box) == [1]


def test_no_other_site_and_no_other_scale_gives_one(box: Box, ticket: Ticket) -> None:
    serve(box)
    serve(box)
    assert press(box, ticket, Origin="http://elsewhere.example").status_code == 403
    assert press(box, ticket, 6).status_code == 400
    assert scores(box) == []


def test_nothing_that_is_stored_names_the_ticket(box: Box, ticket: Ticket) -> None:
    serve(box)
    serve(box)
    press(box, ticket)
    with box.office.database.read() as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        rows = [
            (name, str(tuple(row)))
            for name in [table["name"] for table in tables]
            for row in connection.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - its own names
        ]
    assert {name for name, row in rows if ticket.code in row} == {"ticket"}


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_smiley_after_the_talk(
    browser: BrowserContext, box: Box, ticket: Ticket, *, script: bool
) -> None:
    if script:
        page = open_page(browser)
    else:
        assert browser.browser
        page = browser.browser.new_context(base_url=box.url, java_script_enabled=False).new_page()
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto(f"{box.url}/t/{ticket.code}")
    question = page.get_by_role("heading", name=TEXTS(TURKISH, "feedback.title"))
    expect(question).to_be_hidden()
    serve(box)
    serve(box)
    if not script:
        page.reload()
    expect(question).to_be_visible()
    if script:
        assert faults(page) == []
    good = page.get_by_role("button", name=TEXTS(TURKISH, "feedback.good"), exact=True)
    good.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(TEXTS(TURKISH, "thanks.text"))).to_be_visible()
    expect(question).to_have_count(0)
    assert scores(box) == [4]
    if script:
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    else:
        page.context.close()
