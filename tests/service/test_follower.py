"""Followers of the journal and the notifications that wake them, among real processes."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.device_events import DeviceChanged
from kiosk.service import follower as follower_module
from kiosk.service.follower import Follower
from kiosk.store import journal
from kiosk.store.database import Database
from tests.service.journal_writer import Writer
from tests.town import TownClock
from tests.waiting import PATIENCE_S, eventually

WAITING = """
import sys
from pathlib import Path
from kiosk.service.follower import Follower
from kiosk.store.database import Database

follower = Follower(Database.open(Path(sys.argv[1])))
while True:
    print([entry.event.detail for entry in follower.wait(0.1)], flush=True)
"""


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    writer = Writer(database.path)
    yield writer
    writer.end()


@pytest.fixture
def follower(database: Database) -> Iterator[Follower]:
    """One that listens already."""
    follower = Follower(database)
    eventually(lambda: not follower.wait(0.001) and sockets(database), "a listening follower")
    yield follower
    follower.close()


def sockets(database: Database) -> list[Path]:
    folder = Path(f"{database.path}-followers")
    return sorted(folder.iterdir()) if folder.exists() else []


@contextmanager
def short_address(path: Path) -> Iterator[str]:
    """By way of the open folder: the folders of a test may be deeper than an address is long."""
    folder = os.open(path.parent, os.O_RDONLY)
    yield f"/proc/self/fd/{folder}/{path.name}"
    os.close(folder)


def details(follower: Follower, timeout_s: float = PATIENCE_S) -> list[str]:
    return [
        entry.event.detail
        for entry in follower.wait(timeout_s)
        if isinstance(entry.event, DeviceChanged)
    ]


def all_details(follower: Follower, last: str) -> list[str]:
    heard: list[str] = []
    while last not in heard:
        more = details(follower)
        assert more, f"{last} was not heard after {heard[-3:]}"
        heard += more
    return heard


def write(database: Database, detail: str = "", *, fails: bool = False) -> None:
    with database.write() as connection:
        event = DeviceChanged("lamp", detail=detail)
        journal.append(connection, event, TownClock()(), visit=None)
        if fails:
            raise KeyError


@contextmanager
def meanwhile(do: Callable[[], object]) -> Iterator[None]:
    """A thread of its own, again and again while the block runs."""
    over = threading.Event()

    def again_and_again() -> None:
        while not over.is_set():
            do()

    thread = threading.Thread(target=again_and_again)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_commit_of_another_process_ends_the_wait(
    follower: Follower, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each by its notification: no slow poll comes to its help."""
    monkeypatch.setattr(follower_module, "SLOW_POLL_S", 2 * PATIENCE_S)
    for number in range(21):
        writer.send(number)
        assert details(follower) == [str(number)]
        writer.committed_at_s()


def test_a_commit_of_the_same_process_ends_the_wait(database: Database, follower: Follower) -> None:
    threading.Timer(0.05, write, [database, "1"]).start()
    assert details(follower) == ["1"]


def test_with_several_writers_each_event_is_read_once(
    database: Database, follower: Follower
) -> None:
    writers = [Writer(database.path) for _ in range(3)]
    expected = [[f"{name}-{number}" for number in range(100)] for name in "abc"]
    for writer, told in zip(writers, expected, strict=True):
        writer.send(*told)
    heard: list[str] = []
    while len(heard) < 300:
        more = details(follower)
        assert more
        heard += more
    for writer, told, name in zip(writers, expected, "abc", strict=True):
        assert [detail for detail in heard if detail.startswith(name)] == told
        writer.end()


def test_a_follower_that_starts_late_reads_what_was_before(
    database: Database, writer: Writer
) -> None:
    writer.write("before")
    follower = Follower(database, after=0)
    assert details(follower) == ["before"]
    writer.write("between two waits")
    assert details(follower) == ["between two waits"]
    follower.close()


def test_a_lost_notification_costs_a_slow_poll(
    database: Database, follower: Follower, writer: Writer
) -> None:
    for path in sockets(database):
        path.unlink()
    writer.write("unannounced")
    assert details(follower) == ["unannounced"]


def test_a_follower_listens_again_after_its_socket_was_deleted(
    database: Database, follower: Follower, writer: Writer
) -> None:
    for path in sockets(database):
        path.unlink()
    eventually(lambda: not follower.wait(0.001) and sockets(database), "a new socket")
    writer.write("announced")
    assert details(follower) == ["announced"]


def test_a_forbidden_socket_fails_no_commit(
    database: Database, follower: Follower, writer: Writer
) -> None:
    for path in sockets(database):
        path.chmod(0)
    writer.write("forbidden")
    assert details(follower) == ["forbidden"]
    assert sockets(database)


def test_a_follower_that_may_not_listen_polls(
    database: Database, writer: Writer, caplog: pytest.LogCaptureFixture
) -> None:
    Path(f"{database.path}-followers").write_text("in the way")
    follower = Follower(database)
    for detail in ("unheard", "unheard too"):
        assert not follower.wait(0.001)
        writer.write(detail)
        assert details(follower) == [detail]
    follower.close()
    assert caplog.text.count("polled for") == 1


def test_the_socket_of_a_killed_follower_is_tidied(database: Database, writer: Writer) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, str(database.path)], stdout=subprocess.PIPE, text=True
    ) as killed:
        eventually(lambda: sockets(database), "a socket")
        killed.send_signal(signal.SIGKILL)
    assert sockets(database)
    writer.write("without a reader")
    assert not sockets(database)


def test_a_follower_that_ends_leaves_no_socket(database: Database) -> None:
    follower = Follower(database)
    follower.wait(0.001)
    follower.close()
    assert not sockets(database)


def test_a_full_socket_delays_no_commit(follower: Follower, writer: Writer) -> None:
    """Unread meanwhile: far more than the kernel keeps."""
    writer.write(*range(700))
    assert all_details(follower, "699") == [str(number) for number in range(700)]


def test_a_flood_of_notifications_hides_nothing(
    database: Database, follower: Follower, writer: Writer
) -> None:
    (path,) = sockets(database)
    with (
        short_address(path) as address,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as flood,
    ):
        flood.settimeout(0)

        def shout() -> None:
            try:
                flood.sendto(b"\0" * 100, address)
            except BlockingIOError:
                time.sleep(0)  # the other thread's turn

        with meanwhile(shout):
            for number in range(50):
                writer.write(number)
                assert details(follower) == [str(number)]


@pytest.mark.usefixtures("follower")
def test_a_rollback_or_an_empty_commit_wakes_no_follower(database: Database) -> None:
    (path,) = sockets(database)
    path.unlink()
    with (
        short_address(path) as address,
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener,
    ):
        listener.bind(address)
        listener.settimeout(0)
        with database.write():
            pass
        with pytest.raises(KeyError):
            write(database, fails=True)
        with pytest.raises(BlockingIOError):
            listener.recv(1)
        write(database)
        assert listener.recv(1)


def test_an_interrupt_ends_the_wait(follower: Follower) -> None:
    threading.Timer(0.05, follower.interrupt).start()
    began_s = time.monotonic()
    assert follower.wait(PATIENCE_S) == []
    assert time.monotonic() - began_s < PATIENCE_S / 2
