"""Updates over the network: offered by the office, fetched by boxes whatever the line does."""

from __future__ import annotations

import json
import random
import sys
import time
from typing import TYPE_CHECKING

import msgspec
import pytest

from kiosk.export.errors import ExportError, TryLater
from kiosk.fleet import boxes
from kiosk.fleet.database import default_url, open_database
from kiosk.fleet.german import update_in_words
from kiosk.fleet.updates import bundle_file
from kiosk.operate.updates.appliance import record_of
from kiosk.operate.updates.fetch import MOST_WRONG, NotFetched, fetch_update
from kiosk.operate.updates.install import adopt_fetched, install_incoming
from kiosk.operate.updates.record import UpdateState, read_record
from kiosk.operate.updates.slots import Bundle
from tests.export.authority import Authority
from tests.export.faulty_proxy import Fault, proxy_before
from tests.fleet.cutting_proxy import cutting_proxy
from tests.fleet.played_box import PlayedBox, add
from tests.fleet.served import serving
from tests.fleet.signed_bundle import COMPATIBLE, new_keys, signed_bundle
from tests.fleet.update_town import RUNNING, Bus, Town
from tests.operate.updates.firmware import Machine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kiosk.export.upload.update_messages import OfferedUpdate

pytestmark = pytest.mark.slow  # a server of its own, and RAUC

BUNDLE_BYTES = 3_000_000
OFFERED = "1.1+20261130.080000"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return new_keys(tmp_path_factory.mktemp("operator") / "keys")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    seed = time.time_ns()
    return signed_bundle(tmp_path_factory.mktemp("made"), OFFERED, keys, BUNDLE_BYTES, seed)


@pytest.fixture(scope="module")
def open_town(tmp_path_factory: pytest.TempPathFactory, keys: Path, bundle: Path) -> Iterator[Town]:
    folder, authority = tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("authority")
    trusted, box = Authority(authority), PlayedBox("rh-1")
    database = open_database(default_url(folder))
    add(database, box, "Bus 1")
    add(database, PlayedBox("rh-2"), "Bus 2")
    with database.write() as connection:
        token = boxes.new_token(connection, "rh-1")
    database.close()
    with serving(default_url(folder), trusted, folder) as server:
        yield Town(folder, server, trusted, keys, bundle, box, token)


@pytest.fixture
def town(open_town: Town) -> Iterator[Town]:
    """With nothing on offer yet."""
    yield open_town
    for offer in json.loads(open_town.office("list", "--json").output)["offers"]:
        open_town.office("withdraw", offer["version"])


@pytest.fixture
def bus(tmp_path: Path) -> Bus:
    return Bus(tmp_path / "bus")


def offered(town: Town, bus: Bus) -> OfferedUpdate:
    done = town.offer()
    assert done.exit_code == 0, done.output
    offer = town.ask(bus.tells())
    assert offer
    return offer


