"""A sheet tells a visitor whom to ask, where and when, in words that the visitor reads."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from kiosk.domain.directory import ALL_OFFERS, PHRASES, AdviceOffer
from kiosk.domain.ids import LanguageCode, OfferId
from kiosk.drawing.paper.draw import WIDTH_PX, draw_sheet
from kiosk.drawing.paper.sheet import SheetEntry, information_sheet, sheet_of
from kiosk.settings.texts import Texts
from tests.drawing.paper.reading import codes_in
from tests.town import GERMAN, TOWN, TURKISH

TEXTS = Texts.load()
ARABIC, ENGLISH, PLAIN = LanguageCode("ar"), LanguageCode("en"), LanguageCode("de-x-ls")
OFFER = AdviceOffer(
    id=OfferId("migration"),
    name="Migrationsberatung",
    about={GERMAN: "Hilfe bei Aufenthalt und Arbeit", ARABIC: "مساعدة في الإقامة والعمل"},
    address="Markt 1, Hinterhaus, 73207 Plochingen",
    phone="07153 7005-0",
    email="rat@stadt.example",
    website="https://www.stadt.example/rat/",
    hours=("mo-we,fr 09:00-12:00",),
    languages=("de", "tr", "ar"),
)
MARGIN_PX = 8


def entry_in(language: LanguageCode, offer: AdviceOffer = OFFER) -> SheetEntry:
    [entry] = information_sheet([offer], TOWN, language, TEXTS).entries
    return entry


def drawn(language: LanguageCode, width_px: int, *offers: AdviceOffer) -> Image.Image:
    return draw_sheet(information_sheet(offers or [OFFER], TOWN, language, TEXTS), width_px)


def ink(picture: Image.Image) -> tuple[int, int, int, int]:
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    return box


def test_says_everything_in_german() -> None:
    sheet = information_sheet([OFFER], TOWN, GERMAN, TEXTS)
    assert (sheet.giver, sheet.title) == ("Stadtbus · Stadt Probe", "Beratung und Hilfe")
    entry = sheet.entries[0]
    assert entry.address == ("Markt 1", "Hinterhaus", "73207 Plochingen")
    assert entry.hours == ("Montag bis Mittwoch und Freitag", "09:00 bis 12:00 Uhr")
    assert entry.languages == "Deutsch, Türkisch und Arabisch"
    assert entry.website == "www.stadt.example/rat"
    assert "NOTE:Mo-Mi\\, Fr 09:00-12:00\r\n" in entry.card


def test_names_days_and_languages_in_the_visitors_own() -> None:
    assert entry_in(TURKISH).languages == "Almanca, Türkçe ve Arapça"
    assert entry_in(TURKISH).hours[0] == "Pazartesi - Çarşamba ve Cuma"
    assert entry_in(ENGLISH).languages == "German, Turkish and Arabic"
    assert entry_in(ENGLISH).hours == ("Monday to Wednesday and Friday", "09:00 to 12:00")
    assert entry_in(PLAIN).hours[1] == "von 09:00 Uhr bis 12:00 Uhr"


def test_untranslated_purposes_stand_in_german() -> None:
    assert entry_in(ARABIC).about == OFFER.about[ARABIC]
    assert entry_in(TURKISH).about == OFFER.about[GERMAN]
    assert entry_in(TURKISH, replace(OFFER, about={})).about == ""


@pytest.mark.parametrize("width_px", WIDTH_PX.values())
def test_lines_begin_at_the_side_from_which_people_read(width_px: int) -> None:
    """The pictograms stand in a column at that side."""
    german, arabic = drawn(GERMAN, width_px), drawn(ARABIC, width_px)
    assert ink(german)[0] == pytest.approx(MARGIN_PX, abs=4)
    assert width_px - ink(arabic)[2] == pytest.approx(MARGIN_PX, abs=4)
    assert sheet_side(german) == "left"
    assert sheet_side(arabic) == "right"


def sheet_side(picture: Image.Image) -> str:
    """Where more of the rows have ink near the edge."""
    near = 6 * MARGIN_PX
    left = picture.crop((0, 0, near, picture.height)).convert("L").histogram()[0]
    right = picture.crop((picture.width - near, 0, picture.width, picture.height))
    return "left" if left > right.convert("L").histogram()[0] else "right"


def test_several_offers_stand_below_each_other_each_with_its_code() -> None:
    many = [replace(OFFER, name=f"Beratung {number}") for number in range(12)]
    codes = codes_in(drawn(GERMAN, WIDTH_PX[58], *many))
    assert [f"FN:Beratung {n}\r\n" in code for n, code in enumerate(codes)] == [True] * 12


@pytest.mark.parametrize("language", [GERMAN, TURKISH])
def test_the_whole_directory_fits_one_sheet_without_codes(language: LanguageCode) -> None:
    town = replace(TOWN, directory=tuple(replace(OFFER, id=OfferId(f"o-{n}")) for n in range(9)))
    sheet = sheet_of(ALL_OFFERS, town, language, TEXTS)
    assert [entry.phone for entry in sheet.entries] == [OFFER.phone] * 9
    picture = draw_sheet(sheet, WIDTH_PX[58])
    assert codes_in(picture) == []
    assert picture.height < drawn(language, WIDTH_PX[58], *town.directory).height * 0.6


def test_control_characters_leave_no_trace() -> None:
    dirt = "\x1b\x00\u202e\x07"
    hostile = replace(OFFER, name=f"{dirt}Migrationsberatung", phone=f"07153 {dirt}7005-0")
    assert entry_in(GERMAN, hostile) == entry_in(GERMAN)


def test_a_mail_address_is_printed_whole_and_without_a_hyphen_that_is_not_its_own() -> None:
    """What does not fit on a line breaks after a sign: the picture grows by lines, loses none."""
    heights = [
        drawn(GERMAN, WIDTH_PX[58], replace(OFFER, email="x" * 10 + ".abcdefghi" * parts)).height
        for parts in (1, 3, 6)
    ]
    assert heights[0] < heights[1] < heights[2]


TEXT = st.text(max_size=80)


@settings(max_examples=20, deadline=None)
@given(TEXT, st.text(max_size=160), TEXT, TEXT, st.sampled_from(sorted(WIDTH_PX.values())))
@pytest.mark.slow
def test_whatever_a_directory_says_stays_on_the_paper(
    name: str, about: str, address: str, email: str, width_px: int
) -> None:
    offer = replace(OFFER, name=f"R{name}", about={GERMAN: about}, address=address, email=email)
    picture = drawn(ARABIC, width_px, offer)
    left, _, right, bottom = ink(picture)
    assert left >= MARGIN_PX // 2
    assert right <= width_px - MARGIN_PX // 2
    assert bottom < picture.height


@pytest.mark.parametrize("width_px", WIDTH_PX.values())
@pytest.mark.parametrize("language", [TURKISH, ARABIC])
def test_phrases_are_drawn_in_german_above_the_other_language(
    language: LanguageCode, width_px: int
) -> None:
    sheet = sheet_of(PHRASES, TOWN, language, TEXTS)
    assert sheet.right_to_left == (language == ARABIC)
    assert (sheet.entries[0].name, sheet.entries[0].about) == (
        "Guten Tag. Bitte nehmen Sie Platz.",
        TEXTS(language, "phrase.welcome"),
    )
    left, _, right, _ = ink(draw_sheet(sheet, width_px))
    assert left >= MARGIN_PX // 2
    assert right <= width_px - MARGIN_PX // 2
