"""What a person who waits is told, in every language."""

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from kiosk.settings.texts.waits import LONGEST_MIN, range_of_wait

TEXTS = Texts.load()


@pytest.mark.parametrize("language", TEXTS.languages)
@pytest.mark.parametrize("short", [False, True])
def test_a_wait_of_hours_is_shown_in_hours(language: LanguageCode, *, short: bool) -> None:
    for wait in ((2522, 2668), (91, 91)):
        text = range_of_wait(TEXTS, language, wait, short=short)
        assert str(LONGEST_MIN) in text
        assert str(wait[0]) not in text
    text = range_of_wait(TEXTS, language, (80, LONGEST_MIN + 5), short=short)
    assert "80" in text
    assert "95" in text


def test_an_unknown_wait_is_not_shown() -> None:
    assert range_of_wait(TEXTS, LanguageCode("de"), None) == ""
