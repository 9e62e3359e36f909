"""The survey question after a smiley of a phone: of the browser that gave it, once, skippable."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from kiosk.console.http.pending_surveys import MOST_REMEMBERED, PendingSurvey, PendingSurveys
from kiosk.domain.ids import ChoiceId, FeedbackId, QuestionId
from kiosk.service import visits
from kiosk.service.office import Office
from kiosk.settings.texts import Texts
from kiosk.store import feedback, survey_answers
from tests.console.axe import faults
from tests.console.box import running_box
from tests.console.phones import PHONES, draw, wish_of
from tests.console.test_ticket_smiley import serve
from tests.surveys import ASKS_QUARTER, ASKS_WHY, OTHER, QUARTER, SURVEYED, TREES
from tests.town import ESTATE, JOBS, MARKET, TURKISH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import httpx
    from playwright.sync_api import Browser

    from kiosk.store.database import Database
    from tests.console.box import Box
    from tests.town import TownClock

TEXTS = Texts.load()
ASKED, DONE = ASKS_QUARTER.text[TURKISH], TEXTS(TURKISH, "bar.done")


@pytest.fixture
def bus(database: Database, clock: TownClock) -> Iterator[Box]:
    """At the market, where each smiley is followed by a question."""
    office = Office(database, replace(PHONES, survey_questions=SURVEYED.survey_questions))
    visits.open_visit(office, MARKET, None, clock())
    with running_box(office, clock) as box:
        yield box


def page_of_talk(bus: Box) -> str:
    """The page of a Turkish speaker's ticket whose talk is over."""
    ticket = bus.take(JOBS, TURKISH)
    serve(bus)
    return f"/t/{ticket.code}"


def smiley_form(phone: httpx.Client, page: str, score: int = 2) -> tuple[str, dict[str, str]]:
    """Where the form of the smileys goes, and what a button of it sends."""
    text = phone.get(page).text
    action = re.search(r'action="([^"]+/smiley)"', text)
    press = re.search(r'name="press" value="([^"]+)"', text)
    assert action
    assert press
    return action[1], {"score": str(score), "press": press[1]}


def rate(phone: httpx.Client, page: str, score: int = 2) -> str:
    """Give a smiley as a browser does; where it leads."""
    action, form = smiley_form(phone, page, score)
    return phone.post(action, data=form).headers["location"]


def answers(bus: Box) -> Mapping[QuestionId, Mapping[ChoiceId, int]]:
    with bus.office.database.read() as connection:
        return survey_answers.counted(connection)


def presses(bus: Box) -> list[tuple[int, str | None, bool]]:
    with bus.office.database.read() as connection:
        stored = feedback.list_all(connection)
    return [(one.score, one.asked, one.answered) for one in stored]


def test_the_question_follows_in_the_language_of_the_ticket_and_one_answer_counts(
    bus: Box,
) -> None:
    phone, page = bus.stranger(), page_of_talk(bus)
    question = rate(phone, page)
    text = phone.get(question).text
    assert re.search(rf'<html lang="tr".*<h1[^>]*>{re.escape(ASKED)}', text, re.DOTALL)
    assert f'href="{page}">{DONE}' in text
    with ThreadPoolExecutor(4) as hands:
        sent = list(hands.map(lambda _: phone.post(question, data={"answer": TREES}), range(4)))
    assert {answer.headers["location"] for answer in sent} == {page}
    assert answers(bus) == {QUARTER: {TREES: 1}}
    assert presses(bus) == [(2, QUARTER, True)]
    assert TEXTS(TURKISH, "thanks.text") in phone.get(page).text
    assert phone.get(question).headers["location"] == page


def test_who_leaves_it_has_given_the_smiley_all_the_same(bus: Box) -> None:
    phone, page = bus.stranger(), page_of_talk(bus)
    phone.get(rate(phone, page))
    assert TEXTS(TURKISH, "thanks.text") in phone.get(page).text
    assert answers(bus) == {}
    assert presses(bus) == [(2, QUARTER, False)]


