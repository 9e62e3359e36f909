"""A question that only a profile's text has added, on the running glass and into the counts."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.operate.setup import create_device
from kiosk.service import visits
from kiosk.store import counters
from kiosk.store.counters import RECORDS, RecordKey
from kiosk.system.paths import Paths
from kiosk.wiring.box import Kiosk, open_kiosk
from tests.midnight import await_day
from tests.screens.running import A_TEST_S, RunningGlass
from tests.settings.profiles.asking import profile_that_asks

pytestmark = pytest.mark.slow  # starts a glass

TO_A_NUMBER = ("start.number", "group.antraege-und-ausweise", "topic.wohngeld")


@pytest.fixture
def open_day(tmp_path: Path) -> Iterator[Kiosk]:
    """A device whose profile asks for the age, with an open visit."""
    paths = Paths(tmp_path / "data")
    await_day(A_TEST_S)
    create_device(paths, str(profile_that_asks(tmp_path)))
    opened = open_kiosk(paths)
    visits.open_visit(opened.office, None, None, opened.now())
    yield opened
    opened.office.database.close()


@pytest.fixture
def glass(open_day: Kiosk, display: dict[str, str]) -> Iterator[RunningGlass]:
    """A glass of its own."""
    running = RunningGlass(open_day.paths.data, {**os.environ, **display})
    running.start()
    yield running
    running.stop()


def test_the_age_is_asked_by_a_finger_and_by_keys_and_counted_alone(
    glass: RunningGlass, open_day: Kiosk
) -> None:
    glass.tap("language.ar", *TO_A_NUMBER, "question.age")
    tree = glass.tree()
    assert (tree["screen"], tree["direction"]) == ("question", "rtl")
    ids = [element["id"] for element in tree["elements"] if element["focusable"]]
    assert ids[:6] == [
        *(f"answer.age.{choice}" for choice in ("under-18", "18-26", "27-64", "65-79", "80-plus")),
        "skip",
    ]
    assert glass.element("heading")["text"] == "كم عمرك؟"
    glass.tap("answer.age.65-79", "question.age")
    assert glass.element("answer.age.65-79")["state"] == "selected"
    glass.tap("answer.age.80-plus", "answer.priority.yes", "number.done")

    glass.tap(*TO_A_NUMBER, "question.age")
    glass.key(*["down"] * 6, "ok")
    assert glass.screen() == "number"
    glass.tap("number.done")

    visits.close_visit(open_day.office, open_day.now(), expected=None)
    with open_day.office.database.read() as connection:
        [month] = counters.open_months(connection)
        counted = RECORDS.of(connection, month)
    assert counted[RecordKey("question.age", "80-plus")] == 1
    assert counted[RecordKey("question.age", "not_said")] == 1
