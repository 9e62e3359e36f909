"""Numbers drawn on phones are a share of all, which no stranger exceeds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from kiosk.console.http import phone_tries
from kiosk.domain import phone_share
from kiosk.domain.errors import ContingentUsedUp, PhoneShareUsedUp
from kiosk.domain.phone_share import most_waiting
from kiosk.domain.record import NO_RECORD
from kiosk.service import citizens, staff, visits
from tests.console.phones import draw, refused, wish_of
from tests.console.strangers import address_of
from tests.town import FIRST_DESK, GERMAN, JOBS, RENT, TownClock
from tests.waiting import PATIENCE_S

if TYPE_CHECKING:
    from tests.console.box import Box


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
        with httpx.Client(base_url=bus.url, transport=transport, timeout=PATIENCE_S) as phone:
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
