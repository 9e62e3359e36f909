"""Files of the network below a root folder, each for its engine."""

from __future__ import annotations

import os
import re
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kiosk.operate.network.interfaces import InterfacePlan, Role, plan_interfaces
from kiosk.operate.network.networkd import network_file
from kiosk.operate.network.wireless import hostapd_file, wpa_supplicant_file
from kiosk.operate.provisioning.steps import File, under_root
from kiosk.settings.config.network import WIFI_PASSWORD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kiosk.domain.profile import Profile
    from kiosk.operate.network.interfaces import Wireless
    from kiosk.settings.config import Config, ConsoleSettings
    from kiosk.settings.config.network import NetworkSettings

FOLDER: Final = "/run/radhaus-network"
_NETWORKD: Final = "/run/systemd/network"
_PREFIX: Final = "30-radhaus-"
_SECRET: Final = 0o600


def write_network(root: Path, settings: Config, profile: Profile) -> list[str]:
    """Write what can be; why something is left out, one sentence each, without a full stop."""
    plan = plan_interfaces(settings.network, profile)
    passwords, faults = _passwords(root, plan)
    stale = under_root(root, _NETWORKD).glob(f"{_PREFIX}*.network")
    for path in (*stale, *under_root(root, FOLDER).glob("*")):
        path.unlink()
    os.umask(0o022)  # networkd reads as a user of its own
    under_root(root, FOLDER).mkdir(mode=0o700, parents=True, exist_ok=True)
    for file in _files(plan, passwords, settings):
        file.apply(root)
    return [*(f"{settings.profile}: {fault}" for fault in plan.faults), *faults]


def _files(
    plan: InterfacePlan, passwords: Mapping[Wireless, str], settings: Config
) -> Iterator[File]:
    for each in plan.interfaces:
        if each.role is not Role.BUS:  # image/root has that, for a box that is not set up too
            name = f"{_NETWORKD}/{_PREFIX}{each.name.rstrip('*')}.network"
            yield File(name, network_file(each).encode())
    elements = firewall_elements(plan, settings.console)
    yield File(f"{FOLDER}/interfaces.nft", elements.encode())
    yield from _wireless_files(passwords, settings.network)


def _wireless_files(passwords: Mapping[Wireless, str], settings: NetworkSettings) -> Iterator[File]:
    def radio(each: Wireless) -> tuple[str, bool]:
        return each.radio, each.name != each.radio

    points = sorted((each for each in passwords if each.is_access_point), key=radio)
    for name, group in groupby(points, key=lambda each: each.radio):
        text = hostapd_file([(each, passwords[each]) for each in group], settings)
        yield File(f"{FOLDER}/hostapd-{name}.conf", text.encode(), _SECRET)
    for each in passwords:
        if not each.is_access_point:
            text = wpa_supplicant_file(each, passwords[each], settings)
            yield File(f"{FOLDER}/wpa_supplicant-{each.radio}.conf", text.encode(), _SECRET)


def firewall_elements(plan: InterfacePlan, console: ConsoleSettings) -> str:
    """What image/root/etc/nftables.conf leaves open: who is where, and which ports pages have."""
    staff_ports = {console.port, *([console.tls_port] if console.serves_tls else [])}
    sets = {
        role.value: [f'"{each.name}"' for each in plan.interfaces if each.role is role]
        for role in (Role.VISITORS, Role.STAFF, Role.BUS)
    }
    sets["visitor_ports"] = [str(console.port)]
    sets["staff_ports"] = [str(port) for port in sorted(staff_ports)]
    return "".join(_elements(name, found) for name, found in sets.items())


def _elements(name: str, found: Iterable[str]) -> str:
    listed = ", ".join(found)
    add = f"add element inet radhaus {name} {{ {listed} }}\n" if listed else ""
    return f"flush set inet radhaus {name}\n{add}"


def _passwords(root: Path, plan: InterfacePlan) -> tuple[dict[Wireless, str], list[str]]:
    """Of each Wi-Fi that can be made; why others cannot."""
    found: dict[Wireless, str] = {}
    faults = []
    for each in plan.wireless:
        if not each.password_file:
            found[each] = each.password
            continue
        path = under_root(root, each.password_file)
        try:
            password = path.read_text(encoding="ascii").rstrip("\n")
        except (OSError, ValueError):
            faults.append(f"{path} has no password of the Wi-Fi {each.ssid!r}, and it is left out")
            continue
        if re.search(WIFI_PASSWORD, password):
            found[each] = password
        else:
            faults.append(f'{path}: is no password of a Wi-Fi: 8 to 63 signs of a keyboard, no "')
    return found, faults
