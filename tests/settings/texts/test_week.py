"""Opening hours and languages are named as the reader names them."""

import pytest

from kiosk.domain.hours import UnreadableHours
from kiosk.settings.texts import Texts
from kiosk.settings.texts.locales import languages_spoken
from kiosk.settings.texts.opening_hours import hours_in_words, hours_noted
from tests.town import GERMAN

TEXTS = Texts.load()


@pytest.mark.parametrize(
    ("line", "days", "times", "note"),
    [
        ("mo 09:00-12:00", "Montag", "09:00 bis 12:00 Uhr", "Mo 09:00-12:00"),
        ("tu,th 14:00-24:00", "Dienstag und Donnerstag", "14:00 bis 24:00 Uhr", "Di, Do 14:00"),
        ("mo-tu 09:00-10:00", "Montag und Dienstag", "09:00 bis 10:00 Uhr", "Mo-Di 09:00-10:00"),
        ("mo-su 00:00-24:00", "Montag bis Sonntag", "rund um die Uhr", "Mo-So 00:00-24:00"),
    ],
)
def test_hours_read_as_people_say_them(line: str, days: str, times: str, note: str) -> None:
    assert hours_in_words([line], GERMAN, TEXTS) == [(days, times)]
    assert hours_noted([line], GERMAN).startswith(note)


def test_unreadable_hours_are_refused() -> None:
    with pytest.raises(UnreadableHours, match="by appointment"):
        hours_in_words(["by appointment"], GERMAN, TEXTS)


def test_a_language_has_a_name_or_stays_its_code() -> None:
    spoken = languages_spoken(("de-x-ls", "zh-Hans", "qqq"), GERMAN, TEXTS)
    assert spoken == "Leichte Sprache, Chinesisch (vereinfacht) und qqq"
    assert languages_spoken((), GERMAN, TEXTS) == ""
