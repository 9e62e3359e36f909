"""What is noted at the end of a talk, in one tap or one key each."""

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.outcome import APPOINTMENT_MADE, CALL_BACK_PROMISED, RESOLVED
from kiosk.domain.record import Advice, Occasion, Record
from kiosk.service import undo_log
from tests.console.at_desk import (
    await_dialog_keys,
    button,
    expect_empty_desk,
    person,
    records,
    serve,
)
from tests.console.box import Box
from tests.town import FIRST_DESK, RENT, SCHOOL

pytestmark = pytest.mark.slow  # a real browser

USUAL = Record(RESOLVED)


def test_the_usual_talk_is_recorded_in_one_tap_without_defaults(desk: Page, box: Box) -> None:
    serve(desk, box)
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    assert records(box) == [USUAL]


@pytest.mark.parametrize(("minutes", "likely"), [(8, Advice.SHORT), (10, Advice.FULL)])
def test_the_length_of_a_talk_suggests_what_the_key_says_and_says_nothing(
    desk: Page, box: Box, minutes: int, likely: Advice
) -> None:
    for said in (None, likely):
        serve(desk, box, minutes=minutes)
        if said:
            desk.keyboard.press("k")
        desk.keyboard.press("1")
        expect_empty_desk(desk)
    assert records(box) == [USUAL, Record(RESOLVED, None, likely)]


def test_a_long_wait_is_no_long_talk(desk: Page, box: Box) -> None:
    box.take()
    box.clock.pass_s(20 * 60)
    desk.keyboard.press("Space")
    person(desk, "A-001", "Aufgerufen")
    desk.keyboard.press("1")
    expect_empty_desk(desk)
    assert records(box) == [USUAL]


def test_what_is_said_has_one_key_each_and_forgotten_for_the_next_person(
    desk: Page, box: Box
) -> None:
    serve(desk, box)
    for key in ("k", "k", "f", "d", "+", "+", "+", "-"):
        desk.keyboard.press(key)
    expect(desk.get_by_text("3 Personen")).to_be_visible()
    desk.keyboard.press("4")
    expect_empty_desk(desk)
    serve(desk, box)
    expect(desk.get_by_text("Personen", exact=True)).to_be_visible()
    desk.keyboard.press("1")
    expect_empty_desk(desk)
    unusual = Record(CALL_BACK_PROMISED, None, Advice.FULL, Occasion.FOLLOW_UP, 3, interpreter=True)
    assert records(box) == [unusual, USUAL]


def test_a_choice_outlives_what_else_happens_meanwhile_and_can_be_taken_back(
    desk: Page, box: Box
) -> None:
    serve(desk, box)
    button(desk, "Erstbesuch").click()
    button(desk, "Dolmetschen").click()
    box.clock.pass_s(15 * 60)  # the page suggests full advice by now
    box.take(RENT)
    expect(desk.get_by_role("row", name="B-001")).to_be_visible()
    expect(button(desk, "Ausführlich")).to_have_class("preset")
    expect(button(desk, "Ausführlich")).to_have_attribute("aria-pressed", "false")
    expect(button(desk, "Erstbesuch")).to_have_attribute("aria-pressed", "true")
    button(desk, "Dolmetschen: ja").click()
    button(desk, "Kurz").click()
    button(desk, "Kurz").click()
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    no_interpreter = Record(RESOLVED, occasion=Occasion.FIRST, interpreter=False)
    assert records(box)[0] == no_interpreter


@pytest.mark.parametrize("way", ["undo", "undo elsewhere", "reload", "parked"])
def test_what_was_noted_is_still_there(desk: Page, box: Box, way: str) -> None:
    serve(desk, box)
    for key in ("k", "f", "d", "+"):
        desk.keyboard.press(key)
    expect(desk.get_by_text("2 Personen")).to_be_visible()
    if way == "reload":
        desk.reload()
    else:
        desk.keyboard.press("p" if way == "parked" else "1")
        expect_empty_desk(desk)
        serve(desk, box)
        expect(desk.get_by_text("Personen", exact=True)).to_be_visible()
        desk.keyboard.press("p")
        expect_empty_desk(desk)
        if way == "parked":
            button(desk, "Wieder aufrufen A-001").click()
        else:
            for _ in range(4):  # parked, begun, called, finished
                undo_log.undo(box.office, FIRST_DESK, box.clock())
    person(desk, "A-001", "Aufgerufen" if way == "parked" else "Wird bedient")
    if way == "undo elsewhere":
        desk.evaluate("sessionStorage.clear()")
        desk.reload()
    expect(desk.get_by_text("2 Personen")).to_be_visible()
    desk.keyboard.press("3")
    expect_empty_desk(desk)
    noted = Record(APPOINTMENT_MADE, None, Advice.SHORT, Occasion.FOLLOW_UP, 2, interpreter=True)
    assert noted in records(box)


def test_further_topics_take_one_press_each_and_stay_with_the_person(desk: Page, box: Box) -> None:
    serve(desk, box)
    for _ in range(2):
        desk.keyboard.press("g")
        await_dialog_keys(desk)
        assert button(desk, "Stelle finden").count() == 0  # the person's own
        desk.keyboard.press("Shift+Digit2")
        button(desk, "Ausweis").click()
        desk.keyboard.press("Shift+Digit1")
        desk.keyboard.press("g")
    expect(desk.locator("#open-further")).to_contain_text("Weitere Anliegen")
    desk.keyboard.press("g")
    await_dialog_keys(desk)
    button(desk, "Miete").click()
    button(desk, "Schule").click()
    button(desk, "Fertig").click()
    expect(desk.locator("#open-further")).to_contain_text("+ 2 Anliegen")
    expect(desk.get_by_text("auch Miete, Schule")).to_be_visible()
    desk.reload()
    expect(desk.locator("#open-further")).to_contain_text("+ 2 Anliegen")
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    desk.keyboard.press("u")
    person(desk, "A-001", "Wird bedient")
    expect(desk.locator("#open-further")).to_contain_text("+ 2 Anliegen")
    desk.wait_for_load_state("load")
    desk.keyboard.press("1")
    expect_empty_desk(desk)
    serve(desk, box)
    expect(desk.locator("#open-further")).to_contain_text("Weitere Anliegen")
    assert records(box)[0] == Record(RESOLVED, further=(RENT, SCHOOL))


def test_one_person_is_said_and_less_than_one_is_not_said(desk: Page, box: Box) -> None:
    serve(desk, box)
    button(desk, "Eine Person weniger").click()
    expect(desk.get_by_text("1 Person", exact=True)).to_be_visible()
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    serve(desk, box)
    for _ in range(2):
        desk.keyboard.press("-")
    button(desk, "Geklärt").click()
    expect_empty_desk(desk)
    assert records(box) == [Record(RESOLVED, persons=1), USUAL]