@pytest.mark.parametrize("turn", range(10))
def test_a_line_cut_at_any_byte_goes_on_and_the_update_waits_in_the_end(
    town: Town, bus: Bus, turn: int
) -> None:
    seed = time.time_ns() + turn
    sys.stdout.write(f"seed {seed}\n")  # pytest shows it when the test fails
    chance = random.Random(seed)
    offer, tries, fetched = offered(town, bus), 0, False
    assert (offer.version, offer.size) == (OFFERED, town.bundle.stat().st_size)
    with cutting_proxy(town.server.port, lambda: chance.randrange(BUNDLE_BYTES // 3)) as line:
        while not fetched:
            tries += 1
            assert tries < 100
            before = bus.folder.have_bytes(offer)
            try:
                fetched = bus.fetch(offer, town.endpoint(line.origin))
            except TryLater:
                assert bus.folder.have_bytes(offer) >= before
                assert bus.tells().state == "fetching"
        assert tries > 3
        assert line.passed < 1.2 * offer.size + 20_000 * tries, "what was there came again"
    whole = bus.folder.bundle(offer)
    assert whole.read_bytes() == town.bundle.read_bytes()
    _installs(bus, offer)
    assert bus.fetch(offer, town.endpoint()) is False, "once is enough"


def _installs(bus: Bus, offer: OfferedUpdate) -> None:
    """As root does it, which is woken by the file."""
    incoming, record = record_of(bus.root).parent / "incoming", record_of(bus.root)
    machine = Machine({"a": RUNNING, "b": "0"}, offered=Bundle(OFFERED, COMPATIBLE))
    adopt_fetched(bus.folder.path, incoming)
    assert not bus.folder.bundle(offer).exists()
    install_incoming(record, RUNNING, incoming, machine, lambda _said: None)
    known = read_record(record)
    assert known
    assert (known.state, known.version) == (UpdateState.WAITING, OFFERED)
    assert bus.tells().state == "waiting"
    assert "wird beim nächsten Einschalten übernommen" in update_in_words(bus.tells())


def test_what_arrives_otherwise_is_fetched_three_times_and_then_refused(
    town: Town, bus: Bus
) -> None:
    offer = offered(town, bus)
    kept = bundle_file(town.folder, offer.sha256)
    content = bytearray(kept.read_bytes())
    content[1000] ^= 1
    kept.write_bytes(content)
    for _ in range(MOST_WRONG):
        with pytest.raises(NotFetched, match="arrived otherwise"):
            bus.fetch(offer, town.endpoint())
        assert bus.folder.have_bytes(offer) == 0
    assert bus.fetch(offer, town.endpoint()) is False
    assert not bus.folder.bundle(offer).exists()
    told = bus.tells()
    assert told.state == "refused"
    assert "arrived otherwise" in told.reason
    town.ask(told)
    assert f"{OFFERED} abgelehnt: " in town.page()


def test_an_update_that_has_no_room_is_not_begun(town: Town, bus: Bus) -> None:
    offer = offered(town, bus)
    with pytest.raises(NotFetched, match="no room"):
        bus.fetch(offer, town.endpoint(), free_bytes=(64 << 20) + offer.size - 1)
    assert bus.folder.have_bytes(offer) == 0
    assert "no room" in bus.tells().reason
    assert bus.fetch(offer, town.endpoint(), free_bytes=(64 << 20) + offer.size)


def test_a_disk_that_is_full_all_the_same_is_told(town: Town, bus: Bus) -> None:
    offer = offered(town, bus)
    bus.folder.part(offer).symlink_to("/dev/full")
    with pytest.raises(NotFetched, match="No space left on device"):
        bus.fetch(offer, town.endpoint())
    assert "No space left on device" in bus.tells().reason


def test_the_login_page_of_a_hotspot_is_not_taken_for_it(town: Town, bus: Bus) -> None:
    offer = offered(town, bus)
    begun = town.bundle.read_bytes()[:100_000]
    for there in (b"", begun):
        bus.folder.part(offer).write_bytes(there)
        with proxy_before(town.server.origin, town.authority) as proxy:
            proxy.will("GET", Fault.PORTAL)
            with pytest.raises(TryLater, match="login page of a hotspot"):
                bus.fetch(offer, town.endpoint(proxy.origin))
        assert bus.folder.part(offer).read_bytes() == there
    assert bus.fetch(offer, town.endpoint())


def test_a_portal_with_a_certificate_of_its_own_gets_not_even_the_token(
    town: Town, bus: Bus, tmp_path: Path
) -> None:
    offer, strange = offered(town, bus), tmp_path / "strange"
    strange.mkdir()
    with proxy_before(town.server.origin, Authority(strange)) as proxy:
        with pytest.raises(ExportError, match="certificate"):
            bus.fetch(offer, town.endpoint(proxy.origin))
        assert proxy.seen == []


def test_only_newer_ones_are_offered_and_to_machines_of_that_kind_alone(
    town: Town, bus: Bus
) -> None:
    offer, told = offered(town, bus), bus.tells()
    replace = msgspec.structs.replace
    for running in (OFFERED, "1.2"):
        assert town.ask(replace(told, running=running)) is None
    assert town.ask(replace(told, compatible="radhaus-arm64")) is None
    assert town.ask(None) is None, "a checkout or a package"
    record = record_of(bus.root)
    known_as_newer = fetch_update(offer, "1.2", record, bus.folder, town.endpoint())
    assert known_as_newer is False, "the box decides too"
    with pytest.raises(NotFetched, match="is none"):
        bus.fetch(replace(offer, version="../1.9"), town.endpoint())


def test_a_bundle_goes_to_the_boxes_that_are_named_or_to_a_share(town: Town, bus: Bus) -> None:
    told = bus.tells()
    assert town.offer("--box", "Bus 2").exit_code == 0
    assert town.ask(told) is None
    mine, unknown = f"Bearer {town.token}", f"/upload/updates/{'0' * 64}"
    assert town.server.ask("GET", unknown, Authorization=mine).status == 404
    listed = json.loads(town.office("list", "--json").output)["offers"]
    assert [each["boxes"] for each in listed] == [["rh-2"]]
    path = f"/upload/updates/{listed[0]['sha256']}"
    assert town.server.ask("GET", path, Authorization=mine).status == 404
    assert town.server.ask("GET", path, Authorization=f"Bearer {'0' * 64}").status == 401
    assert town.offer("--share", "100").exit_code == 0
    offer = town.ask(told)
    assert offer
    behind = f"bytes={offer.size}-"
    beyond = town.server.ask("GET", path, Range=behind, Authorization=mine)
    assert beyond.status == 416
    assert town.office("withdraw", OFFERED).exit_code == 0
    assert town.ask(told) is None
    with pytest.raises(ExportError, match="not offered any more"):
        bus.fetch(offer, town.endpoint())
    assert "none is offered" in town.office("withdraw", OFFERED).output


def test_the_office_offers_only_what_a_trusted_key_has_signed(
    town: Town, tmp_path: Path, bus: Bus
) -> None:
    strange = new_keys(tmp_path / "strange-keys")
    forged = signed_bundle(tmp_path / "forged", "9.9", strange, BUNDLE_BYTES, 1)
    done = town.offer(bundle=forged)
    assert done.exit_code == 1
    assert "RAUC refused" in done.output
    assert town.ask(bus.tells()) is None


def test_the_page_says_what_each_box_has_and_fetches(town: Town, bus: Bus) -> None:
    offer = offered(town, bus)
    bus.folder.part(offer).write_bytes(b"x" * (offer.size // 2))
    with pytest.raises(NotFetched):
        bus.fetch(offer, town.endpoint(), free_bytes=0)
    percent = bus.tells().percent
    assert percent in {49, 50}
    town.ask(bus.tells())
    assert f"Abbild {RUNNING}; {OFFERED} wird geladen ({percent} %)" in town.page()


def test_root_takes_nothing_that_its_owner_could_still_change(tmp_path: Path) -> None:
    fetched, incoming = tmp_path / "fetched", tmp_path / "incoming"
    fetched.mkdir()
    secret = tmp_path / "secret"
    secret.write_text("of root")
    (fetched / "radhaus-1.raucb").symlink_to(secret)
    (fetched / "radhaus-2.raucb").hardlink_to(secret)
    (fetched / "radhaus-3.raucb").write_text("whole")
    adopt_fetched(fetched, incoming)
    assert [path.name for path in incoming.iterdir()] == ["radhaus-3.raucb"]
    assert list(fetched.iterdir()) == []
    assert secret.read_text() == "of root"