def test_a_form_sent_twice_leads_to_the_same_question(bus: Box) -> None:
    phone, page = bus.stranger(), page_of_talk(bus)
    action, form = smiley_form(phone, page)
    with ThreadPoolExecutor(4) as hands:
        sent = list(hands.map(lambda _: phone.post(action, data=form), range(4)))
    assert {answer.headers["location"] for answer in sent} == {f"{page}/survey/{form['press']}"}
    assert len(presses(bus)) == 1


def test_whoever_else_has_the_slip_is_never_asked(bus: Box) -> None:
    """Which question follows may tell how low the smiley was."""
    finder, phone, page = bus.stranger(), bus.stranger(), page_of_talk(bus)
    before = smiley_form(finder, page)
    question = rate(phone, page)
    assert before[1]["press"] not in question
    assert finder.post(before[0], data=before[1]).headers["location"] == page
    assert ASKED not in finder.get(page).text
    guessed = f"{page}/survey/AAAAAAAAAAAAAAAA"
    assert finder.get(guessed).headers["location"] == page
    assert finder.post(guessed, data={"answer": TREES}).headers["location"] == page
    assert answers(bus) == {}


def test_none_is_asked_after_a_good_smiley_where_only_low_ones_are(bus: Box) -> None:
    bus.close_visit()
    visits.open_visit(bus.office, ESTATE, None, bus.clock())
    phone, page = bus.stranger(), page_of_talk(bus)
    assert rate(phone, page, 5) == page
    other = page_of_talk(bus)
    question = rate(phone, other, 1)
    assert ASKS_WHY.text[TURKISH] in phone.get(question).text
    phone.post(question, data={"answer": OTHER})
    assert answers(bus) == {ASKS_WHY.id: {OTHER: 1}}


def test_a_form_without_a_press_id_is_a_smiley_without_a_question(bus: Box) -> None:
    page = page_of_talk(bus)
    given = bus.stranger().post(f"{page}/smiley", data={"score": "2"})
    assert given.headers["location"] == page
    assert presses(bus) == [(2, None, False)]


def test_no_other_site_answers_and_no_other_answer_counts(bus: Box) -> None:
    phone, page = bus.stranger(), page_of_talk(bus)
    question = rate(phone, page)
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert phone.post(question, data={"answer": TREES}, headers=cross).status_code == 403
    assert phone.post(question, data={"answer": "sun"}).status_code == 422
    assert answers(bus) == {}
    bus.close_visit()
    assert phone.post(question, data={"answer": TREES}).headers["location"] == page


def test_at_the_address_of_a_wish_it_leads_back_there(bus: Box) -> None:
    phone = bus.stranger()
    wish = wish_of(phone)
    draw(phone, wish)
    serve(bus)
    question = rate(phone, wish)
    assert question.startswith(f"{wish}/survey/")
    assert ASKED in phone.get(question).text
    assert phone.post(question, data={"answer": TREES}).headers["location"] == wish
    assert answers(bus) == {QUARTER: {TREES: 1}}
    assert phone.get(question).headers["location"] == wish


def test_what_nobody_answers_is_forgotten() -> None:
    surveys = PendingSurveys()
    for number in range(MOST_REMEMBERED + 1):
        surveys.add(str(number), PendingSurvey(FeedbackId(number), QuestionId("quarter")))
    assert "0" not in surveys
    assert "1" in surveys


@pytest.mark.slow
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_it_is_answered_by_keys_on_a_small_phone(
    chromium: Browser, bus: Box, *, script: bool
) -> None:
    context = chromium.new_context(
        base_url=bus.url, viewport={"width": 320, "height": 256}, java_script_enabled=script
    )
    page = context.new_page()
    page.goto(page_of_talk(bus))
    bad = TEXTS(TURKISH, "feedback.bad")
    page.get_by_role("button", name=bad, exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKED)
    if script:
        assert faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name=ASKS_QUARTER.answer(TREES).label[TURKISH]).press("Enter")
    expect(page.get_by_text(TEXTS(TURKISH, "thanks.text"))).to_be_visible()
    assert answers(bus) == {QUARTER: {TREES: 1}}
    context.close()
