"""A stick at the box: prepared, written, read back, let go; and all that is refused in words."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from hardware.stick.fake import FakeStick
from hardware.stick.port import Unusable
from kiosk.devices.stick_words import STICK_WORDS
from kiosk.domain.device_events import StickChanged
from kiosk.domain.stick import StickState
from kiosk.export.errors import export_error
from kiosk.export.targets.stick_marker import MARKER, is_own, write_marker
from kiosk.operate.stick_delivery import deliver_to_stick, stick_state_of
from kiosk.operate.stick_service import serve_stick
from kiosk.service.sticks import NoSuchCode, report_stick, set_stick_code, stick_code, stick_state
from kiosk.store import journal
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.counting import count_people
from tests.deep_folder import too_deep
from tests.prepared import new_device

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hardware.stick.port import Stick
    from kiosk.wiring.box import Kiosk


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a device with a quarter that is over and not closed yet."""
    paths = Paths(tmp_path_factory.mktemp("template") / "data")
    new_device(paths)
    box = open_kiosk(paths)
    with closing(box.office.database):
        count_people(box.office.database, "2024-03-31", 203, box.office.profile)
    return paths.data


@pytest.fixture
def box(template: Path, tmp_path: Path) -> Iterator[Kiosk]:
    """A copy of it."""
    shutil.copytree(template, tmp_path / "data", ignore=shutil.ignore_patterns("*followers"))
    box = open_kiosk(Paths(tmp_path / "data"))
    with closing(box.office.database):
        yield box


