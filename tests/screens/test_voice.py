"""The real glass by ear: keys and speech alone, with headphones and without."""

import os
from collections.abc import Iterator

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.service import visits
from kiosk.service.queue_view import queue_view
from kiosk.settings.texts import Texts
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device
from tests.screens.listener import Listener, with_voice
from tests.screens.running import RunningGlass

pytestmark = pytest.mark.slow  # starts a glass

TEXTS = Texts.load()
MOST_PRESSES = 12


@pytest.fixture(scope="module")
def listener(
    display: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Listener]:
    """Before a glass that speaks into a file, in a visit at its first stop."""
    paths = Paths(tmp_path_factory.mktemp("voice") / "data")
    new_device(paths)
    with_voice(paths)
    kiosk = open_kiosk(paths)
    glass = RunningGlass(paths.data, {**os.environ, **display})
    glass.start()
    visits.open_visit(kiosk.office, None, None, kiosk.now())
    yield Listener(glass, kiosk)
    glass.stop()
    kiosk.office.database.close()


@pytest.mark.parametrize("code", ["de", "ar"])
def test_a_number_is_drawn_and_a_smiley_given_by_keys_and_speech_alone(
    listener: Listener, code: str
) -> None:
    language = LanguageCode(code)
    profile = listener.kiosk.office.profile
    topic = profile.topic("wohngeld")
    assert listener.plug_in().startswith(TEXTS(LanguageCode("de"), "voice.on.say"))
    if code != "de":
        listener.choose(TEXTS.name(language))
    listener.pressed = 0
    assert listener.choose(TEXTS(language, "start.take_number")) == TEXTS(language, "groups.title")
    listener.choose(profile.group(topic.group).label[language], "up")
    told = listener.choose(topic.label[language])
    assert listener.pressed <= MOST_PRESSES
    number = listener.kiosk.office.read(queue_view).tickets[-1].number
    said = number.replace("-00", ", ")
    assert told.startswith(TEXTS(language, "number.say", number=said))
    assert listener.press("repeat") == told
    listener.choose(TEXTS(language, "bar.done"))
    listener.choose(TEXTS(language, "start.give_feedback").replace("\u00ad", ""))
    thanks = listener.choose(TEXTS(language, "feedback.good"))
    assert thanks.startswith(TEXTS(language, "thanks.title"))
    listener.choose(TEXTS(language, "bar.done"))
    assert {line["target"] for line in listener.lines()} == {"headphones"}
    listener.pull_out()


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
