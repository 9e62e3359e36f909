"""Visits: the screens that people walk through, with a code, for an address, on a closing day."""

from dataclasses import replace

import pytest

from kiosk.domain.directory import ALL_OFFERS
from kiosk.domain.ids import OfferId, SheetId, TicketId, VisitId
from kiosk.domain.refusal_reason import CODE_REFUSED, Reason
from kiosk.domain.visit import Visit
from kiosk.touch.flow.inputs import (
    CodeScanned,
    NumberGiven,
    OfficeUnavailable,
    RequestRefused,
    SheetQueued,
    SheetUpdate,
    Tapped,
    TimedOut,
    VisitChanged,
)
from kiosk.touch.flow.requests import (
    CheckIn,
    ForgetWish,
    PrintSheet,
    TakeTicket,
)
from kiosk.touch.flow.state import PaperState, Screen, ShownNumber, ShownSheet
from kiosk.touch.flow.timeouts import timeout_s
from tests.touch.test_flow import LARGE, LARGE_DAY, OPEN, Walk
from tests.town import GERMAN, PASSPORT, RENT, TENANTS, TOWN, TURKISH

CLOSING = replace(OPEN, intake=False)
FULL = replace(OPEN, contingents={RENT: 0})
DUE = ShownNumber("B-001", 2, appointment="10:30", punctuality="on_time")
MINE = TicketId(1)
DIGITS = tuple(f"code.{digit}" for digit in "12345678")


def test_with_a_code_to_the_number() -> None:
    walk = Walk()
    walk(VisitChanged(OPEN, expected=True))
    assert walk("language.tr", "start.appointment") == ["start", "code"]
    walk("code.9", "code.delete", *DIGITS, "code.ok", "code.ok")
    assert walk.asked == [CheckIn("12345678", TURKISH, "wish-1")]
    assert walk(NumberGiven(DUE), "number.done") == ["number", "start"]
    assert (walk.state.typed, walk.state.expected) == ("", True)


def test_an_empty_code_and_one_too_long_ask_nothing() -> None:
    walk = Walk()
    walk("start.appointment", "code.ok", "code.delete")
    assert (walk.state.screen, walk.asked) == (Screen.CODE, [])
    walk(*DIGITS, *DIGITS)
    assert walk.state.typed == "123456781234"


@pytest.mark.parametrize("reason", sorted(CODE_REFUSED))
def test_a_refused_code_leads_back_to_the_pad_or_to_a_number(reason: Reason) -> None:
    walk = Walk()
    walk("start.appointment", *DIGITS, "code.ok")
    assert walk(RequestRefused(reason), "back") == ["refused", "code"]
    assert walk.state.typed == ""
    walk(*DIGITS, "code.ok", RequestRefused(reason))
    assert walk("refused.number") == ["topics"]


def test_a_code_can_be_tried_again_after_trouble() -> None:
    walk = Walk()
    walk("start.appointment", *DIGITS, "code.ok")
    assert walk(OfficeUnavailable(), VisitChanged(OPEN), "code.ok") == ["trouble", "code", "code"]
    assert {a.wish for a in walk.asked if isinstance(a, CheckIn)} == {"wish-1"}


def test_appointments_are_kept_when_no_numbers_are_given() -> None:
    walk = Walk()
    walk("start.appointment", *DIGITS)
    assert walk(VisitChanged(CLOSING, expected=True), "code.ok") == ["code", "code"]
    assert walk(RequestRefused(Reason.OTHER_DAY), "refused.number") == ["refused", "refused"]


def test_a_scan_at_the_idle_glass_shows_its_answer_and_times_out() -> None:
    walk = Walk()
    assert walk(CodeScanned(TURKISH, DUE)) == ["number"]
    assert (walk.state.language, timeout_s(walk.state, GERMAN)) == (TURKISH, 15)
    assert walk(TimedOut()) == ["start"]
    assert walk.state.language == GERMAN
    assert walk(CodeScanned(GERMAN, None, Reason.USED), "back") == ["refused", "start"]


