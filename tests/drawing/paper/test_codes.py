"""What is printed can be scanned: every code of every paper, at both widths, in all languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PIL import ImageDraw

from kiosk.domain.directory import AdviceOffer
from kiosk.domain.ids import LanguageCode, OfferId
from kiosk.drawing.contact_card import contact_card
from kiosk.drawing.paper.appointment_slip import Booked, appointment_slip
from kiosk.drawing.paper.draw import WIDTH_PX, draw_appointment, draw_sheet, draw_slip
from kiosk.drawing.paper.sheet import information_sheet
from kiosk.drawing.paper.slip_words import sample_slip
from kiosk.settings import profiles
from kiosk.settings.texts import Texts
from tests.drawing.paper.reading import codes_in

if TYPE_CHECKING:
    from PIL.Image import Image

TEXTS = Texts.load()
GELSENKIRCHEN = profiles.load_profile("gelsenkirchen")
TOPIC = GELSENKIRCHEN.topics[0].id
PAGE = "http://kiosk.bus.example:8422/t/q7RkX2mVbT9cLw4Z"
WORD = "Schwerbehindertenangelegenheiten"

SHORTEST = AdviceOffer(OfferId("rat"), "Rat", {})
LONGEST = AdviceOffer(
    id=OfferId("longest"),
    name=f"{WORD} und Zugewandertenangelegenheiten im Landkreis",
    about=dict.fromkeys(TEXTS.languages, f"{WORD}, " * 4 + "und vieles mehr."),
    address=f"{WORD}straße 123 a, Hinterhaus im zweiten Stock, 73207 Plochingen am Neckar",
    phone="+49 (7153) 7005-123456",
    email="angelegenheiten.schwerbehinderung.und.zuwanderung@landkreis-esslingen.example",
    website="https://www.landkreis-esslingen.example/" + "beratung_fuer_menschen/" * 5,
    hours=("mo-we,fr 09:00-12:00", "mo,we,fr,su 14:00-16:30", "th 14:00-24:00"),
    languages=("de", "tr", "ar", "uk", "ru", "fa", "ku", "ro", "bg", "pl", "en", "fr"),
)


@pytest.fixture(params=WIDTH_PX.values(), ids=[f"{mm}mm" for mm in WIDTH_PX])
def width_px(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=GELSENKIRCHEN.languages)
def language(request: pytest.FixtureRequest) -> LanguageCode:
    return LanguageCode(request.param)


def test_the_slip_leads_to_the_page_of_the_ticket(language: LanguageCode, width_px: int) -> None:
    slip = replace(sample_slip("A-017", language, TEXTS), link=PAGE)
    assert codes_in(draw_slip(slip, width_px)) == [PAGE]


def test_without_a_page_the_slip_carries_the_number_alone(width_px: int) -> None:
    slip = sample_slip("A-017", LanguageCode("de"), TEXTS)
    assert codes_in(draw_slip(slip, width_px)) == ["A-017"]


def test_an_appointment_carries_its_code_alone(language: LanguageCode, width_px: int) -> None:
    booked = Booked("482109375566", datetime(2026, 9, 30, 10, 20, tzinfo=UTC), TOPIC)
    slip = appointment_slip(booked, GELSENKIRCHEN, language, TEXTS)
    assert codes_in(draw_appointment(slip, width_px)) == ["482109375566"]


def test_a_sheet_carries_the_contact_card_of_each_offer(
    language: LanguageCode, width_px: int
) -> None:
    sheet = information_sheet([SHORTEST, LONGEST], GELSENKIRCHEN, language, TEXTS)
    short, long = codes_in(draw_sheet(sheet, width_px))
    assert short == contact_card(SHORTEST)
    assert long.startswith(f"BEGIN:VCARD\r\nVERSION:3.0\r\nN:{LONGEST.name};;;;\r\n")
    assert f"TEL:{LONGEST.phone}\r\n" in long


def damaged(picture: Image, every_px: int) -> Image:
    """Some dots of the print head are dead: white lines along the paper."""
    worn = picture.convert("L")
    pen = ImageDraw.Draw(worn)
    for x in range(every_px // 2, worn.width, every_px):
        pen.line((x, 0, x, worn.height), fill=255)
    return worn


def test_a_worn_print_head_prints_codes_that_can_still_be_read(width_px: int) -> None:
    sheet = information_sheet([LONGEST], GELSENKIRCHEN, LanguageCode("ar"), TEXTS)
    assert codes_in(damaged(draw_sheet(sheet, width_px), every_px=60)) == [sheet.entries[0].card]
