"""Addresses of the staff pages that hold whoever asks, for what is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.operate.network.interfaces import Role, plan_interfaces
from kiosk.system.box_authority import names_of_box

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.settings.config import ConsoleSettings
    from kiosk.settings.config.network import NetworkSettings


def staff_urls(
    console: ConsoleSettings, network: NetworkSettings, profile: Profile
) -> tuple[str, ...]:
    """In the networks that `[network]` makes for staff: cable first, then Wi-Fi."""
    if console.for_this_machine_only:
        return ()
    found = plan_interfaces(network, profile).interfaces
    hosts = [str(each.address.ip) for each in found if each.role is Role.STAFF and each.address]
    return tuple(_url(console, host) for host in dict.fromkeys(hosts))


def staff_url_by_name(console: ConsoleSettings) -> str:
    """By the operator's name for the box, or the machine's; empty where no laptop reaches it."""
    name = next(iter(console.names), names_of_box()[1])
    unnamed = name == "localhost.local"
    return "" if unnamed or console.for_this_machine_only else _url(console, name)


def _url(console: ConsoleSettings, host: str) -> str:
    scheme, port = ("https", console.tls_port) if console.serves_tls else ("http", console.port)
    return f"{scheme}://{host}:{port}/staff"
