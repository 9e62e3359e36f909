"""Interfaces of the box by `[network]` and the profile: what for, and at which address."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from ipaddress import IPv4Interface
from typing import TYPE_CHECKING, Final

from kiosk.settings.phone_pages import visitors_address

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.settings.config.network import HotspotNetwork, NetworkSettings, StaffNetwork

CABLES: Final = ("en*", "eth*", "usb*")
"""What Linux calls them; a phone that is plugged is one, too."""
STAFF_CABLE: Final = IPv4Interface("10.42.1.1/24")
STAFF_WIFI: Final = IPv4Interface("10.42.2.1/24")
SECOND_ACCESS_POINT: Final = "wifistaff"
"""The interface of staff at a radio that is the visitors' already."""
_VISITORS_PREFIX: Final = 24


class Role(Enum):
    """Who is at an interface. `BUS` is a network that is shared, behind a router of its own."""

    VISITORS = "visitors"
    STAFF = "staff"
    BUS = "bus"
    UPLINK = "uplink"


@dataclass(frozen=True, slots=True)
class Interface:
    """`name` may end with *, and stands for several; without an address the box asks for one."""

    name: str
    role: Role
    address: IPv4Interface | None = None


@dataclass(frozen=True, slots=True)
class Wireless(Interface):
    """At a radio; with `password_file` or `password`, else open to everybody."""

    radio: str = ""
    ssid: str = ""
    password: str = ""
    password_file: str = ""

    @property
    def is_access_point(self) -> bool:
        return self.role is not Role.UPLINK


@dataclass(frozen=True, slots=True)
class InterfacePlan:
    """`faults` says what the profile lacks for what `[network]` asks; that is left out."""

    interfaces: tuple[Interface, ...]
    faults: tuple[str, ...] = ()

    @property
    def wireless(self) -> tuple[Wireless, ...]:
        return tuple(each for each in self.interfaces if isinstance(each, Wireless))


def plan_interfaces(settings: NetworkSettings, profile: Profile) -> InterfacePlan:
    """All of them."""
    found, faults = _cables(settings), []
    if settings.visitors.radio:
        faults = _faults_of_profile(profile, settings.staff.ssid)
        if not faults:
            found.append(_visitors(settings.visitors.radio, profile))
    if settings.staff.radio:
        shared = settings.staff.radio == settings.visitors.radio and not faults
        name = SECOND_ACCESS_POINT if shared else settings.staff.radio
        found.append(_with_password(name, Role.STAFF, STAFF_WIFI, settings.staff))
    if settings.hotspot.radio:
        found.append(_with_password(settings.hotspot.radio, Role.UPLINK, None, settings.hotspot))
    return InterfacePlan(tuple(found), tuple(faults))


def _cables(settings: NetworkSettings) -> list[Interface]:
    role = Role(settings.cable)
    address = STAFF_CABLE if role is Role.STAFF else None
    return [Interface(name, role, address) for name in CABLES]


def _with_password(
    name: str, role: Role, address: IPv4Interface | None, network: StaffNetwork | HotspotNetwork
) -> Wireless:
    return Wireless(
        name,
        role,
        address,
        radio=network.radio,
        ssid=network.ssid,
        password_file=network.password_file,
    )


def _visitors(radio: str, profile: Profile) -> Wireless:
    address = IPv4Interface(f"{visitors_address(profile)}/{_VISITORS_PREFIX}")
    return Wireless(
        radio,
        Role.VISITORS,
        address,
        radio=radio,
        ssid=profile.bus_wifi,
        password=profile.bus_wifi_password,
    )


def _faults_of_profile(profile: Profile, staff_ssid: str) -> list[str]:
    """Without a full stop."""
    faults = []
    if not profile.bus_wifi:
        faults.append("bus_wifi is missing: what the visitors' Wi-Fi is called")
    elif profile.bus_wifi == staff_ssid:
        faults.append(f"bus_wifi is {staff_ssid}, as that of staff")
    address = visitors_address(profile)
    if address is None or not address.is_private or address.is_loopback:
        faults.append(
            "bus_network must be the address in numbers that the box has for visitors, such as"
            " http://10.42.0.1:8080"
        )
    elif any(address in staff.network for staff in (STAFF_CABLE, STAFF_WIFI)):
        faults.append(f"bus_network: {address} lies in the network of staff")
    return faults
