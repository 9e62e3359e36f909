"""Uploads over TLS from a real box, and all that strangers and repeats can do to the endpoint."""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPSConnection
from typing import TYPE_CHECKING

import msgspec
import pytest
from click.testing import CliRunner

import kiosk
from kiosk.cli import main
from kiosk.counts import ledger
from kiosk.export.targets.zip_archive import build_archive
from kiosk.fleet import boxes
from kiosk.fleet.boxes import BoxIdentity
from kiosk.fleet.database import FleetDatabase, default_url, open_database
from kiosk.fleet.password import METRICS_TOKEN, new_password
from kiosk.fleet.received import MOST_ARCHIVE_BYTES
from kiosk.fleet.status import fleet_status
from kiosk.settings.config import Config, UploadSettings, to_toml
from kiosk.store import key_values
from kiosk.store.database import Database
from kiosk.system.paths import Paths
from tests.console.axe import faults
from tests.export.authority import HOST, Authority
from tests.export.closed import a_period
from tests.fleet.played_box import NOW, TODAY, PlayedBox, add
from tests.fleet.served import Served, serving
from tests.prepared import new_device
from tests.reading_order import faults_in_order, reading_order
from tests.town import MARKET
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow  # a server of its own


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    return default_url(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def office(url: str) -> Iterator[FleetDatabase]:
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture(scope="module")
def served(
    url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Served, Authority]]:
    authority = Authority(tmp_path_factory.mktemp("authority"))
    with serving(url, authority, tmp_path_factory.mktemp("data")) as running:
        yield running, authority


def token_of(office: FleetDatabase, box: PlayedBox, name: str) -> str:
    add(office, box, name)
    with office.write() as connection:
        return boxes.new_token(connection, box.device)


def packages_of(office: FleetDatabase, name: str) -> int:
    with office.read() as connection:
        status = fleet_status(connection, TODAY)
    return next(box.packages for box in status.boxes if box.box.name == name)


def test_a_real_box_uploads_and_is_not_asked_again(
    served: tuple[Served, Authority], office: FleetDatabase, tmp_path: Path
) -> None:
    server, authority = served
    paths = Paths(tmp_path / "box")
    new_device(paths)
    database = Database.open(paths.database)
    with database.write() as connection:
        for month in ("2026-08", "2026-09"):
            ledger.append(connection, a_period(month))
        key = ledger.signing_key(connection).public
        key_values.put(connection, "device_id", "rh-1")
    database.close()
    with office.write() as fleet:
        boxes.add_box(fleet, BoxIdentity("rh-1", key), "Bus 1", NOW)
        token = boxes.new_token(fleet, "rh-1")
    secret = tmp_path / "secret"
    secret.touch(mode=0o600)
    secret.write_text(token)
    settings = UploadSettings(
        "https",
        f"{server.origin}/upload",
        secret_file=str(secret),
        ca_file=str(authority.ca_file),
        timeout_s=30,
        send_status=True,
    )
    for method in ("PUT", "POST"):
        config = Config("gelsenkirchen", upload=msgspec.structs.replace(settings, method=method))
        paths.config.write_text(to_toml(config))
        sent = CliRunner().invoke(main, ["upload"], env={"KIOSK_DATA": str(paths.data)})
        assert (sent.exit_code, sent.stderr) == (0, ""), sent.output
    assert packages_of(office, "Bus 1") == 2
    assert "Sent the status of this box." in sent.stdout
    with office.read() as connection:
        (told,) = (box for box in fleet_status(connection, TODAY).boxes if box.box.name == "Bus 1")
    assert told.told
    assert told.told.status.version == kiosk.__version__


def test_the_metrics_ask_for_their_token_and_a_status_for_its_box(
    served: tuple[Served, Authority], office: FleetDatabase
) -> None:
    server, _ = served
    box = PlayedBox("rh-metrics")
    token = token_of(office, box, "Bus 9")
    with office.write() as connection:
        page, metrics = new_password(connection), new_password(connection, METRICS_TOKEN)
    for given in ("", f"Bearer {page}", f"Bearer {token}", f"Basic {metrics}"):
        assert server.ask("GET", "/metrics", Authorization=given).status == 401

    def told() -> bool:
        answer = server.ask("GET", "/metrics", Authorization=f"Bearer {metrics}")
        assert answer.status == 200
        return b'radhaus_office_box_packages{box="Bus 9"} 0.0' in answer.data

    eventually(told, "the box, once what was read some seconds ago is old")

    def status(body: bytes, bearer: str) -> int:
        where = "/upload/status.json"
        return server.ask("PUT", where, body, Authorization=f"Bearer {bearer}").status

    assert status(b"{}", "0" * 64) == 401
    assert status(b"{}", token) == 422
    assert status(b" " * 70_000, token) == 413


