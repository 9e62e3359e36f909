"""What systemd hears from a service, on a real datagram socket."""

import socket
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.system import systemd
from tests.waiting import PATIENCE_S


@pytest.fixture(params=["path", "abstract"])
def listener(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[socket.socket]:
    """Stands where systemd listens: once on a file, once on an abstract address."""
    name = f"kiosk-{uuid4()}" if request.param == "abstract" else str(tmp_path / "notify")
    address, shown = ("\0" + name, "@" + name) if request.param == "abstract" else (name, name)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bound:
        bound.bind(address)
        bound.settimeout(PATIENCE_S)
        monkeypatch.setenv("NOTIFY_SOCKET", shown)
        yield bound


def test_systemd_hears_the_life_of_a_service(listener: socket.socket) -> None:
    systemd.ready("console on\nport 8080")
    systemd.watchdog()
    systemd.stopping()

    heard = [listener.recv(4096).decode() for _ in range(3)]

    assert heard == [
        "READY=1\nSTATUS=console on port 8080",
        "WATCHDOG=1",
        "STOPPING=1",
    ]


def test_without_systemd_nothing_is_said(
    listener: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET")
    systemd.ready()
    listener.settimeout(0)
    with pytest.raises(BlockingIOError):
        listener.recv(1)


def test_a_vanished_socket_stops_no_service(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    systemd.watchdog()  # raises nothing
    assert not (tmp_path / "gone").exists()


def test_a_full_socket_does_not_block(listener: socket.socket) -> None:
    for _ in range(5000):
        systemd.watchdog()

    assert listener.recv(100) == b"WATCHDOG=1"


def test_the_watchdog_is_fed_twice_as_often_as_systemd_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WATCHDOG_USEC", "20000000")
    assert systemd.watchdog_interval_s() == 10

    monkeypatch.delenv("WATCHDOG_USEC")
    assert systemd.watchdog_interval_s() is None
