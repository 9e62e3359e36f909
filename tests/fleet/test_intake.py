"""Packages are taken in once, of boxes that were added, where signature and chain hold."""

from pathlib import Path

import pytest
from msgspec import structs

from kiosk.counts.ledger_entry import TopicNames
from kiosk.export.manifest import ENTRY, MANIFEST, SIGNATURE
from kiosk.export.package import Package
from kiosk.export.targets.zip_archive import build_archive
from kiosk.fleet import boxes
from kiosk.fleet.database import FleetDatabase, open_database
from kiosk.fleet.errors import BoxExists, FleetDatabaseError, NotReadable, UnknownBox
from kiosk.fleet.status import FleetStatus, fleet_status
from tests.export.report.quarter import quarter
from tests.fleet.played_box import NOW, TODAY, PlayedBox, add, collect, write
from tests.town import ESTATE, HOME, MARKET, RENT

QUARTERS = ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")


def delivering(count: int = 4, device: str = "rh-1") -> PlayedBox:
    box = PlayedBox(device)
    for unit in QUARTERS[:count]:
        box.close(unit, {MARKET: 200, ESTATE: 150})
    return box


def status(fleet: FleetDatabase) -> FleetStatus:
    with fleet.read() as connection:
        return fleet_status(connection, TODAY)


def verdicts(fleet: FleetDatabase, folder: Path) -> list[str]:
    return [str(result.verdict) for result in collect(fleet, folder).refused]


