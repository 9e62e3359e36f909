"""What the doctor says of the port, with real servers on it, and of the way of phones there."""

import re
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace

from kiosk.devices.finding import Finding, Result
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.network import logins, phones, port, wifi
from kiosk.operate.doctor.own_addresses import own_addresses
from kiosk.service.access import MANY_WRONG_PINS, WrongPin, try_pin
from kiosk.settings.config import Config, ConsoleSettings, NetworkSettings, to_toml
from kiosk.settings.config.network import HotspotNetwork, StaffNetwork, VisitorsNetwork
from kiosk.store.database import Database
from kiosk.system import clock
from kiosk.system.paths import ASSETS
from tests.ports import free_port

EXTERNAL = NetworkSettings(visitors=VisitorsNetwork(external=True))


def found_at(host: Host, number: int, address: str = "0.0.0.0") -> Finding:  # noqa: S104
    settings = Config("gelsenkirchen", console=ConsoleSettings(address, number))
    host.paths.config.write_text(to_toml(settings))
    return port(host)


@contextmanager
def answering(body: bytes) -> Iterator[int]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_a_free_port(host: Host) -> None:
    assert found_at(host, free_port()).result is Result.OK


@pytest.mark.parametrize("body", [b"<h1>A router</h1>", b'{"status": "up"}', b""])
def test_a_port_that_another_program_has(host: Host, body: bytes) -> None:
    with answering(body) as number:
        found = found_at(host, number)
    assert (found.result, "another program" in found.cause) == (Result.FAILURE, True)


def test_our_console_says_how_it_is(host: Host) -> None:
    with answering(b'{"ok": true, "checks": [{"name": "disk", "ok": true, "message": "-"}]}') as n:
        assert found_at(host, n).result is Result.OK
    with answering(b'{"ok": false, "checks": [{"ok": false, "message": "No disk."}]}') as n:
        assert found_at(host, n).cause == "The console runs, but: No disk."


@pytest.mark.parametrize(
    ("address", "console", "result", "said"),
    [
        ("", ConsoleSettings(), Result.OK, "number alone"),
        ("http://10.42.0.1:8080", ConsoleSettings("0.0.0.0"), Result.OK, "10.42.0.1"),  # noqa: S104
        ("http://10.42.0.1:8080", ConsoleSettings(), Result.WARNING, "this machine alone"),
        ("http://10.42.0.1", ConsoleSettings("0.0.0.0"), Result.WARNING, "8080, not 80"),  # noqa: S104
        (
            "http://10.42.0.1:8080",
            ConsoleSettings(port=8184),
            Result.WARNING,
            "alone, and the console",
        ),
        (
            "http://10.42.0.1:8080",
            ConsoleSettings(port=8184),
            Result.WARNING,
            "port 8184, not 8080",
        ),
        ("https://bus.example", ConsoleSettings("0.0.0.0"), Result.OK, "bus.example"),  # noqa: S104
    ],
)
def test_whether_the_slip_leads_a_phone_to_the_box(
    host: Host, address: str, console: ConsoleSettings, result: Result, said: str
) -> None:
    shipped = (ASSETS / "profiles" / "gelsenkirchen.toml").read_text()
    profile = host.paths.data / "own.toml"
    line = f'bus_network = "{address}"' if address else ""
    profile.write_text(re.sub("^bus_network.*$", line, shipped, flags=re.MULTILINE))
    host.paths.config.write_text(to_toml(Config(str(profile), console=console, network=EXTERNAL)))
    found = phones(host)
    assert (found.result, said in found.cause) == (result, True)
    assert bool(found.remedy) == (result is not Result.OK)


ROUTES = """\
Local:
     +-- 10.42.0.0/24 2 0 2
        |-- 10.42.0.0
           /24 link UNICAST
        |-- {}
           /32 host LOCAL
        |-- 10.42.0.255
           /32 link BROADCAST
"""


def _has_address(host: Host, address: str) -> None:
    file = host.root / "proc/self/net/fib_trie"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(ROUTES.format(address))


def test_phones_are_not_led_to_an_address_that_the_box_does_not_have(host: Host) -> None:
    console = ConsoleSettings("0.0.0.0")  # noqa: S104
    settings = Config("gelsenkirchen", console=console, network=EXTERNAL)
    host.paths.config.write_text(to_toml(settings))
    for other in ("10.42.0.7", "10.42.0.11", "110.42.0.1"):
        _has_address(host, other)
        found = phones(host)
        assert (found.result, "does not have" in found.cause) == (Result.WARNING, True), other
        assert "[network.visitors]" in found.remedy
    _has_address(host, "10.42.0.1")
    assert phones(host).result is Result.OK
    _has_address(host, "10.42.0.7")
    made = replace(settings, network=NetworkSettings(visitors=VisitorsNetwork("wifi")))
    host.paths.config.write_text(to_toml(made))
    assert phones(host).result is Result.OK
    host.paths.config.write_text(to_toml(replace(settings, network=NetworkSettings())))
    found = phones(host)
    assert (found.result, "number alone" in found.cause) == (Result.OK, True)