def test_a_second_scan_replaces_the_answer() -> None:
    walk, next_one = Walk(), replace(DUE, number="B-002")
    assert walk(CodeScanned(TURKISH, DUE), CodeScanned(GERMAN, next_one)) == ["number", "number"]
    assert (walk.state.shown, walk.state.language) == (next_one, GERMAN)
    assert walk(CodeScanned(GERMAN, None, Reason.USED)) == ["refused"]
    assert (walk.state.shown, walk.state.reason) == (None, Reason.USED)
    refused = walk.state
    walk(CodeScanned(GERMAN, None, Reason.USED))
    assert walk.state != refused, "the same answer to another one stays as long as the first"
    assert walk(CodeScanned(TURKISH, DUE)) == ["number"]
    assert (walk.state.shown, timeout_s(walk.state, GERMAN)) == (DUE, 15)


def test_who_reads_an_answer_on_in_another_language_is_not_disturbed() -> None:
    walk = Walk()
    walk(CodeScanned(GERMAN, DUE), "language", "language.tr")
    assert walk(CodeScanned(GERMAN, replace(DUE, number="B-002"))) == ["number"]
    assert walk.state.shown == DUE


def test_a_scan_interrupts_no_citizen() -> None:
    for way in (("start.feedback",), ("start.number",), ("language.tr",)):
        walk = Walk()
        (*_, before) = walk(*way)
        assert walk(CodeScanned(GERMAN, DUE)) == [before]


def test_for_an_address_and_its_sheet() -> None:
    walk = Walk()
    screens = walk("language.tr", "start.offers", "offer.tenants", "offer.paper", "offer.paper")
    assert screens == ["start", "offers", "offer", "offer", "offer"]
    assert walk.asked == [PrintSheet(TENANTS, TURKISH, "wish-1-tenants-tr-0")]
    assert walk(SheetQueued(SheetId(4)), SheetUpdate(SheetId(3), PaperState.FAILED)) == [
        "sheet",
        "sheet",
    ]
    assert walk.state.sheet == ShownSheet(SheetId(4), PaperState.UNKNOWN)
    walk(SheetUpdate(SheetId(4), PaperState.PRINTED))
    assert walk.state.sheet == ShownSheet(SheetId(4), PaperState.PRINTED)
    assert walk("back", "back", "back") == ["offer", "offers", "start"]
    assert walk("start.offers", "offer.tenants", "offer.paper")[-1] == "offer"


def test_for_all_addresses_on_one_sheet() -> None:
    walk = Walk()
    walk("language.tr", "start.offers", "offer.tenants", "back", "offers.paper")
    assert walk.asked == [PrintSheet(ALL_OFFERS, TURKISH, "wish-1-all-tr-0")]
    assert walk(SheetQueued(SheetId(4))) == ["sheet"]
    assert walk.state.offer is None
    walk(SheetUpdate(SheetId(4), PaperState.FAILED))
    assert walk("back", "offers.paper") == ["offers", "offers"]
    assert walk.asked[-1] == PrintSheet(ALL_OFFERS, TURKISH, "wish-1-all-tr-1")


def test_a_finished_sheet_leaves_nothing_behind() -> None:
    walk = Walk()
    walk("language.tr", "start.offers", "offer.tenants", "offer.paper", SheetQueued(SheetId(4)))
    assert walk("sheet.done") == ["start"]
    assert (walk.state.offer, walk.state.language) == (None, GERMAN)
    assert walk.asked[-1] == ForgetWish()


def test_the_same_offer_is_the_same_wish() -> None:
    walk = Walk()
    walk("start.offers", "offer.tenants", "offer.paper", OfficeUnavailable())
    assert walk(VisitChanged(OPEN), "offer.paper") == ["offer", "offer"]
    assert walk.asked == [PrintSheet(OfferId("tenants"), GERMAN, "wish-1-tenants-de-0")] * 2


def test_no_way_leads_to_topics_when_no_numbers_are_given() -> None:
    walk = Walk(CLOSING)
    assert walk("start.number", "start.feedback", "back") == ["start", "feedback", "start"]
    assert walk("start.offers") == ["offers"]


