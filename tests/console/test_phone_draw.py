"""Numbers drawn on phones: the same rules as at the glass, and a share that no stranger exceeds."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import httpx
import pytest

from kiosk.console.http import phone_tries
from kiosk.console.http.context import open_context
from kiosk.console.pages.desk_paper import paper_of
from kiosk.domain import phone_share
from kiosk.domain.errors import ContingentUsedUp, PhoneShareUsedUp
from kiosk.domain.phone_share import most_waiting
from kiosk.domain.record import NO_RECORD
from kiosk.domain.ticket import TicketState
from kiosk.service import citizens, slips, staff, visits
from kiosk.service.office import Office
from kiosk.service.slips import SLIPS
from kiosk.settings.texts import Texts
from tests.console.box import running, running_box
from tests.console.strangers import address_of
from tests.prepared import new_database
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, TOWN, TURKISH, TownClock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.ticket import Ticket
    from tests.console.box import Box

TEXTS = Texts.load()
PHONES: Final = replace(TOWN, numbers_by_phone=True, bus_network="http://10.42.0.1:8080")


@pytest.fixture(scope="module")
def _phone_box(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Box]:
    database = new_database(tmp_path_factory.mktemp("phones") / "kiosk.db")
    with running_box(Office(database, PHONES), TownClock(tick_s=0.02)) as box:
        yield box
    database.close()


@pytest.fixture
def bus(_phone_box: Box) -> Iterator[Box]:
    """A running console that lets phones draw; a visit is open, nobody has tried yet."""
    _phone_box.open_visit()
    _phone_box.clock.pass_s(phone_tries.FORGOTTEN_AFTER_S)
    yield _phone_box
    _phone_box.reset_day()


@pytest.fixture
def phone(bus: Box) -> httpx.Client:
    """Without a cookie of its own, as a browser that takes none."""
    return bus.stranger()


def wish_of(phone: httpx.Client) -> str:
    """The address that a phone gets behind the code at the door."""
    return phone.get("/n").headers["location"]


def draw(
    phone: httpx.Client, wish: str, topic: str = JOBS, language: str = "tr", **headers: str
) -> httpx.Response:
    return phone.post(f"{wish}/in/{language}", data={"topic": topic}, headers=headers)


def refused(answer: httpx.Response) -> str:
    found = re.search(r"no=([a-z_]+)", answer.headers["location"])
    return found[1] if found else ""


def drawn(bus: Box) -> list[Ticket]:
    return list(bus.office.read(lambda snapshot: snapshot.tickets))


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
    assert TEXTS(TURKISH, "number.return.title", number=ticket.number) in asked
    for _ in range(2):
        assert phone.post(f"{wish}/return").headers["location"] == wish
    assert [one.state for one in drawn(bus)] == [TicketState.WITHDRAWN]
    assert phone.get(f"{wish}/return").headers["location"] == wish
    second = wish_of(phone)
    draw(phone, second)
    bus.call_next()
    phone.post(f"{second}/return")
    assert drawn(bus)[-1].state is TicketState.CALLED


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


def test_it_has_no_slip_until_staff_print_one(bus: Box, phone: httpx.Client) -> None:
    draw(phone, wish_of(phone))
    [ticket] = drawn(bus)
    assert SLIPS.begin(bus.office, bus.clock()) is None
    paper = bus.office.read(paper_of, ticket)
    assert paper
    assert (paper.words, paper.again) == ("Auf dem Handy gezogen, ohne Zettel", True)
    assert slips.reprint(bus.office, ticket.id, bus.clock()).ticket == ticket.id


def test_an_address_has_so_many_tries_an_hour(bus: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_share, "FIRST_WAITING", 100)
    monkeypatch.setattr(phone_share, "MOST_WAITING", 100)
    phone = bus.stranger()
    taken = [refused(draw(phone, wish_of(phone))) for _ in range(phone_tries.MOST_OF_ONE + 2)]
    assert taken == [""] * phone_tries.MOST_OF_ONE + ["at_glass"] * 2
    bus.clock.pass_s(phone_tries.FORGOTTEN_AFTER_S)
    assert refused(draw(phone, wish_of(phone))) == ""


def test_a_refusal_costs_a_try_too(bus: Box, phone: httpx.Client) -> None:
    visits.limit_topic(bus.office, JOBS, 0, bus.clock())
    for _ in range(phone_tries.MOST_OF_ONE):
        assert refused(draw(phone, wish_of(phone))) == "used_up"
    assert refused(draw(phone, wish_of(phone))) == "at_glass"
    assert bus.take(RENT).number


def test_who_changes_addresses_takes_a_share_and_the_glass_goes_on(bus: Box) -> None:
    answers = []
    for stranger in range(1, 12):
        transport = httpx.HTTPTransport(local_address=address_of(stranger))
        with httpx.Client(base_url=bus.url, transport=transport) as phone:
            answers.append(refused(draw(phone, wish_of(phone))))
    assert answers == [""] * phone_share.FIRST_WAITING + ["at_glass"] * 5
    assert bus.take().number
    while staff.call_next(bus.office, FIRST_DESK, bus.clock()):  # nobody comes
        staff.miss(bus.office, FIRST_DESK, bus.clock())
    phone = bus.stranger()
    later = [refused(draw(phone, wish_of(phone))) for _ in range(4)]
    assert later == [""] * phone_share.LEAST_WAITING + ["at_glass"] * 2


def test_people_who_come_earn_more_numbers_and_a_contingent_is_shared(bus: Box) -> None:
    assert [most_waiting(came, 0) for came in (0, 1, 5, 50)] == [6, 8, 16, 20]
    assert [most_waiting(came, 4) for came in (0, 4, 6)] == [2, 6, 10]
    visits.limit_topic(bus.office, JOBS, 3, bus.clock())
    asked = citizens.TicketRequest(JOBS, GERMAN, by_phone=True)
    for _ in range(2):
        citizens.take_ticket(bus.office, asked, bus.clock())
    with pytest.raises(PhoneShareUsedUp):
        citizens.take_ticket(bus.office, asked, bus.clock())
    bus.take()
    with pytest.raises(ContingentUsedUp):
        citizens.take_ticket(bus.office, asked, bus.clock())
    bus.call_next()
    staff.finish(bus.office, FIRST_DESK, NO_RECORD, bus.clock())


def test_addresses_are_in_memory_alone_and_forgotten_after_an_hour(bus: Box) -> None:
    tries, clock = phone_tries.PhoneTries(), TownClock(tick_s=0)
    assert all(tries.count("10.0.0.7", f"wish {n}", clock()) for n in (1, 2, 2, 2))
    assert len(tries) == 2
    clock.pass_s(phone_tries.FORGOTTEN_AFTER_S)
    tries.forget_old(clock())
    assert len(tries) == 0
    for other in range(phone_tries.MOST_IN_ALL):
        assert tries.count(f"10.0.1.{other}", "wish", clock())
    assert not tries.count("10.0.2.1", "wish", clock())
    draw(bus.stranger(), wish_of(bus.stranger()))
    with bus.office.database.read() as connection:
        dump = "\n".join(connection.iterdump())
    assert "127.0.0.1" not in dump
