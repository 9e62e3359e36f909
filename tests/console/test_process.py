"""`kiosk console` as a process: how it starts, is killed, is stopped, and what it tells systemd."""

import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from kiosk.cli import main
from kiosk.service.access import Secrets
from kiosk.settings.config import load_config, to_toml
from kiosk.system.paths import Paths
from tests.console.box import NO_TLS
from tests.ports import free_port
from tests.prepared import new_device
from tests.waiting import PATIENCE_S, eventually

pytestmark = pytest.mark.slow

HASH_MIB = 16
KILLED_AFTER_S = 10
"""TimeoutStopSec of its unit."""


@dataclass
class Console:
    """`kiosk console` of a box as a bus is set; a start costs more than what most tests ask."""

    paths: Paths
    drawn: Secrets
    port: int
    secure_port: int
    systemd: socket.socket
    _process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Where it answers without TLS."""
        return f"http://127.0.0.1:{self.port}"

    def running(self) -> "subprocess.Popen[bytes]":
        """The process, which answers; started if none runs."""
        if self._process is None or self._process.poll() is not None:
            self.stop()
            notify = str(self.systemd.getsockname())
            self._process = started(
                self.paths, self.port, NOTIFY_SOCKET=notify, WATCHDOG_USEC="2000000"
            )
            eventually(lambda: answers(self.url), "an answer")
        return self._process

    def stop(self) -> None:
        """End it, and close what it says."""
        if self._process:
            self._process.kill()
            self._process.communicate()


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    """That of all tests: one that ends it leaves the next start to whoever needs one."""
    folder = tmp_path_factory.mktemp("console")
    paths = Paths(folder / "data")
    drawn, secure_port = new_device(paths), free_port()
    open_to_the_network(paths, tls_port=secure_port)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(folder / "notify"))
        systemd.settimeout(PATIENCE_S)
        console = Console(paths, drawn, free_port(), secure_port, systemd)
        yield console
        console.stop()


def started(paths: Paths, port: int, **environment: str) -> "subprocess.Popen[bytes]":
    """The process itself."""
    return subprocess.Popen(
        [sys.executable, "-m", "kiosk", "console", "--port", str(port), "--data", str(paths.data)],
        env={**os.environ, **environment},
        stderr=subprocess.PIPE,
    )


def answers(url: str) -> bool:
    """Whether a console answers there."""
    try:
        return httpx.get(f"{url}/api/v1/health", timeout=PATIENCE_S, verify=NO_TLS).is_success
    except httpx.HTTPError:
        return False


def open_to_the_network(paths: Paths, **console: str | int) -> None:
    """As a bus is set."""
    settings = load_config(paths.config)
    changed = replace(settings.console, host="0.0.0.0", **console)  # noqa: S104
    paths.config.write_text(to_toml(replace(settings, console=changed)))


def test_systemd_gets_readiness_and_watchdog_pings(console: Console) -> None:
    console.running()
    told = [console.systemd.recv(1000), console.systemd.recv(1000)]
    assert told[0].startswith(b"READY=1")
    assert told[1] == b"WATCHDOG=1"


def test_it_holds_no_library_that_only_development_has(console: Console) -> None:
    """As on a box, where Litestar finds neither."""
    loaded = Path(f"/proc/{console.running().pid}/maps").read_text()
    assert "/msgspec/" in loaded
    assert "pydantic" not in loaded


def test_logins_leave_no_memory_taken(console: Console) -> None:
    """A PIN's hash takes 16 MB."""
    process = console.running()
    before = anonymous_mib(process.pid)
    for _ in range(3):
        answer = httpx.post(
            f"{console.url}/staff/login",
            data={"pin": console.drawn.staff_pin},
            timeout=PATIENCE_S,
            verify=NO_TLS,
        )
        assert answer.status_code == HTTPStatus.SEE_OTHER
    assert anonymous_mib(process.pid) - before < HASH_MIB / 2


def anonymous_mib(pid: int) -> float:
    """What the process holds of memory that no file backs."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("RssAnon:")[2].split()[0]) / 1024


def test_a_kill_loses_no_login_nothing_acknowledged_and_no_certificate(console: Console) -> None:
    process = console.running()
    staff = f"https://127.0.0.1:{console.secure_port}/staff/login"
    believed = ssl.create_default_context(cafile=console.paths.authority_certificate)
    token = {"Authorization": f"Bearer {console.drawn.api_token}"}
    with httpx.Client(base_url=console.url, timeout=PATIENCE_S, verify=NO_TLS) as browser:
        browser.post("/staff/login", data={"pin": console.drawn.staff_pin})
        browser.post("/api/v1/visit/open", headers=token)
        taken = browser.post("/api/v1/tickets", json={"topic": "wohngeld"}, headers=token).json()
    assert httpx.get(staff, verify=believed, timeout=PATIENCE_S).status_code == HTTPStatus.OK
    assert console.paths.authority_key.stat().st_mode & 0o777 == 0o600
    process.kill()
    process.wait()
    console.running()
    with httpx.Client(
        base_url=console.url, cookies=browser.cookies, timeout=PATIENCE_S, verify=NO_TLS
    ) as browser:
        page = browser.get("/staff/desks/1")
        called = browser.post("/api/v1/desks/1/next", headers=token).json()
    assert page.status_code == HTTPStatus.OK
    assert called["number"] == taken["number"]
    assert httpx.get(staff, verify=believed, timeout=PATIENCE_S).status_code == HTTPStatus.OK


def test_it_stops_before_systemd_kills_it_although_browsers_listen(console: Console) -> None:
    process = console.running()
    url = f"{console.url}/api/v1/events"
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


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        second = started(paths, port)
        _, complaint = second.communicate(timeout=PATIENCE_S)
    assert second.returncode == 1
    lines = complaint.decode().splitlines()
    assert len(lines) == 1
    assert f"cannot listen at 127.0.0.1, port {port}: address already in use." in lines[0]
    assert "--port" in lines[0]


def test_a_certificate_that_cannot_be_used_is_one_clear_sentence(tmp_path: Path) -> None:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    open_to_the_network(paths, tls_port=1, tls_certificate="/no.pem", tls_key="/no.key")
    result = CliRunner().invoke(main, ["console", "--data", str(paths.data)])
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert "/no.pem cannot be read: no such file or directory." in line
    assert "tls_certificate" in line