@pytest.mark.parametrize("way", [(), ("language",), ("language", "language.tr")])
def test_a_citizen_choosing_a_topic_sees_the_closed_intake(way: tuple[str, ...]) -> None:
    walk = Walk()
    walk("start.number", *way)
    assert walk(VisitChanged(CLOSING)) == ["refused"]
    assert walk.state.reason is Reason.NO_INTAKE
    assert walk("back") == ["start"]


def test_a_used_up_topic_leads_to_the_others() -> None:
    walk = Walk()
    walk("start.number")
    assert walk(VisitChanged(FULL), "topic.rent") == ["topics", "refused"]
    assert (walk.state.reason, walk.asked) == (Reason.USED_UP, [])
    assert walk("back", "topic.passport") == ["topics", "topics"]
    assert walk.asked == [TakeTicket(PASSPORT, GERMAN, "wish-1")]


def test_a_used_up_topic_stays_and_says_why() -> None:
    walk = Walk(FULL)
    walk("start.number")
    assert walk("topic.rent", "back") == ["refused", "topics"]
    walk("topic.rent")
    assert (walk.state.reason, walk.asked) == (Reason.USED_UP, [])


def test_a_topic_by_appointment_stays_and_says_so() -> None:
    rent = replace(TOWN.topics[2], by_appointment=True)
    walk = Walk(FULL, replace(TOWN, topics=(*TOWN.topics[:2], rent, *TOWN.topics[3:])))
    walk("start.number")
    assert walk("topic.rent", "back") == ["refused", "topics"]
    walk("topic.rent")
    assert (walk.state.reason, walk.asked) == (Reason.BY_APPOINTMENT, [])
    assert walk(VisitChanged(OPEN)) == ["start"], "staff let walk-ins in"


def test_by_appointment_only_the_code_pad_is_one_tap_away() -> None:
    walk = Walk(profile=replace(TOWN, by_appointment=True))
    walk("start.number")
    assert walk(VisitChanged(CLOSING, expected=True)) == ["refused"]
    assert walk.state.reason is Reason.BY_APPOINTMENT
    assert walk("refused.appointment") == ["code"]


def test_a_group_without_topics_leads_back_to_the_first_question() -> None:
    walk = Walk(LARGE_DAY, LARGE)
    walk("start.number", "group.work")
    assert walk(VisitChanged(replace(OPEN, topics=(RENT, PASSPORT)))) == ["topics"]
    assert walk.state.group is None


def test_who_has_been_asked_for_waits_for_the_answer() -> None:
    walk = Walk()
    walk("start.number", "topic.rent")
    walk(VisitChanged(FULL), TimedOut(), Tapped("back"))
    assert (walk.state.screen, walk.state.asking) == (Screen.TOPICS, True)
    assert walk(NumberGiven(ShownNumber("B-001", 0))) == ["number"]


def test_a_number_of_a_closed_visit_stays_and_says_that_it_is_over() -> None:
    for told in (VisitChanged(None), VisitChanged(replace(OPEN, id=VisitId(2)))):
        walk = Walk()
        walk("start.number", "topic.rent")
        walk(NumberGiven(replace(DUE, link="http://10.42.0.1/t/abc")), "more")
        walk(VisitChanged(CLOSING))
        assert walk.state.shown
        assert not walk.state.shown.over
        assert walk(told) == ["number"]
        assert walk.state.shown == replace(DUE, over=True)


@pytest.mark.parametrize("told", [CLOSING, FULL])
def test_a_refusal_ends_with_its_reason(told: Visit) -> None:
    reason = Reason.NO_INTAKE if told is CLOSING else Reason.USED_UP
    walk = Walk()
    walk("language.tr", "start.number", "topic.rent", RequestRefused(reason), VisitChanged(told))
    assert walk(VisitChanged(OPEN)) == ["start"]
    assert (walk.state.topic, walk.state.language) == (None, TURKISH)
    walk("start.number", "topic.rent", RequestRefused(reason), VisitChanged(told), "language")
    assert walk(VisitChanged(OPEN), "language.de") == ["language", "start"]


def test_a_refused_code_stays_when_numbers_are_given_again() -> None:
    walk = Walk(CLOSING)
    walk(CodeScanned(GERMAN, None, Reason.USED))
    assert walk(VisitChanged(OPEN)) == ["refused"]
