"""What a box tells the office of itself: believed by its key, the latest kept, none of people."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import timedelta
from shutil import which
from subprocess import run
from typing import TYPE_CHECKING

import msgspec
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

import kiosk
from kiosk.export.upload.box_status import (
    CHANGED_EVERY,
    EVERY,
    SIGNED_AS,
    CheckLevel,
    DeviceStatus,
    build_status,
    is_status_due,
    note_sent,
)
from kiosk.fleet import boxes, schema
from kiosk.fleet.box_statuses import StatusNotBelieved, store_status
from kiosk.fleet.server.metrics import metrics_text
from kiosk.fleet.status import fleet_status
from kiosk.system.health_report import HealthCheck, HealthReport, Level, save_report
from kiosk.system.paths import ASSETS
from tests.fleet.played_box import NOW, TODAY, PlayedBox, add
from tests.prepared import new_box
from tests.town import MARKET

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.fleet.database import FleetDatabase
    from kiosk.fleet.status import BoxStatus
    from kiosk.wiring.box import Kiosk

RULES = ASSETS / "office/radhaus.rules.yml"
WELL = [CheckLevel("disk", "ok"), CheckLevel("printer", "ok", "printer")]
ILL = [*WELL, CheckLevel("disk_space", "failure"), CheckLevel("clock", "warning")]


def status_of(box: PlayedBox, *, ago_h: float = 0, checks: list[CheckLevel] = ILL) -> DeviceStatus:
    sent = NOW - timedelta(hours=ago_h)
    return DeviceStatus(box.device, "Bus", "1.2.3", sent, None, sent, checks)


def send(
    fleet: FleetDatabase,
    box: PlayedBox,
    status: DeviceStatus,
    *,
    prefix: bytes = SIGNED_AS,
    by: PlayedBox | None = None,
) -> None:
    body = msgspec.json.encode(status)
    signature = b64encode((by or box).key.sign(prefix + body)).decode()
    with fleet.write() as connection:
        store_status(connection, box.device, body, signature, NOW)


def shown(fleet: FleetDatabase, name: str) -> BoxStatus:
    with fleet.read() as connection:
        found = fleet_status(connection, TODAY)
    return next(box for box in found.boxes if box.box.name == name)


def test_the_latest_status_of_a_box_is_kept(fleet: FleetDatabase) -> None:
    box = PlayedBox("rh-1")
    add(fleet, box, "Bus 1")
    assert shown(fleet, "Bus 1").told is None
    send(fleet, box, status_of(box, ago_h=2, checks=WELL))
    assert not shown(fleet, "Bus 1").checks
    send(fleet, box, status_of(box))
    send(fleet, box, status_of(box, ago_h=5, checks=WELL))  # an old one, sent again
    found = shown(fleet, "Bus 1")
    assert [(check.name, check.result) for check in found.checks] == [
        ("disk_space", "failure"),
        ("clock", "warning"),
    ]
    assert found.told
    assert found.told.status.version == "1.2.3"
    assert found.seen_at == NOW


def test_nothing_is_believed_that_the_box_has_not_signed_as_its_status(
    fleet: FleetDatabase,
) -> None:
    box, other = PlayedBox("rh-1"), PlayedBox("rh-2")
    add(fleet, box, "Bus 1")
    add(fleet, other, "Bus 2")
    ahead = msgspec.structs.replace(status_of(box), sent=NOW + timedelta(days=2))
    many = status_of(box, checks=WELL * 200)
    for status, by, prefix in (
        (status_of(box), other, SIGNED_AS),
        (status_of(other), box, SIGNED_AS),
        (status_of(box), box, b""),  # as a manifest is signed
        (ahead, box, SIGNED_AS),
        (many, box, SIGNED_AS),
    ):
        with pytest.raises(StatusNotBelieved):
            send(fleet, box, status, by=by, prefix=prefix)
    for body, signature in ((b"{}", ""), (b"\xff", "=="), (b"[" * 5000, "é")):
        with pytest.raises(StatusNotBelieved), fleet.write() as connection:
            store_status(connection, box.device, body, signature, NOW)
    assert shown(fleet, "Bus 1").told is None


def test_a_box_that_replaces_another_takes_over_its_name_and_has_its_own_status(
    fleet: FleetDatabase,
) -> None:
    old, new = PlayedBox("rh-old"), PlayedBox("rh-new")
    add(fleet, old, "Bus 3")
    send(fleet, old, status_of(old))
    with fleet.write() as connection:
        boxes.add_box(connection, new.identity, "", NOW, replaces="Bus 3")
    assert shown(fleet, "Bus 3").told is None
    send(fleet, new, status_of(new, checks=WELL))
    assert not shown(fleet, "Bus 3").checks
    with fleet.read() as connection:
        text = metrics_text(fleet_status(connection, TODAY)).decode()
    assert 'box="Bus 3",device="rh-new",version="1.2.3"' in text
    assert "rh-old" not in text, "nothing more is expected of it"


def test_prometheus_reads_what_its_rules_ask_for(fleet: FleetDatabase) -> None:
    name = 'Bus "Nord"\\\n2'  # as it was taken once
    box = PlayedBox("rh-1")
    add(fleet, box, "Bus 2")
    with fleet.write() as connection:
        connection.execute(update(schema.boxes).values(name=name))
    send(fleet, box, status_of(box))
    box.close("2026-Q3", {MARKET: 200})
    with fleet.read() as connection:
        text = metrics_text(fleet_status(connection, TODAY)).decode()
    found = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    of_box = ("box", name)
    assert found["radhaus_office_box_check", of_box, ("check", "disk_space")] == 2
    assert found["radhaus_office_box_check", of_box, ("check", "printer")] == 0
    assert found["radhaus_office_box_seen_timestamp_seconds", of_box] == NOW.timestamp()
    assert found["radhaus_office_box_gaps", of_box, ("kind", "missing")] == 0
    names = {str(key[0]) for key in found}
    rules = RULES.read_text(encoding="utf-8")
    asked = set(re.findall(r"radhaus_office_\w+", rules))
    assert asked <= names
    assert {"people", "visitors"}.isdisjoint("_".join(names).split("_"))


def test_the_rules_are_whole() -> None:
    """And Prometheus itself has nothing to say against them, where it is installed."""
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]:
        assert {"alert", "expr", "for", "labels", "annotations"} == set(rule)
        assert {"summary", "description"} == set(rule["annotations"])
    if promtool := which("promtool"):
        said = run([promtool, "check", "rules", str(RULES)], capture_output=True, check=False)
        assert said.returncode == 0, said.stdout + said.stderr


def reported(box: Kiosk, clock: Level = "failure") -> None:
    checks = [
        HealthCheck("disk", "failure", "The disk of Frau Yilmaz is full.", "Call her."),
        HealthCheck("printer", "ok", "Ready.", "", "printer"),
        HealthCheck("clock", clock, "A-017", ""),
        HealthCheck("upload", "warning", "Not looked at.", "", examined=False),
    ]
    save_report(box.paths, HealthReport(box.now().as_text(), checks))


def test_a_status_names_checks_and_levels_and_nothing_else(tmp_path: Path) -> None:
    with new_box(tmp_path) as box:
        reported(box)
        status = build_status(box.office.database, box.paths, "Bus 1", "https://x", box.now())
    body = msgspec.json.decode(msgspec.json.encode(status))
    known = {"device", "name", "version", "sent", "delivered", "checked", "checks"}
    known |= {"public_key", "update"}
    assert set(body) == known
    assert body["version"] == kiosk.__version__
    assert body["checks"] == [
        {"name": "disk", "result": "failure", "kind": ""},
        {"name": "printer", "result": "ok", "kind": "printer"},
        {"name": "clock", "result": "failure", "kind": ""},
    ]


def test_a_status_is_due_daily_and_soon_after_a_change(tmp_path: Path) -> None:
    with new_box(tmp_path) as box:
        database, now, url = box.office.database, box.now(), "https://x/upload"

        def due(after: timedelta, target: str = url) -> bool:
            at = replace(now, wall=now.wall + after)
            status = build_status(database, box.paths, "Bus 1", target, at)
            with database.read() as connection:
                return is_status_due(connection, target, status)

        reported(box)
        assert due(timedelta())
        status = build_status(database, box.paths, "Bus 1", url, now)
        with database.write() as connection:
            note_sent(connection, url, status)
        assert not due(EVERY / 2)
        assert due(EVERY)
        assert due(timedelta(), "https://other")
        assert due(timedelta(hours=-1)), "the clock was ahead then"
        reported(box, "ok")
        assert not due(CHANGED_EVERY / 2)
        assert due(CHANGED_EVERY)
