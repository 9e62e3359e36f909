"""The [network] section: what cannot be meant so, and what can."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, NetworkSettings
from kiosk.settings.config.network import HotspotNetwork, StaffNetwork, VisitorsNetwork
from kiosk.settings.config.validation import config_faults

if TYPE_CHECKING:
    from pathlib import Path

STAFF = StaffNetwork("wifi", "BuS-Team")
HOTSPOT = HotspotNetwork("wifiusb", "Diensthandy 3")


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (NetworkSettings(staff=StaffNetwork("wifi")), "staff.ssid: is missing"),
        (NetworkSettings(hotspot=HotspotNetwork(ssid="x")), "hotspot.radio: is missing"),
        (NetworkSettings(staff=StaffNetwork("wifi", "ü" * 17)), "staff.ssid: has at most 32 bytes"),
        (NetworkSettings(staff=StaffNetwork("wifi", "a\nb")), "no control characters"),
        (
            NetworkSettings(staff=StaffNetwork("wifi", "a", "secret")),
            "staff.password_file: must be a whole path",
        ),
        (NetworkSettings(visitors=VisitorsNetwork("wifi", external=True)), "take one of the two"),
        (
            NetworkSettings(visitors=VisitorsNetwork("wifiusb"), hotspot=HOTSPOT),
            "hotspot.radio: wifiusb is the access point of visitors already",
        ),
        (
            NetworkSettings(
                visitors=VisitorsNetwork("wifi"),
                staff=STAFF,
                hotspot=HotspotNetwork("wifi", "Diensthandy 3"),
            ),
            "plug a second radio",
        ),
    ],
)
def test_impossible_networks_are_reported(settings: NetworkSettings, sentence: str) -> None:
    (fault,) = config_faults(Config("town", network=settings))
    assert fault.startswith("network.")
    assert sentence in fault


def test_a_network_that_can_be_meant_so(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    network = NetworkSettings(
        "staff", "AT", 11, wpa3=True, visitors=VisitorsNetwork("wifi"), staff=STAFF, hotspot=HOTSPOT
    )
    path.write_text(config.to_toml(Config("town", network=network)))
    assert config.load_config(path).network == network


def test_all_faults_of_a_network_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        'profile = "town"\n[network]\ncable = "buss"\ncountry = "de"\nchannel = 36\n'
        '[network.visitors]\nradio = "a radio"\nssid = "x"\n'
    )
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    lines = "\n".join(told.value.lines())
    for line, sentence in (
        (3, 'network.cable: cannot be "buss"'),
        (4, "network.country: must be two capital letters"),
        (5, "network.channel: must be from 1 to 13, not 36"),
        (7, "network.visitors.radio: must be the name of a Wi-Fi card"),
        (8, "network.visitors.ssid: unknown key"),
    ):
        assert f"config.toml:{line}: {sentence}" in lines
