"""How loud calls are, from the staff page and by programs."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from kiosk.domain.device_events import SampleRequested
from kiosk.service import volume
from kiosk.service.follower import Follower
from tests.console.at_desk import button
from tests.console.box import Box


@pytest.fixture(autouse=True)
def _as_loud_as_before(box: Box) -> Iterator[None]:
    before = box.office.read(volume.percent)
    yield
    volume.choose(box.office, before, box.clock())


def test_a_program_reads_changes_and_sets_it(box: Box) -> None:
    program = box.program()
    volume.choose(box.office, 70, box.clock())
    assert program.get("/api/v1/volume").json() == {"percent": 70}
    assert program.post("/api/v1/volume/change", json={"steps": 2}).json() == {"percent": 90}
    assert program.post("/api/v1/volume/change", json={"steps": 9}).json() == {"percent": 100}
    assert program.post("/api/v1/volume", json={"percent": 35}).json() == {"percent": 35}
    assert box.office.read(volume.percent) == 35


@pytest.mark.parametrize("wrong", [{"percent": 0}, {"percent": 101}, {"percent": "loud"}, {}])
def test_silence_and_nonsense_are_refused(box: Box, wrong: dict[str, object]) -> None:
    before = box.office.read(volume.percent)
    answer = box.program().post("/api/v1/volume", json=wrong)
    assert answer.status_code == 400
    box.problem(answer)
    assert box.office.read(volume.percent) == before


def test_strangers_neither_read_nor_ring(box: Box) -> None:
    for ask in ("get", "post"):
        assert getattr(box.stranger(), ask)("/api/v1/volume").status_code == 401
    assert box.stranger().post("/api/v1/volume/sample").status_code == 401


@pytest.mark.slow
def test_staff_make_it_louder_by_keys_and_hear_a_sample(desk: Page, box: Box) -> None:
    volume.choose(box.office, 80, box.clock())
    follower = Follower(box.office.database)
    desk.keyboard.press("l")
    button(desk, "Lautstärke").click()
    opened = desk.get_by_role("dialog")
    expect(opened.get_by_role("heading")).to_have_text("Lautstärke: 80 %")
    opened.get_by_role("button", name="Leiser").click()
    expect(opened.get_by_role("heading")).to_have_text("Lautstärke: 70 %")
    for percent in (80, 90, 100):
        desk.keyboard.press("+")
        expect(opened.get_by_role("heading")).to_have_text(f"Lautstärke: {percent} %")
    expect(opened.get_by_role("button", name="Lauter")).to_be_disabled()
    expect(opened.get_by_text(re.compile("^Lautstärke: 100 %$")).last).to_be_visible()
    opened.get_by_role("button", name="Probe hören").click()
    expect(opened.get_by_text("Die Probe kommt gleich")).to_be_visible()
    assert box.office.read(volume.percent) == 100
    assert any(isinstance(entry.event, SampleRequested) for entry in follower.wait(0))
    follower.close()
