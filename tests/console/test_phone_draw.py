"""Numbers drawn on phones: once for a wish, and by the rules of the glass."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import TYPE_CHECKING

from kiosk.console.http import phone_tries
from kiosk.console.http.context import open_context
from kiosk.console.pages.desk_paper import paper_of
from kiosk.console.words.names import unbroken
from kiosk.domain.ticket import TicketState
from kiosk.drawing.bidi import isolated
from kiosk.service import citizens, slips, staff, ticket_corrections, visits
from kiosk.service.slips import SLIPS
from kiosk.settings.texts import Texts
from tests.console.box import running
from tests.console.phones import draw, drawn, refused, wish_of
from tests.console.test_ticket_smiley import scores, serve
from tests.town import GERMAN, JOBS, RENT, TOWN, TURKISH

if TYPE_CHECKING:
    import httpx

    from tests.console.box import Box

TEXTS = Texts.load()


def test_a_phone_has_no_pages_to_draw_on_unless_the_profile_says_so(box: Box) -> None:
    box.open_visit()
    phone = box.stranger()
    for path in ("/n", "/n/AAAAAAAAAAAAAAAA", "/n/AAAAAAAAAAAAAAAA/in/de"):
        assert phone.get(path).status_code == 404
    assert draw(phone, "/n/AAAAAAAAAAAAAAAA").status_code == 404
    assert box.office.read(lambda snapshot: snapshot.tickets) == ()


def test_one_touch_is_one_ticket_in_the_language_of_the_page(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    page = phone.get(f"{wish}/in/tr")
    assert page.status_code == 200
    assert 'lang="tr"' in page.text
    for topic in TOWN.topics:
        assert topic.label[TURKISH] in page.text
    answer = draw(phone, wish)
    assert (answer.status_code, answer.headers["location"]) == (303, wish)
    [ticket] = drawn(bus)
    assert (ticket.topic, ticket.language, ticket.by_phone) == (JOBS, TURKISH, True)
    assert ticket.number in phone.get(wish).text
    assert not phone.cookies


def test_the_same_wish_is_the_same_ticket_whatever_happens_to_the_form(
    bus: Box, phone: httpx.Client
) -> None:
    wish = wish_of(phone)
    with ThreadPoolExecutor(5) as hands:
        topics = [JOBS, JOBS, RENT, JOBS, RENT]
        answers = list(hands.map(lambda topic: draw(bus.stranger(), wish, topic), topics))
    assert {answer.headers["location"] for answer in answers} == {wish}
    [ticket] = drawn(bus)
    for again in ("", "/in/tr", "/in/de"):  # reloaded, or gone back to
        assert ticket.number in phone.get(f"{wish}{again}").text
    assert draw(phone, wish, language="de").headers["location"] == wish
    with running(open_context(bus.office, bus.clock)) as url:  # another process, after a crash
        assert bus.stranger().post(f"{url}{wish}/in/tr", data={"topic": JOBS}).status_code == 303
        assert ticket.number in bus.stranger().get(f"{url}{wish}").text
    assert drawn(bus) == [ticket]


def test_the_phone_s_own_language_comes_first(phone: httpx.Client) -> None:
    wish = wish_of(phone)

    def language(accepted: str) -> str:
        page = phone.get(wish, headers={"Accept-Language": accepted})
        found = re.search(r'<html lang="([^"]+)"', page.text)
        assert found
        return found[1]

    assert language("tr-TR,tr;q=0.9,en;q=0.5") == "tr"
    assert language("ckb,en;q=0.9,tr;q=0.1") == "tr"
    assert language("sq") == language("") == language(";;,,") == "de"


def test_a_refusal_says_why_and_nothing_is_drawn(bus: Box, phone: httpx.Client) -> None:
    visits.limit_topic(bus.office, JOBS, 1, bus.clock())
    bus.take()
    wish = wish_of(phone)
    assert refused(draw(phone, wish)) == "used_up"
    page = phone.get(f"{wish}/in/tr?no=used_up")
    assert TEXTS(TURKISH, "refused.used_up.title") in page.text
    assert refused(draw(phone, wish, "")) == refused(draw(phone, wish, "unknown")) == "other"
    visits.set_intake(bus.office, bus.clock(), intake=False)
    assert refused(draw(phone, wish)) == "no_intake"
    page = phone.get(f"{wish}/in/tr")
    assert TEXTS(TURKISH, "refused.no_intake.title") in page.text
    assert "<form" not in page.text
    bus.close_visit()
    assert refused(draw(phone, wish)) == "no_visit"
    assert TEXTS(TURKISH, "closed.title") in phone.get(f"{wish}/in/tr").text
    assert drawn(bus) == []


def test_a_topic_without_numbers_is_named_like_any_other(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    visits.limit_topic(bus.office, JOBS, 1, bus.clock())
    before = phone.get(f"{wish}/in/tr").text
    bus.take()
    assert phone.get(f"{wish}/in/tr").text == before


def test_a_reason_that_there_is_not_is_shown_to_nobody(phone: httpx.Client) -> None:
    wish = wish_of(phone)
    plain = phone.get(f"{wish}/in/tr").text
    assert phone.get(f"{wish}/in/tr?no=%3Cb%3E").text == plain
    assert phone.get(f"{wish}/in/tr").text == plain
    assert 'role="alert"' not in plain


def test_no_other_site_draws_or_gives_back(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    for headers in ({"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert draw(phone, wish, **headers).status_code == 403
    assert drawn(bus) == []
    draw(phone, wish)
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert phone.post(f"{wish}/return", headers=cross).status_code == 403
    assert phone.post(f"{wish}/answers", data={"question": "priority"}, headers=cross).is_error
    assert [ticket.state for ticket in drawn(bus)] == [TicketState.WAITING]


def test_only_wishes_of_phones_are_opened(bus: Box, phone: httpx.Client) -> None:
    request = citizens.TicketRequest(JOBS, GERMAN, "AAAAAAAAAAAAAAAA")
    others = citizens.take_ticket(bus.office, request, bus.clock()).ticket
    assert others.number not in phone.get("/n/AAAAAAAAAAAAAAAA").text
    phone.post("/n/AAAAAAAAAAAAAAAA/return")
    assert drawn(bus) == [others]
    assert phone.get("/n/short").status_code == 404
    assert phone.get(f"{wish_of(phone)}/in/xx").status_code == 404


def test_a_number_is_given_back_once_asked_while_it_waits(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    draw(phone, wish)
    [ticket] = drawn(bus)
    asked = phone.get(f"{wish}/return").text
    assert TEXTS(TURKISH, "number.return.title", number=isolated(unbroken(ticket.number))) in asked
    for _ in range(2):
        assert phone.post(f"{wish}/return").headers["location"] == wish
    assert [one.state for one in drawn(bus)] == [TicketState.WITHDRAWN]
    assert phone.get(f"{wish}/return").headers["location"] == wish
    second = wish_of(phone)
    draw(phone, second)
    bus.call_next()
    assert phone.post(f"{second}/return").headers["location"] == second
    assert drawn(bus)[-1].state is TicketState.CALLED


def test_the_address_of_a_number_given_back_says_so_and_leads_to_another(
    bus: Box, phone: httpx.Client
) -> None:
    for language in bus.office.profile.languages:
        wish = wish_of(phone)
        draw(phone, wish, language=language)
        ticket = drawn(bus)[-1]
        phone.post(f"{wish}/return")
        for _ in range(2):  # and reloaded
            page = unescape(phone.get(wish).text)
            number = isolated(unbroken(ticket.number))
            assert TEXTS(language, "returned.title", number=number) in page
            assert TEXTS(language, "page.withdrawn.hint") not in page
            assert '<a class="push" href="/n">' in page
        bus.clock.pass_s(phone_tries.FORGOTTEN_AFTER_S)
    visits.set_intake(bus.office, bus.clock(), intake=False)
    assert 'href="/n"' not in phone.get(wish).text  # no number is to be had
    visits.set_intake(bus.office, bus.clock(), intake=True)
    ticket_corrections.put_back(bus.office, ticket.id, bus.clock())
    assert f"{wish}/return" in phone.get(wish).text
    staff.withdraw(bus.office, ticket.id, bus.clock())  # this time it was not its holder
    assert TEXTS(language, "page.withdrawn.hint") in unescape(phone.get(wish).text)


def test_who_is_slow_on_foot_says_so_and_takes_it_back(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    draw(phone, wish)
    for choice in ("yes", "yes", ""):
        answer = {"question": "priority", "choice": choice}
        assert phone.post(f"{wish}/answers", data=answer).headers["location"] == wish
        pressed = 'aria-pressed="true"' in phone.get(wish).text
        assert (drawn(bus)[0].priority, pressed) == (bool(choice), bool(choice))
    for _ in range(phone_tries.MOST_CHANGES):
        phone.post(f"{wish}/answers", data={"question": "priority", "choice": "yes"})
    phone.post(f"{wish}/answers", data={"question": "priority"})
    assert drawn(bus)[0].priority  # it has changed its mind often enough
    bus.call_next()
    assert phone.post(f"{wish}/answers", data={"question": "priority"}).status_code == 303


def test_a_smiley_leaves_the_phone_where_another_number_can_be_drawn(
    bus: Box, phone: httpx.Client
) -> None:
    wish = wish_of(phone)
    draw(phone, wish)
    serve(bus)
    form = re.search(r'<form method="post" action="([^"]+/smiley)"', phone.get(wish).text)
    assert form
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert phone.post(form[1], data={"score": "4"}, headers=cross).status_code == 403
    for _ in range(2):
        assert phone.post(form[1], data={"score": "4"}).headers["location"] == wish
    assert scores(bus) == [4]
    page = phone.get(wish).text
    assert TEXTS(TURKISH, "thanks.text") in page
    assert '<a class="push" href="/n">' in page
    bus.close_visit()
    assert phone.post(form[1], data={"score": "4"}).headers["location"] == wish


def test_it_has_no_slip_until_staff_print_one(bus: Box, phone: httpx.Client) -> None:
    draw(phone, wish_of(phone))
    [ticket] = drawn(bus)
    assert SLIPS.begin(bus.office, bus.clock()) is None
    paper = bus.office.read(paper_of, ticket)
    assert paper
    assert (paper.words, paper.again) == ("Auf dem Handy gezogen, ohne Zettel", True)
    assert slips.reprint(bus.office, ticket.id, bus.clock()).ticket == ticket.id
