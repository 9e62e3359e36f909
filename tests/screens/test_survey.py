"""The question after a smiley on a real glass: by a finger, by keys alone, by ear alone."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.ids import LanguageCode
from kiosk.service import visits
from kiosk.settings.texts import Texts
from kiosk.store import counters
from kiosk.store.counters import SURVEY
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.prepared import new_device
from tests.screens.listener import Listener, with_voice
from tests.screens.running import RunningGlass
from tests.waiting import eventually

pytestmark = pytest.mark.slow  # starts a glass

TEXTS = Texts.load()


@pytest.fixture
def open_day(tmp_path: Path) -> Iterator[Kiosk]:
    """A device of the service in Wuppertal, which asks after every smiley."""
    paths = Paths(tmp_path / "data")
    new_device(paths, "wuppertal")
    with_voice(paths)
    opened = open_kiosk(paths)
    visits.open_visit(opened.office, None, None, opened.now())
    yield opened
    opened.office.database.close()


@pytest.fixture
def glass(open_day: Kiosk, display: dict[str, str]) -> Iterator[RunningGlass]:
    """A glass of its own, with a voice."""
    running = RunningGlass(open_day.paths.data, {**os.environ, **display}, size="800x480")
    running.start()
    yield running
    running.stop()


def test_it_is_answered_by_a_finger_by_keys_and_by_ear_and_counted_alone(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap("language", "language.ar", "start.feedback", "smiley.2")
    tree = glass.tree()
    assert (tree["screen"], tree["direction"]) == ("survey", "rtl")
    glass.tap("survey.gruen")
    assert glass.screen() == "thanks"
    glass.tap("thanks.undo", "smiley.4", "survey.treffpunkte", "thanks.done")

    glass.tap("start.feedback", "smiley.5")
    glass.key("down", "down", "ok")
    assert glass.screen() == "thanks"
    glass.tap("thanks.done")

    _answer_by_ear(Listener(glass, open_day), LanguageCode("tr"))

    visits.close_visit(open_day.office, open_day.now(), expected=None)
    with open_day.office.database.read() as connection:
        [month] = counters.open_months(connection)
        counted = {key.answer: n for key, n in SURVEY.of(connection, month).items()}
    assert counted == {"treffpunkte": 1, "gruen": 1, "saubere-strassen": 1}


def _answer_by_ear(listener: Listener, language: LanguageCode) -> None:
    (question,) = listener.kiosk.office.profile.survey_questions
    listener.plug_in()
    listener.choose(TEXTS.name(language))
    listener.choose(TEXTS(language, "start.give_feedback").replace("\u00ad", ""))
    asked = listener.choose(TEXTS(language, "feedback.good"))
    assert question.text[language] in asked
    thanks = listener.choose(question.answers[-1].label[language])
    assert thanks.startswith(TEXTS(language, "thanks.title"))
    assert {line["target"] for line in listener.lines()} == {"headphones"}
    listener.choose(TEXTS(language, "bar.done"))
    listener.pull_out()
    eventually(lambda: listener.glass.screen() == "start", "the first screen")
