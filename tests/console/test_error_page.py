"""What a browser sees where there is nothing: staff the way back, all others no way to staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.settings.texts import Texts
from tests.console.axe import faults
from tests.town import GERMAN, TURKISH

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.console.box import Box

TEXTS = Texts.load()
BROWSER = {"Accept": "text/html"}
NOWHERE = ("/nothing", "/display/nothing", "/t/a/b/c", "/n/AAAAAAAAAAAAAAAA")


@pytest.mark.parametrize("path", NOWHERE)
def test_a_stranger_is_told_in_their_language_and_led_to_no_page_of_staff(
    box: Box, path: str
) -> None:
    stranger = box.stranger()
    for accepted, language in (("tr", TURKISH), ("sq", GERMAN)):
        answer = stranger.get(path, headers={**BROWSER, "Accept-Language": accepted})
        assert answer.status_code == 404
        assert f'<html lang="{language}"' in answer.text
        assert TEXTS(language, "refused.other.title") in answer.text
        assert "/staff" not in answer.text
        assert "/n" not in answer.text.partition("<main>")[2]  # phones draw no numbers here


def test_staff_are_led_back(box: Box) -> None:
    clerk = box.stranger()
    assert "/staff" in clerk.get("/staff/nothing", headers=BROWSER).text
    box.log_in(clerk)
    for path in (*NOWHERE, "/staff/nothing"):
        answer = clerk.get(path, headers=BROWSER)
        assert answer.status_code == 404
        assert 'href="/staff"' in answer.text


@pytest.mark.slow
@pytest.mark.parametrize("language", ["de", "tr"])
def test_it_is_accessible(chromium: Browser, bus: Box, language: str) -> None:
    context = chromium.new_context(
        base_url=bus.url, viewport={"width": 320, "height": 256}, locale=language
    )
    page = context.new_page()
    for path in ("/nothing", "/staff/nothing", "/n/nonsense", "/t/nonsense"):
        page.goto(path)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    context.close()


def test_a_program_gets_a_problem_document(box: Box) -> None:
    for path in NOWHERE:
        assert box.problem(box.stranger().get(path))["status"] == 404