@pytest.fixture
def folder(box: Kiosk, tmp_path: Path) -> Path:
    """A prepared stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    write_marker(folder, stick_code(box.office))
    return folder


def deliver(box: Kiosk, folder: Path) -> StickState:
    return deliver_to_stick(box, folder, lambda _: None)


def packages(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


class Writer:
    """The ordinary user, in this process."""

    def __init__(self, box: Kiosk, stick: FakeStick) -> None:
        self._box, self._stick = box, stick
        self.told: list[tuple[StickState, bool]] = []

    def write(self, folder: Path) -> StickState:
        return deliver(self._box, folder)

    def tell(self, state: StickState) -> None:
        self.told.append((state, self._stick.mounted))
        report_stick(self._box.office, state, self._box.now())


def plug(box: Kiosk, stick: FakeStick) -> list[tuple[StickState, bool]]:
    """The states that were told, and whether the stick was still mounted then."""
    writer = Writer(box, stick)
    serve_stick(stick, writer, wait=lambda _: None)
    return writer.told


def test_a_stick_gets_closed_periods_and_is_unmounted(box: Kiosk, folder: Path) -> None:
    told = plug(box, FakeStick(folder))
    assert told == [(StickState.DONE, False), (StickState.GONE, False)]
    assert len(packages(folder)) == 1
    with box.office.database.read() as connection:
        entries = journal.latest_of(connection, StickChanged, most=9)
    states = [entry.event.state for entry in entries if isinstance(entry.event, StickChanged)]
    assert states[::-1] == ["writing", "done", "gone"]


def test_the_tenth_stick_gets_the_same_and_one_that_has_it_gets_nothing_new(
    box: Kiosk, tmp_path: Path
) -> None:
    seen = set()
    for number in range(10):
        folder = tmp_path / f"stick-{number}"
        folder.mkdir()
        write_marker(folder, stick_code(box.office))
        assert deliver(box, folder) is StickState.DONE
        seen.add(tuple(packages(folder)))
    assert len(seen) == 1
    assert deliver(box, folder) is StickState.NOTHING_NEW


def test_a_stick_gets_only_the_periods_that_it_lacks(box: Kiosk, folder: Path) -> None:
    assert deliver(box, folder) is StickState.DONE
    count_people(box.office.database, "2024-06-30", 203, box.office.profile)
    assert deliver(box, folder) is StickState.DONE
    assert len(packages(folder)) == 2


def test_without_a_closed_period_the_stick_stays_as_it_is(folder: Path, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "new")
    new_device(paths)
    box = open_kiosk(paths)
    with closing(box.office.database):
        write_marker(folder, stick_code(box.office))
        assert deliver(box, folder) is StickState.NOTHING_CLOSED
    assert packages(folder) == []


@pytest.mark.parametrize("marker", ["nothing", "of another operator", "forged", "link", "folder"])
def test_an_unprepared_stick_gets_nothing(
    box: Kiosk, folder: Path, tmp_path: Path, marker: str
) -> None:
    own = (folder / MARKER).read_bytes()
    (folder / MARKER).unlink()
    match marker:
        case "of another operator":
            write_marker(folder, "0" * 32)
        case "forged":
            (folder / MARKER).write_bytes(own[:-10] + b"0123abcd\r\n")
        case "link":
            (tmp_path / "elsewhere").write_bytes(own)
            (folder / MARKER).symlink_to(tmp_path / "elsewhere")
        case "folder":
            (folder / MARKER).mkdir()
    before = packages(folder)
    assert deliver(box, folder) is StickState.FOREIGN
    assert packages(folder) == before


def test_a_pipe_or_a_giant_in_place_of_the_marker_holds_nothing_up(
    box: Kiosk, folder: Path
) -> None:
    (folder / MARKER).unlink()
    os.mkfifo(folder / MARKER)
    assert deliver(box, folder) is StickState.FOREIGN
    (folder / MARKER).unlink()
    with (folder / MARKER).open("wb") as giant:
        giant.truncate(1 << 40)
    assert deliver(box, folder) is StickState.FOREIGN


def test_a_link_where_the_package_belongs_is_not_followed(
    box: Kiosk, folder: Path, tmp_path: Path
) -> None:
    deliver(box, folder)
    (name,) = packages(folder)
    outside = tmp_path / "outside"
    (folder / name).rename(outside)
    kept = {path.name: path.read_bytes() for path in outside.iterdir()}
    (outside / next(iter(kept))).write_bytes(b"changed")
    (folder / name).symlink_to(outside)
    assert deliver(box, folder) is StickState.FAILED
    assert sorted(path.name for path in outside.iterdir()) == sorted(kept)


def test_a_remainder_deeper_than_any_stack_is_removed_as_well(box: Kiosk, folder: Path) -> None:
    with too_deep(folder / ".x.radhaus-unfinished", 3000):
        assert deliver(box, folder) is StickState.DONE
        assert [path for path in folder.iterdir() if "unfinished" in path.name] == []


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (errno.ENOSPC, StickState.FULL),
        (errno.EROFS, StickState.PROTECTED),
        (errno.EIO, StickState.PULLED),
        (errno.ENODEV, StickState.PULLED),
        (errno.ELOOP, StickState.FAILED),
    ],
)
def test_staff_hear_what_the_system_answered(
    tmp_path: Path, number: int, state: StickState
) -> None:
    cause = OSError(number, os.strerror(number))
    error = export_error(tmp_path, cause)
    error.__cause__ = cause
    assert stick_state_of(error) is state


@pytest.mark.parametrize("why", [why for why in Unusable if why is not Unusable.IN_USE])
def test_a_stick_that_cannot_be_used_is_reported(box: Kiosk, folder: Path, why: Unusable) -> None:
    told = plug(box, FakeStick(folder, why))
    assert told == [(StickState(why), False), (StickState.GONE, False)]


def test_the_disk_of_the_machine_is_not_reported_as_a_stick(box: Kiosk, folder: Path) -> None:
    assert plug(box, FakeStick(folder, Unusable.IN_USE)) == []


def test_a_stick_pulled_too_early_stays_reported(box: Kiosk, folder: Path) -> None:
    stick = FakeStick(folder)

    class Hasty(Writer):
        """A person pulls it while it is written."""

        def write(self, folder: Path) -> StickState:
            stick.pull()
            return super().write(folder)

    writer = Hasty(box, stick)
    serve_stick(stick, writer, wait=lambda _: None)
    assert writer.told == [(StickState.PULLED, False)]
    assert box.office.read(stick_state, box.now()) is StickState.PULLED


def test_a_service_ends_when_its_stick_is_pulled(box: Kiosk, folder: Path) -> None:
    stick = FakeStick(folder)
    waited: list[Stick] = []

    def wait(plugged: Stick) -> None:
        waited.append(plugged)
        assert box.office.read(stick_state, box.now()) is StickState.DONE

    serve_stick(stick, Writer(box, stick), wait)
    assert waited == [stick]
    assert box.office.read(stick_state, box.now()) is StickState.GONE


def test_every_state_has_words(box: Kiosk) -> None:
    assert set(STICK_WORDS) == set(StickState) - {StickState.GONE}
    ended = [state for state in STICK_WORDS if state.ended and state is not StickState.PULLED]
    assert all(STICK_WORDS[state].endswith("Sie können den Stick abziehen.") for state in ended)
    assert box.office.read(stick_state, box.now()) is StickState.GONE


def test_boxes_with_one_code_know_each_others_sticks(box: Kiosk, tmp_path: Path) -> None:
    paths = Paths(tmp_path / "second")
    new_device(paths, "bochum")
    second = open_kiosk(paths)
    with closing(second.office.database):
        assert stick_code(second.office) != stick_code(box.office)
        set_stick_code(second.office, stick_code(box.office).upper())
        stick = tmp_path / "shared"
        stick.mkdir()
        write_marker(stick, stick_code(second.office))
        before = (stick / MARKER).read_bytes()
        assert is_own(stick, stick_code(box.office))
        write_marker(stick, stick_code(box.office))
        assert (stick / MARKER).read_bytes() == before
        with pytest.raises(NoSuchCode):
            set_stick_code(second.office, "0815")
