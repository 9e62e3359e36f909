"""Who reaches what on a bus: console and rules of the appliance in namespaces of the kernel."""

from __future__ import annotations

import sys
from itertools import permutations, product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.network.files import FOLDER, write_network
from kiosk.settings.config import Config, ConsoleSettings, NetworkSettings
from kiosk.settings.config.network import (
    STAFF_PASSWORD_FILE,
    HotspotNetwork,
    StaffNetwork,
    VisitorsNetwork,
)
from kiosk.system.paths import Paths
from tests.operate.network.namespaces import ADDRESSES, BOX, built_bus, reason_to_skip
from tests.waiting import eventually

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.profile import Profile
    from tests.operate.network.namespaces import Bus

SKIP = reason_to_skip()
pytestmark = pytest.mark.skipif(bool(SKIP), reason=SKIP)
RULES = Path(__file__).parents[3] / "image/root/etc/nftables.conf"
PAGES, STAFF_PAGES, NAMES, DNS = 8080, 8443, 5353, 53
EVERY = (PAGES, STAFF_PAGES, NAMES, DNS, 22, 80, 443, 5432, 8000)
SETTINGS = Config(
    "town",
    console=ConsoleSettings(host="0.0.0.0"),  # noqa: S104 - as on a bus
    network=NetworkSettings(
        visitors=VisitorsNetwork("wifi"),
        staff=StaffNetwork("wifi", "Team"),
        hotspot=HotspotNetwork("wifiusb", "Handy"),
    ),
)
KIOSK = (sys.executable, "-m", "kiosk")
ASK = """
import ssl, sys, urllib.request
context = ssl.create_default_context(cafile=sys.argv[2] if len(sys.argv) > 2 else None)
with urllib.request.urlopen(sys.argv[1], timeout=60, context=context) as answer:
    print(answer.status, answer.url)
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def bare_bus(data: Path) -> Iterator[Bus]:
    with built_bus() as bus:
        bus.run("box", *KIOSK, "init", "--bus", "--profile", "gelsenkirchen", "--data", data)
        bus.start("box", *KIOSK, "console", "--data", data)
        bus.listen("box", *(port for port in EVERY if port not in {PAGES, STAFF_PAGES}))
        for who in ADDRESSES:
            bus.listen(who, PAGES)
        pages = f"tcp/127.0.0.1/{PAGES}"
        eventually(lambda: bus.probe({"box": [pages]}) == {("box", pages): "answered"})
        yield bus


@pytest.fixture
def elements(tmp_path: Path, town: Profile) -> Path:
    password = tmp_path / STAFF_PASSWORD_FILE[1:]
    password.parent.mkdir(parents=True)
    password.write_text("geheim im Bus")
    write_network(tmp_path, SETTINGS, town)
    return tmp_path / FOLDER[1:] / "interfaces.nft"


@pytest.fixture
def bus(bare_bus: Bus, elements: Path) -> Iterator[Bus]:
    """With the firewall as the appliance loads it."""
    bare_bus.run("box", "nft", "--file", RULES)
    bare_bus.run("box", "nft", "--file", elements)
    yield bare_bus
    bare_bus.run("box", "nft", "flush", "ruleset")


def _answered(bus: Bus, *asking: str) -> dict[str, set[str]]:
    """Of all ports at all addresses of the box, TCP and UDP: those that answer each of them."""
    targets = ["/".join(each) for each in product(("tcp", "udp"), BOX.values(), map(str, EVERY))]
    told = bus.probe(dict.fromkeys(asking, targets))
    assert len(told) == len(asking) * len(targets)
    return {
        who: {target for target in targets if told[who, target] == "answered"} for who in asking
    }


def test_each_reaches_what_is_theirs_by_whichever_address_and_nothing_else(bus: Bus) -> None:
    pages = {f"tcp/{address}/{PAGES}" for address in BOX.values()}
    staff_pages = {f"tcp/{address}/{STAFF_PAGES}" for address in BOX.values()}
    names = {f"udp/{BOX['wifistaff']}/{NAMES}"}  # UDP answers from its own address alone
    assert _answered(bus, "visitor", "laptop", "hotspot") == {
        "visitor": pages,
        "laptop": pages | staff_pages | names,
        "hotspot": set(),
    }


def test_a_visitor_has_the_page_and_staff_a_console_without_a_warning(bus: Bus, data: Path) -> None:
    told = bus.run("visitor", sys.executable, "-c", ASK, f"http://{BOX['wifi']}:{PAGES}/display")
    assert told.startswith("200 ")
    page = f"https://{BOX['wifistaff']}:{STAFF_PAGES}/staff"
    authority = Paths(data).authority_certificate
    assert bus.run("laptop", sys.executable, "-c", ASK, page, authority).startswith("200 ")


def test_a_phone_learns_at_once_that_there_are_no_names_and_a_stranger_nothing(bus: Bus) -> None:
    names = f"udp/{BOX['wifi']}/{DNS}"
    pages = f"tcp/{BOX['wifiusb']}/{PAGES}"
    assert bus.probe({"visitor": [names], "hotspot": [pages]}) == {
        ("visitor", names): "refused",
        ("hotspot", pages): "silent",
    }


def test_the_box_finds_its_way_out_and_no_other_way_leads_through_it(bus: Bus) -> None:
    """The kernel would forward, and everybody knows the way: the firewall alone is between them."""
    for one, another in permutations(ADDRESSES, 2):
        bus.run(one, "ip", "route", "replace", ADDRESSES[another], "via", _box_of(one))
    pages = {who: f"tcp/{address}/{PAGES}" for who, address in ADDRESSES.items()}
    asked = {who: [page for other, page in pages.items() if other != who] for who in pages}
    assert set(bus.probe(asked).values()) == {"silent"}
    assert bus.probe({"box": [pages["hotspot"]]}) == {("box", pages["hotspot"]): "answered"}
    bus.run("box", "nft", "flush", "ruleset")
    assert set(bus.probe(asked).values()) == {"answered"}


def _box_of(who: str) -> str:
    return BOX[{"laptop": "wifistaff", "hotspot": "wifiusb"}.get(who, "wifi")]


def test_before_the_settings_are_read_nobody_is_answered(bare_bus: Bus) -> None:
    bare_bus.run("box", "nft", "--file", RULES)
    answered = _answered(bare_bus, "visitor", "laptop", "hotspot")
    bare_bus.run("box", "nft", "flush", "ruleset")
    assert [*answered.values()] == [set(), set(), set()]


def test_settings_that_are_read_again_take_the_place_of_the_last(bus: Bus, elements: Path) -> None:
    elements.write_text(elements.read_text().replace("wifistaff", "elsewhere"))
    bus.run("box", "nft", "--file", elements)
    laptop, visitor = f"tcp/{BOX['wifistaff']}/{PAGES}", f"tcp/{BOX['wifi']}/{PAGES}"
    assert bus.probe({"laptop": [laptop], "visitor": [visitor]}) == {
        ("laptop", laptop): "silent",
        ("visitor", visitor): "answered",
    }