def test_the_kernel_tells_the_addresses_of_this_machine() -> None:
    own = own_addresses(Path("/"))
    assert own
    assert IPv4Address("127.0.0.1") in own
    assert own.isdisjoint({IPv4Address("127.0.0.0"), IPv4Address("127.255.255.255")})


def test_without_the_name_of_the_wifi_the_glass_shows_phones_no_code(host: Host) -> None:
    shipped = (ASSETS / "profiles" / "gelsenkirchen.toml").read_text()
    profile = host.paths.data / "own.toml"
    profile.write_text(re.sub("^bus_wifi.*$", "", shipped, flags=re.MULTILINE))
    console = ConsoleSettings("0.0.0.0")  # noqa: S104
    host.paths.config.write_text(to_toml(Config(str(profile), console=console, network=EXTERNAL)))
    found = phones(host)
    assert (found.result, "shows them no code" in found.cause) == (Result.WARNING, True)


@pytest.mark.parametrize(
    ("password", "result", "said"),
    [("", Result.WARNING, "no password"), ("geheim-1234", Result.OK, "10.42.0.1:8080/n")],
)
def test_numbers_from_phones_need_a_wifi_that_nobody_reads_along(
    host: Host, password: str, result: Result, said: str
) -> None:
    shipped = (ASSETS / "profiles" / "gelsenkirchen.toml").read_text()
    profile = host.paths.data / "own.toml"
    line = f'bus_wifi_password = "{password}"\n' if password else ""
    profile.write_text(f"numbers_by_phone = true\n{line}{shipped}")
    console = ConsoleSettings("0.0.0.0")  # noqa: S104
    host.paths.config.write_text(to_toml(Config(str(profile), console=console)))
    found = phones(host)
    assert (found.result, said in found.cause) == (result, True)


def test_wrong_pins_of_strangers_are_a_warning(host: Host) -> None:
    assert logins(host).result is Result.OK
    with closing(Database.open(host.paths.database)) as database:
        for n in range(MANY_WRONG_PINS):
            with pytest.raises(WrongPin):
                try_pin(database, "not-it", f"10.0.0.{n}", clock.now(trust_always=True))
    found = logins(host)
    assert found.result is Result.WARNING
    assert f"{MANY_WRONG_PINS} wrong PINs" in found.cause


def _with_access_points(host: Host) -> Host:
    staff = StaffNetwork("wifi", "BuS-Team")
    network = NetworkSettings(visitors=VisitorsNetwork("wifi"), staff=staff)
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", network=network)))
    return host


def _link(host: Host, name: str, state: str) -> None:
    file = host.root / f"sys/class/net/{name}/operstate"
    file.parent.mkdir(parents=True)
    file.write_text(f"{state}\n")


def test_access_points_that_are_on_the_air_and_one_that_the_radio_does_not_carry(
    host: Host,
) -> None:
    assert wifi(host) == Finding(Result.OK, "No Wi-Fi of the box's own.", "")
    found = wifi(_with_access_points(host))
    assert found.result is Result.FAILURE
    assert "'BuS-Bus' (wifi) and 'BuS-Team' (wifistaff)" in found.cause
    _link(host, "wifi", "up")
    found = wifi(host)
    assert (found.result, "BuS-Bus" in found.cause) == (Result.FAILURE, False)
    assert "radhaus-access-point@wifi" in found.remedy
    _link(host, "wifistaff", "up")
    assert wifi(host).result is Result.OK


def test_a_hotspot_that_is_out_of_reach_is_no_fault(host: Host) -> None:
    network = NetworkSettings(hotspot=HotspotNetwork("wifiusb", "Diensthandy 3"))
    host.paths.config.write_text(to_toml(Config("gelsenkirchen", network=network)))
    _link(host, "wifiusb", "dormant")
    found = wifi(host)
    assert (found.result, "out of reach" in found.cause) == (Result.OK, True)


def test_a_profile_without_a_name_for_the_wifi(host: Host) -> None:
    shipped = (ASSETS / "profiles/gelsenkirchen.toml").read_text()
    profile = host.paths.data / "profile.toml"
    profile.write_text(re.sub("^bus_wifi.*$", "", shipped, flags=re.MULTILINE))
    _with_access_points(host)
    text = host.paths.config.read_text().replace('"gelsenkirchen"', f'"{profile}"')
    host.paths.config.write_text(text)
    found = wifi(host)
    assert (found.result, "bus_wifi is missing" in found.cause) == (Result.FAILURE, True)
