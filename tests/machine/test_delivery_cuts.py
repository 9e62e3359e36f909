"""The power goes while packages are delivered beside people: what was said of them holds.

It goes while a stick is written, and while a package is on its way to the office.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.domain.device_events import StickChanged
from kiosk.domain.stick import StickState
from kiosk.export.package import build_package
from kiosk.export.verification.examination import has_package
from kiosk.store import journal, uploads
from tests.machine.after_cut import assert_kept, assert_well, data_after_the_cut
from tests.machine.box import Box
from tests.machine.outer_office import OuterOffice
from tests.machine.power_cut import PowerCutGuest, new_chance
from tests.machine.sticks import FAT32_IN_A_PARTITION, Socket

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kiosk.service.office import Office
    from tests.machine.image import Image

pytestmark = pytest.mark.timeout(4 * 3600)
CUTS = int(os.environ.get("RADHAUS_DELIVERY_CUTS", "5"))
"""Of each. They take an emulated box four times as long as those of a service day."""
UPLOAD_BEGINS = """
systemctl start --no-block kiosk-upload
until grep -q ':{port:04X} 01 ' /proc/net/tcp; do sleep 0.1; done
"""
STICK_IS_MOUNTED = "until grep -qs '^/dev/sda' /proc/[0-9]*/mounts; do sleep 0.1; done"
STICK_IS_LET_GO = "while grep -qs '^/dev/sda' /proc/[0-9]*/mounts; do sleep 0.1; done"
UPLOAD_ENDS = "while systemctl is-active kiosk-upload | grep -q activating; do sleep 0.1; done"
LONGER = 1.5
"""Cuts come until so much after what is cut would have ended."""
PERIOD = "2024-Q1"
STICK, FIRST_PARTITION = "ours", "@@1M"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> OuterOffice:
    return OuterOffice(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def day(image: Image, office: OuterOffice) -> Iterator[PowerCutGuest]:
    """A box amid a visit, kept at the moment before people are served.

    It has a closed period, a stick of its own and an office to deliver to.
    """
    folder = Path(os.environ["RADHAUS_MACHINE"]) / "cuts"
    with closing(PowerCutGuest(image, folder)) as guest:
        guest.switch_on_with_new_disk()
        box = Box(guest)
        box.close_a_quarter()
        Socket(box).make(STICK, FAT32_IN_A_PARTITION, prepared=True)
        box.join_network()
        token = office.add(box.run("kiosk counts key --json"))
        box.upload_to(office.url, token, office.authority.ca_file.read_text())
        guest.keep_amid_the_visit()
        yield guest


def test_a_stick_that_was_done_when_the_power_went_has_everything(
    day: PowerCutGuest, tmp_path: Path
) -> None:
    """Cut at any moment from its being mounted until it was told as done, beside people."""
    chance, fresh = new_chance(), day.stick(STICK).read_bytes()
    with day.busy():
        begin_stick(day)
        took_s = seconds_of(lambda: day.run(STICK_IS_LET_GO))
    found = Counter[str]()
    for _ in range(CUTS):
        day.stick(STICK).write_bytes(fresh)
        said = day.said_until_the_cut(chance.uniform(0, LONGER * took_s), lambda: begin_stick(day))
        with data_after_the_cut(day.served, chance, tmp_path) as office:
            assert_kept(office, said)
            state = last_state(office)
            package = build_package(office.database, PERIOD)
            whole = has_package(stick_content(day, tmp_path), package)
        assert whole or state is not StickState.DONE, "it was said that it can be pulled out"
        found[f"told {state}, {'whole' if whole else 'not whole'}"] += 1
    day.stick(STICK).write_bytes(fresh)
    sys.stdout.write(f"\n{CUTS} cuts of what takes {took_s:.0f} s: {dict(found)}\n")


def test_what_the_office_has_acknowledged_is_there_and_the_rest_comes_again(
    day: PowerCutGuest, office: OuterOffice, tmp_path: Path
) -> None:
    """Cut at any moment from its connection until the upload has ended, beside people."""
    chance = new_chance()
    office.forget_all()
    with office.serving(), day.busy():
        begin_upload(day, office)
        took_s = seconds_of(lambda: day.run(UPLOAD_ENDS))
        assert office.status()["packages"] == 1
    found = Counter[str]()
    for _ in range(CUTS):
        office.forget_all()
        with office.serving():
            said = day.said_until_the_cut(
                chance.uniform(0, LONGER * took_s), lambda: begin_upload(day, office)
            )
        arrived = office.status()["packages"]
        with data_after_the_cut(day.served, chance, tmp_path) as left:
            assert_kept(left, said)
            with left.database.read() as connection:
                noted = uploads.acknowledged_periods(connection, office.url)
        assert arrived or not noted, "the box would never send it again"
        found[f"{arrived} arrived, {len(noted)} noted"] += 1
    sys.stdout.write(f"\n{CUTS} cuts of what takes {took_s:.0f} s: {dict(found)}\n")


def test_after_a_cut_amid_both_they_come_to_their_end(
    day: PowerCutGuest, office: OuterOffice
) -> None:
    """The whole box, from switching on."""
    chance = new_chance()
    office.forget_all()

    def begin() -> None:
        begin_upload(day, office)
        begin_stick(day)

    with office.serving():
        said = day.said_until_the_cut(chance.uniform(0.0, 10.0), begin)
        day.start_again(chance)
        box = Box(day)
        assert_well(day, said)
        box.join_network()
        day.run("systemctl start kiosk-upload")
        assert office.status()["packages"] == 1
    told = Socket(box).serve_whatever(STICK)
    assert set(told) & {"done", "nothing_new", "dirty"}, told
    Socket(box).make("next", FAT32_IN_A_PARTITION, prepared=True)
    assert Socket(box).serve("next", "done") == ["writing", "done", "gone"]


def begin_stick(day: PowerCutGuest) -> None:
    day.plug_in_stick(STICK)
    day.run(STICK_IS_MOUNTED)


def begin_upload(day: PowerCutGuest, office: OuterOffice) -> None:
    day.run(UPLOAD_BEGINS.format(port=office.port))


def seconds_of(work: Callable[[], object]) -> float:
    began_s = time.monotonic()
    work()
    return time.monotonic() - began_s


def last_state(office: Office) -> StickState | None:
    """What was told of the stick last; None before anything was."""
    with office.database.read() as connection:
        told = [entry.event for entry in journal.latest_of(connection, StickChanged, most=1)]
    return next(
        (StickState(event.state) for event in told if isinstance(event, StickChanged)), None
    )


def stick_content(day: PowerCutGuest, folder: Path) -> Path:
    """What another computer reads on the stick."""
    content = folder / "stick"
    shutil.rmtree(content, ignore_errors=True)
    content.mkdir()
    partition = f"{day.stick(STICK)}{FIRST_PARTITION}"
    files = ["mcopy", "-s", "-n", "-i", partition, "::", str(content)]
    subprocess.run(files, check=False, stderr=subprocess.DEVNULL)  # what was torn is not read
    return content
