"""Whether phones on the bus's own network can open the pages of tickets, and how they join it."""

from __future__ import annotations

import re
from dataclasses import replace
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.settings.config.model import Config, ConsoleSettings

_USUAL_PORT: Final = {"http": 80, "https": 443}
THIS_MACHINE: Final = ("127.0.0.1", "localhost", "::1")
_SPECIAL: Final = re.compile(r'([\\;,:"])')


class Obstacle(NamedTuple):
    """Why a phone does not reach a page, and what to do about it."""

    cause: str
    remedy: str


def obstacles(console: ConsoleSettings, profile: Profile) -> list[Obstacle]:
    """All of them, as far as settings tell; a network of this machine alone is a trial's."""
    link = urlsplit(profile.bus_network)
    found = []
    if not profile.bus_wifi:
        cause = "the glass shows them no code, for the profile does not name the Wi-Fi"
        found.append(Obstacle(cause, "Name it in the profile: bus_wifi."))
    if link.hostname in THIS_MACHINE:
        return found
    if console.for_this_machine_only:
        remedy = 'Set in config.toml: host = "0.0.0.0" under [console].'
        found.append(Obstacle("the console answers this machine alone", remedy))
    asked = link.port or _USUAL_PORT.get(link.scheme)
    if link.scheme == "http" and asked != console.port:
        cause = f"the console listens at port {console.port}, not {asked}"
        remedy = "Make the ports the same, in bus_network of the profile and under [console]."
        found.append(Obstacle(cause, remedy))
    return found


def visitors_address(profile: Profile) -> IPv4Address | None:
    """Where phones look for the box; None for a name, and where the profile says nothing."""
    try:
        return IPv4Address(urlsplit(profile.bus_network).hostname or "")
    except ValueError:
        return None


def leads_nowhere(settings: Config, profile: Profile) -> bool:
    """Whether the profile names an address in numbers, in a network that nobody makes.

    A name is believed, a trial of this machine alone too, and whoever lets phones draw numbers.
    """
    asked = visitors_address(profile)
    if asked is None or asked.is_loopback or settings.console.for_this_machine_only:
        return False
    return not settings.network.visitors.is_there and not profile.numbers_by_phone


def as_reached(settings: Config, profile: Profile) -> Profile:
    """Without the address of a network that nobody makes: no slip and no glass leads there."""
    return replace(profile, bus_network="") if leads_nowhere(settings, profile) else profile


def can_open_pages(console: ConsoleSettings, profile: Profile) -> bool:
    """Whether a phone that reads a code of the glass finds the page behind it."""
    return bool(profile.bus_network) and not obstacles(console, profile)


def draw_url(profile: Profile) -> str:
    """The address at which phones draw a number, where the profile lets them."""
    return f"{profile.bus_network}/n"


def wifi_code(profile: Profile) -> str:
    """What a QR code says so that a phone joins the bus's network, as phones read it."""
    name = _SPECIAL.sub(r"\\\1", profile.bus_wifi)
    password = _SPECIAL.sub(r"\\\1", profile.bus_wifi_password)
    kind = f"T:WPA;S:{name};P:{password}" if password else f"T:nopass;S:{name}"
    return f"WIFI:{kind};;"