def test_each_package_is_taken_once_however_often_the_stick_comes(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box = delivering()
    add(fleet, box, "Bus 3")
    stick = write(tmp_path / "stick", box.packages)
    first, again = collect(fleet, stick), collect(fleet, stick)
    assert (first.taken, first.known, first.refused) == (4, 0, [])
    assert (again.taken, again.known, again.refused) == (0, 4, [])
    (found,) = status(fleet).boxes
    assert (found.packages, found.people, found.gaps) == (4, 1400, [])
    assert [(d.taken, d.known) for d in status(fleet).deliveries] == [(0, 4), (4, 0)]


def test_packages_come_as_zip_and_in_folders_of_boxes_too(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    one, other = delivering(2), delivering(2, "rh-2")
    add(fleet, one, "Bus 1")
    add(fleet, other, "Bus 2")
    for box in (one, other):
        folder = tmp_path / "received" / box.device
        folder.mkdir(parents=True)
        for package in box.packages:
            archive = build_archive(package)
            (folder / archive.name).write_bytes(archive.content)
    write(tmp_path / "received" / "rh-1", one.packages)
    collected = collect(fleet, tmp_path / "received")
    assert (collected.taken, collected.known, collected.refused) == (4, 2, [])


def test_nothing_is_believed_of_a_box_that_was_not_added(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box = delivering(1)
    stick = write(tmp_path / "stick", box.packages)
    (refused,) = collect(fleet, stick).refused
    assert "rh-1 was not added" in refused.reason
    assert box.key.public.fingerprint in refused.reason
    assert [finding.kind for finding in status(fleet).findings] == ["unknown_box"]
    add(fleet, box, "Bus 1")
    assert status(fleet).findings == []
    assert collect(fleet, stick).taken == 1


def test_a_forged_package_is_refused_and_reported_in_one_line(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box, forger = delivering(2), PlayedBox("rh-1")
    forger.renew_key("of another box")
    for unit in QUARTERS[:3]:
        forger.close(unit, {MARKET: 900})
    add(fleet, box, "Bus 3")
    collect(fleet, write(tmp_path / "stick", box.packages))
    stick = write(tmp_path / "forged", forger.packages)
    assert verdicts(fleet, stick) == ["other_key"] * 3
    assert verdicts(fleet, stick) == ["other_key"] * 3
    found = status(fleet)
    assert [(finding.times, "\n" in finding.text) for finding in found.findings] == [(2, False)] * 3
    assert found.boxes[0].people == 700


def test_a_key_is_changed_by_an_explicit_act_alone(fleet: FleetDatabase, tmp_path: Path) -> None:
    box = delivering(2)
    add(fleet, box, "Bus 3")
    collect(fleet, write(tmp_path / "stick", box.packages))
    box.renew_key("after a repair")
    stick = write(tmp_path / "later", [box.close("2026-Q2", {MARKET: 300})])
    assert verdicts(fleet, stick) == ["other_key"]
    with fleet.write() as connection:
        boxes.add_key(connection, box.identity, NOW)
    assert collect(fleet, stick).taken == 1
    with fleet.write() as connection, pytest.raises(BoxExists):
        boxes.add_key(connection, box.identity, NOW)


def test_a_package_that_was_changed_is_refused_until_a_whole_one_comes(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box = delivering(1)
    add(fleet, box, "Bus 3")
    stick = write(tmp_path / "stick", box.packages)
    entry = stick / box.packages[0].name / ENTRY
    whole = entry.read_bytes()
    entry.write_bytes(whole.replace(b"200", b"900"))
    (refused,) = collect(fleet, stick).refused
    assert f"{ENTRY} was changed after the box had signed it" in refused.reason
    assert len(status(fleet).findings) == 1
    entry.write_bytes(whole)
    assert collect(fleet, stick).taken == 1
    assert status(fleet).findings == []


def test_an_entry_that_its_digest_does_not_stand_for_is_refused(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box = PlayedBox("rh-1")
    box.last_digest = bytes(32)  # the manifest names a predecessor that its digest is not over
    add(fleet, box, "Bus 3")
    (refused,) = collect(fleet, write(tmp_path, [box.close("2026-Q1", {MARKET: 200})])).refused
    assert str(refused.verdict) == "unsound"


def test_a_package_of_an_earlier_version_says_what_to_do(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    box = delivering(1)
    add(fleet, box, "Bus 3")
    files = dict(box.packages[0].files)
    files.pop(ENTRY)
    lines = files[MANIFEST].splitlines(keepends=True)
    files[MANIFEST] = b"".join(line for line in lines if ENTRY.encode() not in line)
    files[SIGNATURE] = box.key.sign(files[MANIFEST])
    (refused,) = collect(fleet, write(tmp_path, [Package(box.packages[0].name, files)])).refused
    assert "update the box and export it again" in refused.reason


def test_a_box_put_back_to_an_old_backup_is_reported(fleet: FleetDatabase, tmp_path: Path) -> None:
    box, put_back = delivering(3), delivering(2)
    put_back.close("2026-Q2", {MARKET: 250, ESTATE: 150})
    put_back.close("2026-Q3", {MARKET: 200, ESTATE: 150})
    add(fleet, box, "Bus 3")
    collect(fleet, write(tmp_path / "stick", box.packages))
    assert verdicts(fleet, write(tmp_path / "later", put_back.packages)) == ["forked", "forked"]
    assert status(fleet).boxes[0].packages == 3


def test_one_period_is_not_counted_twice(fleet: FleetDatabase, tmp_path: Path) -> None:
    box = delivering(2)
    box.close("2026-Q1", {MARKET: 200})
    add(fleet, box, "Bus 3")
    (first, _, again) = box.packages
    collect(fleet, write(tmp_path / "stick", box.packages[:2]))
    assert first.name != again.name
    assert verdicts(fleet, write(tmp_path / "later", [again])) == ["period_twice"]


def test_packages_may_come_in_any_order(fleet: FleetDatabase, tmp_path: Path) -> None:
    box = delivering(4)
    add(fleet, box, "Bus 3")
    for place in (3, 0, 2, 1):
        stick = write(tmp_path / str(place), [box.packages[place]])
        assert collect(fleet, stick).taken == 1
    assert status(fleet).boxes[0].gaps == []


def test_a_box_takes_over_the_name_of_the_one_that_it_replaces(
    fleet: FleetDatabase, tmp_path: Path
) -> None:
    old, new = delivering(2), PlayedBox("rh-9")
    new.close("2026-Q3", {MARKET: 200})
    add(fleet, old, "Bus 3")
    with pytest.raises(BoxExists):
        add(fleet, new, "Bus 3")
    add(fleet, new, "", replaces="Bus 3")
    collect(fleet, write(tmp_path, [*old.packages, *new.packages]))
    found = {each.box.name: each for each in status(fleet).boxes}
    assert set(found) == {"Bus 3", "Bus 3 (rh-1)"}
    assert (found["Bus 3"].box.replaces, found["Bus 3"].people) == ("rh-1", 200)
    assert found["Bus 3 (rh-1)"].packages == 2
    with fleet.read() as connection, pytest.raises(UnknownBox, match="Bus 3"):
        boxes.find_box(connection, "Bus 4")


def test_a_renamed_topic_is_one_topic(fleet: FleetDatabase, tmp_path: Path) -> None:
    box = PlayedBox("rh-1")
    for unit, label in (("2026-Q1", "Miete"), ("2026-Q2", "Miete"), ("2026-Q3", "Wohnen")):
        period = quarter(unit, {MARKET: 200})
        topics = {RENT: TopicNames(label, "", HOME)}
        box.freeze(structs.replace(period, names=structs.replace(period.names, topics=topics)))
    add(fleet, box, "Bus 3")
    collect(fleet, write(tmp_path, reversed(box.packages)))
    (renamed,) = status(fleet).renamed
    told = [(label, first.isoformat()) for label, first in renamed.labels]
    assert told == [("Miete", "2026-01-01"), ("Wohnen", "2026-07-01")]


def test_a_folder_without_packages_is_refused(fleet: FleetDatabase, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "nowhere"):
        with pytest.raises(NotReadable):
            collect(fleet, tmp_path / folder)


def test_names_that_are_no_text_stop_nothing(fleet: FleetDatabase, tmp_path: Path) -> None:
    box = delivering(1)
    add(fleet, box, "Bus 3")
    stick = write(tmp_path / "stick\udcff", box.packages)
    (stick / "caf\udce9").mkdir()
    (stick / "caf\udce9" / MANIFEST).write_bytes(b"")
    collected = collect(fleet, stick)
    assert (collected.taken, len(collected.refused)) == (1, 1)
    assert [finding.package for finding in status(fleet).findings] == ["caf?"]


def test_a_database_that_cannot_be_used_is_reported_in_one_line(tmp_path: Path) -> None:
    for url in ("nonsense", "oracle://x", f"sqlite:///{tmp_path}/no/such/folder.db"):
        with pytest.raises(FleetDatabaseError) as told:
            open_database(url)
        assert "\n" not in str(told.value)
    with pytest.raises(FleetDatabaseError) as told:
        open_database(f"postgresql://office:secret@/x?host={tmp_path}")
    assert "secret" not in str(told.value)
