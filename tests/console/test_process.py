"""`kiosk console` as a process: how it starts, is killed, is stopped, and what it tells systemd."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from kiosk.service.access import Secrets
from kiosk.settings.config import load_config, to_toml
from kiosk.system.paths import Paths
from tests.console.box import NO_TLS
from tests.prepared import new_device
from tests.system.bus import free_port
from tests.waiting import PATIENCE_S, eventually

pytestmark = pytest.mark.slow

HASH_MIB = 16

Start = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """An empty data folder."""
    return Paths(tmp_path / "data")


@pytest.fixture
def drawn(paths: Paths) -> Secrets:
    """A device that has just been set up."""
    return new_device(paths)


@pytest.fixture
def port() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number: int = listener.getsockname()[1]
    return number


@pytest.fixture
def start(paths: Paths, drawn: Secrets, port: int) -> Iterator[Start]:
    """Starts `kiosk console` and waits until it answers."""
    del drawn  # set up is all that matters
    started: list[subprocess.Popen[bytes]] = []

    def run(**environment: str) -> "subprocess.Popen[bytes]":
        process = console(paths, port, **environment)
        started.append(process)
        eventually(lambda: answers(port), "an answer")
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def console(paths: Paths, port: int, **environment: str) -> "subprocess.Popen[bytes]":
    """The process itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", "console", "--port", str(port), "--data", str(paths.data)],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
    )


def answers(port: int) -> bool:
    """Whether a console answers at that port."""
    try:
        url = f"http://127.0.0.1:{port}/api/v1/health"
        return httpx.get(url, timeout=PATIENCE_S, verify=NO_TLS).is_success
    except httpx.HTTPError:
        return False


def test_a_login_and_everything_acknowledged_survive_a_kill(
    start: Start, drawn: Secrets, port: int
) -> None:
    process = start()
    url = f"http://127.0.0.1:{port}"
    token = {"Authorization": f"Bearer {drawn.api_token}"}
    with httpx.Client(base_url=url, timeout=PATIENCE_S, verify=NO_TLS) as browser:
        browser.post("/staff/login", data={"pin": drawn.staff_pin})
        browser.post("/api/v1/visit/open", headers=token)
        taken = browser.post("/api/v1/tickets", json={"topic": "wohngeld"}, headers=token).json()
    process.kill()
    process.wait()
    start()
    with httpx.Client(
        base_url=url, cookies=browser.cookies, timeout=PATIENCE_S, verify=NO_TLS
    ) as browser:
        page = browser.get("/staff/desks/1")
        called = browser.post("/api/v1/desks/1/next", headers=token).json()
    assert page.status_code == 200
    assert called["number"] == taken["number"]


KILLED_AFTER_S = 10
"""TimeoutStopSec of its unit."""


def test_it_holds_no_library_that_only_development_has(start: Start) -> None:
    """As on a box, where Litestar finds neither."""
    loaded = Path(f"/proc/{start().pid}/maps").read_text()
    assert "/msgspec/" in loaded
    assert "pydantic" not in loaded


def test_logins_leave_no_memory_taken(start: Start, drawn: Secrets, port: int) -> None:
    """A PIN's hash takes 16 MB."""
    process = start()
    before = anonymous_mib(process.pid)
    for _ in range(3):
        url = f"http://127.0.0.1:{port}/staff/login"
        answer = httpx.post(url, data={"pin": drawn.staff_pin}, timeout=PATIENCE_S, verify=NO_TLS)
        assert answer.status_code == HTTPStatus.SEE_OTHER
    assert anonymous_mib(process.pid) - before < HASH_MIB / 2


def anonymous_mib(pid: int) -> float:
    """What the process holds of memory that no file backs."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) / 1024


def test_it_stops_before_systemd_kills_it_although_browsers_listen(start: Start, port: int) -> None:
    process = start()
    url = f"http://127.0.0.1:{port}/api/v1/events"
    with (
        httpx.stream("GET", url, timeout=PATIENCE_S, verify=NO_TLS) as one,
        httpx.stream("GET", url, timeout=PATIENCE_S, verify=NO_TLS) as other,
    ):
        assert next(one.iter_lines()) == next(other.iter_lines())
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_S)
        took_s = time.monotonic() - begun
    assert process.returncode == 0
    assert took_s < KILLED_AFTER_S
    assert process.stderr
    assert b"Traceback" not in process.stderr.read()


def test_a_taken_port_is_one_clear_sentence(drawn: Secrets, paths: Paths, port: int) -> None:
    del drawn
    with socket.create_server(("127.0.0.1", port)):
        second = console(paths, port)
        _, complaint = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1
    lines = complaint.decode().splitlines()
    assert len(lines) == 1
    assert f"cannot listen at 127.0.0.1, port {port}: address already in use." in lines[0]
    assert "--port" in lines[0]


def open_to_the_network(paths: Paths, **console: str | int) -> None:
    """As a bus is set."""
    settings = load_config(paths.config)
    changed = replace(settings.console, host="0.0.0.0", **console)  # noqa: S104
    paths.config.write_text(to_toml(replace(settings, console=changed)))


def test_on_a_network_staff_are_answered_over_tls_by_a_certificate_that_stays(
    start: Start, paths: Paths
) -> None:
    secure = free_port()
    open_to_the_network(paths, tls_port=secure)
    url = f"https://127.0.0.1:{secure}/staff/login"
    for _ in range(2):
        process = start()
        believed = ssl.create_default_context(cafile=paths.authority_certificate)
        assert httpx.get(url, verify=believed, timeout=PATIENCE_S).status_code == 200
        assert paths.authority_key.stat().st_mode & 0o777 == 0o600
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


def test_a_certificate_that_cannot_be_used_is_one_clear_sentence(
    drawn: Secrets, paths: Paths, port: int
) -> None:
    del drawn
    open_to_the_network(paths, tls_port=free_port(), tls_certificate="/no.pem", tls_key="/no.key")
    _, complaint = console(paths, port).communicate(timeout=PATIENCE_S)
    [line] = complaint.decode().splitlines()
    assert "/no.pem cannot be read: no such file or directory." in line
    assert "tls_certificate" in line


def test_systemd_gets_readiness_and_watchdog_pings(start: Start, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE_S)
        start(NOTIFY_SOCKET=str(tmp_path / "notify"), WATCHDOG_USEC="2000000")
        told = [systemd.recv(1000), systemd.recv(1000)]
    assert told[0].startswith(b"READY=1")
    assert told[1] == b"WATCHDOG=1"
