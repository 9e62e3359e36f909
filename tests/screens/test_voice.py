"""The real glass by ear: keys and speech alone, with headphones and without."""

from collections.abc import Iterator

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.settings.texts import Texts
from tests.screens.blindfold import listener_before_a_glass, visit_by_ear
from tests.screens.listener import Listener

pytestmark = pytest.mark.slow  # starts a glass

TEXTS = Texts.load()
MOST_PRESSES = 12


@pytest.fixture(scope="module")
def listener(
    display: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Listener]:
    """Before a glass that speaks into a file, in a visit at its first stop."""
    with listener_before_a_glass(tmp_path_factory.mktemp("voice"), display) as found:
        yield found


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_number_is_drawn_and_a_smiley_given_by_keys_and_speech_alone(
    listener: Listener, code: str
) -> None:
    presses, missing = visit_by_ear(listener, code, compared=("number",))
    assert presses <= MOST_PRESSES
    assert missing == []


def test_by_the_ear_a_finger_hears_first_and_acts_second_and_others_are_mentioned(
    listener: Listener,
) -> None:
    glass, german = listener.glass, LanguageCode("de")
    if glass.tree()["language"] != "de":
        glass.tap("language.de")
    begun = listener.touch("listen")
    assert TEXTS(german, "voice.overheard.say") in begun
    assert listener.lines()[-1]["target"] == "loudspeaker"
    assert listener.touch("start.number").startswith("Nummer ziehen")
    assert (glass.screen(), glass.tree()["focused"]) == ("start", "start.number")
    assert listener.touch("start.number") == TEXTS(german, "groups.title")
    assert glass.tree()["focused"] == "heading"
    assert listener.press("louder") == TEXTS(german, "voice.volume.say", percent=80)
    assert listener.press("repeat") == TEXTS(german, "groups.title")
    listener.touch("listen")
    glass.tap("listen")
    assert not glass.tree()["listening"]
    silent = len(listener.utterances())
    glass.tap("back")
    assert (glass.screen(), len(listener.utterances())) == ("start", silent)
    listener.press("repeat")
    assert listener.lines()[-1]["volume_percent"] == 70