def test_the_same_upload_again_has_the_same_receipt(
    served: tuple[Served, Authority], office: FleetDatabase
) -> None:
    server, _ = served
    box = PlayedBox("rh-twice")
    token = token_of(office, box, "Bus 2")
    archive = build_archive(box.close("2026-Q3", {MARKET: 200}))
    answers = [
        server.ask(
            "PUT",
            f"/upload/{archive.name}",
            archive.content,
            Authorization=f"Bearer {token}",
            Idempotency_Key=archive.sha256,
        )
        for _ in range(3)
    ]
    assert [answer.status for answer in answers] == [201, 200, 200]
    assert {answer.json()["sha256"] for answer in answers} == {archive.sha256}
    assert len({answer.headers["Repr-Digest"] for answer in answers}) == 1
    assert packages_of(office, "Bus 2") == 1


def test_strangers_and_wrong_uploads_are_refused_and_change_nothing(
    served: tuple[Served, Authority], office: FleetDatabase
) -> None:
    server, _ = served
    box, other = PlayedBox("rh-own"), PlayedBox("rh-other")
    token, others = token_of(office, box, "Bus 4"), token_of(office, other, "Bus 5")
    archive = build_archive(box.close("2026-Q3", {MARKET: 200}))
    path, content = f"/upload/{archive.name}", archive.content

    def status(method: str, where: str, body: bytes | None, bearer: str, **more: str) -> int:
        headers = {"Authorization": f"Bearer {bearer}", **more}
        return server.ask(method, where, body, **headers).status

    assert status("PUT", path, content, "0" * 64) == 401
    assert status("GET", path, None, "nonsense") == 401
    assert status("GET", path, None, token) == 404
    assert status("PUT", path, content, others) == 403
    assert status("PUT", "/upload/holiday.zip", content, token) == 400
    assert status("POST", "/upload", content, token) == 400
    assert status("PUT", path, content[:-100], token, Idempotency_Key=archive.sha256) == 400
    assert status("PUT", path, content[:-100], token) == 422
    assert status("PUT", path, b"", token) == 422
    assert status_of_length(served, path, token, MOST_ARCHIVE_BYTES + 1) == 413
    assert packages_of(office, "Bus 4") == packages_of(office, "Bus 5") == 0
    assert status("PUT", path, content, token) == 201


def status_of_length(served: tuple[Served, Authority], path: str, token: str, length: int) -> int:
    """The answer to a request that only says how much it would send."""
    server, authority = served
    context = ssl.create_default_context(cafile=authority.ca_file)
    line = HTTPSConnection(HOST, server.port, context=context, timeout=PATIENCE_S)
    line.putrequest("PUT", path)
    line.putheader("Authorization", f"Bearer {token}")
    line.putheader("Content-Length", str(length))
    line.endheaders()
    status = line.getresponse().status
    line.close()
    return status


def test_a_flood_of_silent_connections_keeps_no_box_out(
    served: tuple[Served, Authority], office: FleetDatabase
) -> None:
    server, _ = served
    box = PlayedBox("rh-flood")
    token = token_of(office, box, "Bus 6")
    archive = build_archive(box.close("2026-Q3", {MARKET: 200}))
    silent = [socket.create_connection((HOST, server.port)) for _ in range(60)]
    half = [socket.create_connection((HOST, server.port)) for _ in range(20)]
    for line in half:
        line.sendall(b"PUT /upload HTTP/1.1\r\n")
    answer = server.ask(
        "PUT", f"/upload/{archive.name}", archive.content, Authorization=f"Bearer {token}"
    )
    assert answer.status == 201
    for line in (*silent, *half):
        line.close()


def test_the_page_asks_for_its_password_and_says_each_thing_in_one_line(
    served: tuple[Served, Authority], office: FleetDatabase, chromium: Browser
) -> None:
    server, _ = served
    assert server.ask("GET", "/").status in {401, 403}
    with office.write() as connection:
        password = new_password(connection)
    assert server.ask("GET", "/").status == 401
    box = PlayedBox("rh-gap", "Bus Sieben")
    token = token_of(office, box, "Bus 7")
    for unit in ("2025-Q4", "2026-Q1", "2026-Q3"):
        box.close(unit, {MARKET: 200})
    for package in (box.packages[0], box.packages[2]):
        archive = build_archive(package)
        headers = {"Authorization": f"Bearer {token}"}
        server.ask("PUT", f"/upload/{archive.name}", archive.content, **headers)
    with chromium.new_context(
        ignore_https_errors=True,
        http_credentials={"username": "x", "password": password},
        viewport={"width": 1366, "height": 768},
    ) as context:
        page = context.new_page()
        page.goto(server.origin)
        lines = page.locator("section").first.locator("li").all_inner_texts()
        assert "Bus 7: 1. Quartal 2026, 2. Quartal 2026 fehlen (Paket 2)" in lines
        row = page.get_by_role("row").filter(has_text="Bus 7")
        assert "3. Quartal 2026" in row.inner_text()
        assert "nennt sich „Bus Sieben“" in row.inner_text()
        assert faults(page) == []
        assert faults_in_order(reading_order(page)) == []
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        assert faults(page) == []
        assert faults_in_order(reading_order(page)) == []
