"""What the files of the engines mean, and what is left out."""

from __future__ import annotations

from configparser import ConfigParser
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kiosk.operate.network.files import FOLDER, write_network
from kiosk.settings.config import Config, NetworkSettings, bus_config
from kiosk.settings.config.network import (
    HOTSPOT_PASSWORD_FILE,
    STAFF_PASSWORD_FILE,
    HotspotNetwork,
    StaffNetwork,
    VisitorsNetwork,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kiosk.domain.profile import Profile

VISITORS = VisitorsNetwork("wifi")
STAFF = StaffNetwork("wifi", "BuS-Team #1")
HOTSPOT = HotspotNetwork("wifiusb", 'Annas "Handy" ü')


def _config(**network: object) -> Config:
    settings = NetworkSettings(**network)  # type: ignore[arg-type]
    return Config("town", console=bus_config("town").console, network=settings)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for file, secret in ((STAFF_PASSWORD_FILE, "team: #1 \\x"), (HOTSPOT_PASSWORD_FILE, "p" * 63)):
        path = tmp_path / file[1:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{secret}\n")
    return tmp_path


def _networkd(root: Path, name: str) -> dict[str, dict[str, str]]:
    parser = ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string((root / f"run/systemd/network/30-radhaus-{name}.network").read_text())
    return {section: dict(parser[section]) for section in parser.sections()}


def _hostapd(root: Path, radio: str) -> list[dict[str, str]]:
    """What is said of each access point of the radio, the first with what is said of all."""
    points: list[dict[str, str]] = []
    for line in (root / f"{FOLDER[1:]}/hostapd-{radio}.conf").read_text().splitlines():
        key, _, value = line.partition("=")
        if key in {"interface", "bss"}:
            points.append({})
        if line:
            points[-1][key] = value
    return points


def test_a_box_of_which_nothing_is_said_has_a_cable_as_ever(root: Path, town: Profile) -> None:
    assert write_network(root, _config(), town) == []
    assert not [*root.glob("run/systemd/network/*")], "image/root has it"
    assert [path.name for path in (root / FOLDER[1:]).iterdir()] == ["interfaces.nft"]
    elements = (root / FOLDER[1:] / "interfaces.nft").read_text()
    assert 'add element inet radhaus bus { "en*", "eth*", "usb*" }' in elements
    assert "add element inet radhaus visitors" not in elements


def test_visitors_get_addresses_from_the_address_that_their_slips_name(
    root: Path, town: Profile
) -> None:
    town = replace(town, bus_network="http://192.168.7.1:8080")
    assert write_network(root, _config(visitors=VISITORS), town) == []
    wifi = _networkd(root, "wifi")
    assert wifi["Match"] == {"Name": "wifi"}
    assert wifi["Network"]["Address"] == "192.168.7.1/24"
    assert (wifi["Network"]["DHCPServer"], wifi["Network"]["IPv6AcceptRA"]) == ("yes", "no")
    assert wifi["DHCPServer"]["EmitRouter"] == wifi["DHCPServer"]["EmitDNS"] == "yes"
    (point,) = _hostapd(root, "wifi")
    assert bytes.fromhex(point["ssid2"]).decode() == "Stadtbus"
    assert point["ap_isolate"] == "1", "phones do not see each other"
    assert (point["country_code"], point["channel"]) == ("DE", "6")
    assert "wpa" not in point, "without a password in the profile it is open"


def test_one_radio_carries_visitors_and_staff_each_with_a_password(
    root: Path, town: Profile
) -> None:
    town = replace(town, bus_wifi_password="im Bus 8")
    settings = _config(visitors=VISITORS, staff=STAFF, wpa3=True)
    assert write_network(root, settings, town) == []
    visitors, staff = _hostapd(root, "wifi")
    assert (visitors["interface"], staff["bss"]) == ("wifi", "wifistaff")
    assert visitors["wpa_passphrase"] == "im Bus 8"
    assert staff["wpa_passphrase"] == "team: #1 \\x"
    assert bytes.fromhex(staff["ssid2"]).decode() == "BuS-Team #1"
    for point in (visitors, staff):
        assert (point["wpa"], point["rsn_pairwise"]) == ("2", "CCMP")
        assert point["wpa_key_mgmt"] == "WPA-PSK SAE"
        assert point["ieee80211w"] == "1", "WPA3 asks for it, WPA2 may do without"
    networks = [_networkd(root, name)["Network"]["Address"] for name in ("wifi", "wifistaff")]
    assert len(set(networks)) == 2
    assert _networkd(root, "wifistaff")["DHCPServer"]["EmitRouter"] == "no"


def test_the_hotspot_is_a_way_out_and_no_access_point(root: Path, town: Profile) -> None:
    assert write_network(root, _config(hotspot=HOTSPOT), town) == []
    text = (root / FOLDER[1:] / "wpa_supplicant-wifiusb.conf").read_text()
    assert f"ssid={HOTSPOT.ssid.encode().hex()}\n" in text
    assert f'psk="{"p" * 63}"' in text
    assert _networkd(root, "wifiusb")["Network"]["DHCP"] == "yes"
    assert "wifiusb" not in (root / FOLDER[1:] / "interfaces.nft").read_text(), "nobody is let in"
    assert not [*(root / FOLDER[1:]).glob("hostapd-*")]


@pytest.mark.parametrize("cable", ["staff", "uplink"])
def test_a_cable_of_another_kind_goes_before_the_usual_one(
    root: Path, town: Profile, cable: str
) -> None:
    write_network(root, _config(cable=cable), town)
    network = _networkd(root, "en")["Network"]
    assert network.get("DHCPServer") == ("yes" if cable == "staff" else None)
    assert network.get("DHCP") == ("yes" if cable == "uplink" else None)
    elements = (root / FOLDER[1:] / "interfaces.nft").read_text()
    assert ('staff { "en*"' in elements) == (cable == "staff")
    assert "bus {" not in elements


def test_passwords_are_root_s_alone_and_what_was_before_is_gone(root: Path, town: Profile) -> None:
    write_network(root, _config(visitors=VISITORS, staff=STAFF, hotspot=HOTSPOT), town)
    secrets = [*(root / FOLDER[1:]).glob("*.conf")]
    assert len(secrets) == 2
    assert {path.stat().st_mode & 0o777 for path in secrets} == {0o600}
    assert (root / FOLDER[1:]).stat().st_mode & 0o777 == 0o700
    for path in (root / "run/systemd/network").iterdir():
        assert path.stat().st_mode & 0o004, "networkd reads as a user of its own"
        assert "p" * 63 not in path.read_text()
    write_network(root, _config(), town)
    assert [path.name for path in root.glob("run/*/*") if path.is_file()] == ["interfaces.nft"]


@pytest.mark.parametrize(
    ("lacking", "fault"),
    [
        ({"bus_wifi": ""}, "bus_wifi is missing"),
        ({"bus_wifi": "BuS-Team #1"}, "bus_wifi is BuS-Team #1, as that of staff"),
        ({"bus_network": "http://bus.local:8080"}, "must be the address in numbers"),
        ({"bus_network": ""}, "must be the address in numbers"),
        ({"bus_network": "http://8.8.8.8:8080"}, "must be the address in numbers"),
        ({"bus_network": "http://10.42.2.9:8080"}, "lies in the network of staff"),
    ],
)
def test_what_the_profile_lacks_is_told_and_the_others_stay(
    root: Path, town: Profile, lacking: dict[str, str], fault: str
) -> None:
    settings = _config(visitors=VISITORS, staff=STAFF)
    (told,) = write_network(root, settings, replace(town, **lacking))  # type: ignore[arg-type]
    assert told.startswith("town: ")
    assert fault in told
    (staff,) = _hostapd(root, "wifi")
    assert staff["interface"] == "wifi", "alone at the radio"


@pytest.mark.parametrize(
    "password", [None, "short", 'with "quote"', "x" * 64, " blank123", "ümlaut1234"]
)
def test_a_password_that_is_none_is_told_and_the_others_stay(
    root: Path, town: Profile, password: str | None
) -> None:
    file = root / STAFF_PASSWORD_FILE[1:]
    file.unlink()
    if password is not None:
        file.write_text(password)
    (told,) = write_network(root, _config(visitors=VISITORS, staff=STAFF), town)
    assert STAFF_PASSWORD_FILE in told
    assert password is None or password not in told
    (point,) = _hostapd(root, "wifi")
    assert bytes.fromhex(point["ssid2"]).decode() == "Stadtbus"
