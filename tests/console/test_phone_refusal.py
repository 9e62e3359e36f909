"""A wrong address or a refused form is a page for people, in their language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.console.http.admission import LARGEST_BODY_BYTES
from kiosk.settings.texts import Texts
from tests.console.phones import draw, drawn, wish_of
from tests.town import GERMAN, TURKISH

if TYPE_CHECKING:
    import httpx

    from kiosk.domain.ids import LanguageCode
    from tests.console.box import Box

TEXTS = Texts.load()


def check_page(answer: httpx.Response, status: int, language: LanguageCode) -> None:
    """For people, with the way to a number; nothing of staff and their files."""
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert f'<html lang="{language}"' in answer.text
    assert TEXTS(language, "refused.other.title") in answer.text
    assert '<a class="push" href="/n">' in answer.text
    assert "/staff" not in answer.text


def test_a_wrong_address_is_a_page_in_the_language_of_the_phone(phone: httpx.Client) -> None:
    for path in (f"{wish_of(phone)}/in/xx", "/n/nonsense", "/n/nonsense/return"):
        check_page(phone.get(path), 404, GERMAN)
        check_page(phone.get(path, headers={"Accept-Language": "tr"}), 404, TURKISH)
    check_page(phone.get("/n/nonsense/in/tr"), 404, TURKISH)


def test_a_refused_form_is_a_page_and_draws_nothing(bus: Box, phone: httpx.Client) -> None:
    wish = wish_of(phone)
    check_page(draw(phone, wish, Origin="null"), 403, TURKISH)
    check_page(draw(phone, wish, "x" * 101), 400, TURKISH)
    check_page(draw(phone, wish, "x" * (LARGEST_BODY_BYTES + 1)), 413, TURKISH)
    browser = {"Accept": "text/html"}
    check_page(draw(phone, wish, "x" * (LARGEST_BODY_BYTES + 1), **browser), 413, TURKISH)
    assert drawn(bus) == []
    draw(phone, wish)
    null = {"Origin": "null"}
    for place in ("return", "answers", "smiley"):
        form = {"question": "priority", "score": "4"}
        check_page(phone.post(f"{wish}/{place}", data=form, headers=null), 403, GERMAN)
    check_page(phone.post(f"{wish}/smiley", data={"score": "9"}), 400, GERMAN)
    [ticket] = drawn(bus)
    smiley = f"/t/{ticket.code}/smiley"
    check_page(phone.post(smiley, data={"score": "4"}, headers=null), 403, GERMAN)
