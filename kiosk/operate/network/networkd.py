"""systemd-networkd: the addresses of the box, and those that it gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.operate.network.interfaces import Role, Wireless

if TYPE_CHECKING:
    from ipaddress import IPv4Interface

    from kiosk.operate.network.interfaces import Interface

_LEASE: Final = {Role.VISITORS: "1h", Role.STAFF: "12h"}
"""Phones come and go, laptops stay for the day."""


def network_file(interface: Interface) -> str:
    """The .network file of an interface."""
    if interface.address is None:
        return _client(interface)
    return _server(interface, interface.address)


def _client(interface: Interface) -> str:
    """The way out. The machine's own identifier is a new one at each start."""
    return f"""\
[Match]
Name={interface.name}
Type={"wlan" if isinstance(interface, Wireless) else "ether"}

[Network]
DHCP=yes
LinkLocalAddressing=yes
MulticastDNS=no
LLMNR=no

[DHCPv4]
ClientIdentifier=mac
SendHostname=no
"""


def _server(interface: Interface, address: IPv4Interface) -> str:
    """Phones of visitors leave a network that names no router and no DNS; nothing answers there.

    Laptops of staff get neither, so that a way out of their own stays theirs.
    """
    visitors = interface.role is Role.VISITORS
    names = f"DNS={address.ip}\n" if visitors else ""
    return f"""\
[Match]
Name={interface.name}

[Network]
Address={address}
DHCPServer=yes
LinkLocalAddressing=no
IPv6AcceptRA=no
MulticastDNS={"no" if visitors else "yes"}
LLMNR=no

[DHCPServer]
DefaultLeaseTimeSec={_LEASE[interface.role]}
MaxLeaseTimeSec={_LEASE[interface.role]}
EmitRouter={"yes" if visitors else "no"}
EmitDNS={"yes" if visitors else "no"}
EmitNTP=no
EmitTimezone=no
{names}"""
