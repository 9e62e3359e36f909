"""The slip of an appointment says when, in the visitor's language, and gives the code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PIL import ImageChops

from kiosk.domain.ids import LanguageCode, TopicId
from kiosk.drawing.paper.appointment_slip import AppointmentSlip, Booked, appointment_slip
from kiosk.drawing.paper.draw import WIDTH_PX, draw_appointment
from kiosk.settings import profiles
from kiosk.settings.texts import Texts

TEXTS = Texts.load()
GELSENKIRCHEN = profiles.load_profile("gelsenkirchen")
WHEN = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)


def slip_in(language: str, code: str = "48210937", place: str = "Markt") -> AppointmentSlip:
    booked = Booked(code, WHEN, TopicId("wohngeld"), place)
    return appointment_slip(booked, GELSENKIRCHEN, LanguageCode(language), TEXTS)


@pytest.mark.parametrize(
    ("language", "weekday", "date", "time"),
    [
        ("de", "Dienstag", "24. November 2026", "09:05 Uhr"),
        ("de-x-ls", "Dienstag", "24. November 2026", "09:05 Uhr"),
        ("en", "Tuesday", "24 November 2026", "09:05"),
        ("tr", "Salı", "24 Kasım 2026", "Saat 09:05"),  # noqa: RUF001
        ("ar", "الثلاثاء", "24 نوفمبر 2026", "الساعة 09:05"),
    ],
)
def test_says_when_in_every_language(language: str, weekday: str, date: str, time: str) -> None:
    slip = slip_in(language)
    assert (slip.weekday, slip.date, slip.time) == (weekday, date, time)
    assert all((slip.heading, slip.topic, slip.code_heading, slip.hint))
    assert slip.right_to_left == (language == "ar")


def test_says_what_to_bring_for_its_topic() -> None:
    slip = slip_in("de")
    assert slip.bring == GELSENKIRCHEN.topic("wohngeld").bring[LanguageCode("de")]
    assert slip.bring_heading == "Bitte mitbringen"


@pytest.mark.parametrize(
    ("code", "shown"), [("48210937", "4821 0937"), ("482109", "4821 09"), ("4821", "4821")]
)
def test_a_code_is_read_in_groups_of_four(code: str, shown: str) -> None:
    assert slip_in("de", code).code_shown == shown


def test_without_a_stop_the_service_stands_there() -> None:
    assert slip_in("de", place="").place == GELSENKIRCHEN.name


@pytest.mark.parametrize("width_px", WIDTH_PX.values())
@pytest.mark.parametrize("language", GELSENKIRCHEN.languages)
def test_fits_the_paper(language: str, width_px: int) -> None:
    picture = draw_appointment(slip_in(language, "482109375566"), width_px)
    box = ImageChops.invert(picture.convert("L")).getbbox()
    assert box is not None
    assert 8 <= box[0] < box[2] <= width_px - 8
    assert box[3] < picture.height < 1200
