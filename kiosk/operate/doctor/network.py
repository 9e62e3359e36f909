"""Checks of the console's port, of its address on slips, of the box's Wi-Fi, and of logins."""

from __future__ import annotations

import http.client
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from kiosk.devices.finding import Finding, failure, not_looked_at, ok, warning
from kiosk.operate.doctor.own_addresses import own_addresses
from kiosk.operate.network.interfaces import plan_interfaces
from kiosk.service.access import MANY_WRONG_PINS, wrong_pins
from kiosk.settings import profiles
from kiosk.settings.phone_pages import draw_url, leads_nowhere, obstacles, visitors_address
from kiosk.store.database import Database
from kiosk.store.errors import StoreError
from kiosk.system import clock

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.operate.doctor.host import Host
    from kiosk.settings.config import NetworkSettings

_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound
_TIMEOUT_S = 3.0


class _Check(msgspec.Struct):
    ok: bool
    message: str


class _Health(msgspec.Struct):
    checks: list[_Check]


def port(host: Host) -> Finding:
    """Free, or answered by our own console, which then says how it is."""
    console = host.settings().console
    address = _ANY_ADDRESS.get(console.host, console.host)
    try:
        health = _health(address, console.port)
    except ConnectionRefusedError:
        return ok(f"Port {console.port} is free; the console does not run.")
    except (OSError, http.client.HTTPException, msgspec.MsgspecError):
        return failure(
            f"Port {console.port} is taken by another program.",
            "End that program (see: ss -ltnp), or set another port under [console] in config.toml.",
        )
    ill = [check.message for check in health.checks if not check.ok]
    if ill:
        return failure(
            f"The console runs, but: {' '.join(ill)}", "See: journalctl -u kiosk-console."
        )
    return ok(f"The console answers on port {console.port}.")


def phones(host: Host) -> Finding:
    """The address on the slips leads to the console."""
    settings = host.settings()
    profile = profiles.load_profile(settings.profile)
    address = profile.bus_network
    if not address:
        return ok("Slips carry the number alone: the profile names no network of the bus.")
    if leads_nowhere(settings, profile):
        return ok(
            f"Slips carry the number alone: nobody makes the network of {address}, by which the"
            " profile leads phones here. Say who does under [network.visitors] in config.toml:"
            " radio, where it is the box, or external = true."
        )
    if found := obstacles(settings.console, profile):
        but = ", and ".join(each.cause for each in found)
        remedies = " ".join(each.remedy for each in found)
        return warning(f"Slips lead phones to {address}, but {but}.", remedies)
    if _is_elsewhere(host, profile, settings.network):
        return warning(
            f"Slips and glass lead phones to {address}, an address that this box does not have.",
            "Give it the address, or let it make that network: radio under [network.visitors] in"
            " config.toml, without external. Where a router leads phones here, all is well: put a"
            " name for the address into bus_network, and this line ends.",
        )
    if profile.numbers_by_phone and not profile.bus_wifi_password:
        return warning(
            f"Phones draw numbers at {draw_url(profile)}; the profile names no password of their"
            " Wi-Fi.",
            "Name it in the profile: bus_wifi_password. Without one everybody can read along for"
            " what a number is drawn.",
        )
    draws = f" They draw numbers at {draw_url(profile)}." if profile.numbers_by_phone else ""
    return ok(f"Slips lead phones to {address}.{draws}")


def _is_elsewhere(host: Host, profile: Profile, network: NetworkSettings) -> bool:
    """Whether the profile names an address in numbers that the machine has not and will not have.

    A name is believed, and of an access point of the box's own `wifi` says whether it is there.
    """
    asked, own = visitors_address(profile), own_addresses(host.root)
    if asked is None or own is None or asked.is_loopback or network.visitors.radio:
        return False
    return asked not in own


def wifi(host: Host) -> Finding:
    """Access points that `[network]` asks for are on the air; a hotspot may be out of reach."""
    settings = host.settings()
    plan = plan_interfaces(settings.network, profiles.load_profile(settings.profile))
    if plan.faults:
        return failure(
            f"The Wi-Fi for visitors is left out: {'; '.join(plan.faults)}.",
            "Mend the profile, or take radio from [network.visitors] in config.toml.",
        )
    points = [each for each in plan.wireless if each.is_access_point]
    silent = [each for each in points if _state_of_link(host, each.name) != "up"]
    if silent:
        names = " and ".join(f"{each.ssid!r} ({each.name})" for each in silent)
        return failure(
            f"Not on the air: {names}.",
            f"See: networkctl, and systemctl status radhaus-access-point@{silent[0].radio}. Many"
            " radios carry one network only: give staff a cable or a radio of their own.",
        )
    hotspot = settings.network.hotspot
    if hotspot.radio and _state_of_link(host, hotspot.radio) != "up":
        return ok(f"The hotspot {hotspot.ssid!r} is out of reach; the box goes on without it.")
    if not points:
        return ok("No Wi-Fi of the box's own.")
    return ok(f"On the air: {', '.join(repr(each.ssid) for each in points)}.")


def _state_of_link(host: Host, name: str) -> str:
    """What the kernel says of an interface; empty where there is none."""
    try:
        return (host.root / f"sys/class/net/{name}/operstate").read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""


def logins(host: Host) -> Finding:
    """Whether many wrong PINs were tried lately (brute force)."""
    try:
        with closing(Database.open(host.paths.database)) as database, database.read() as connection:
            tried = wrong_pins(connection, clock.now(trust_always=False))
    except StoreError:
        return not_looked_at("the database cannot be read", "Mend the database first.")
    if tried < MANY_WRONG_PINS:
        return ok("Few wrong PINs.")
    return warning(
        f"{tried} wrong PINs came from browsers that this box does not know.",
        "Keep strangers off the staff pages (docs/technicians.md, Network); browsers in which staff"
        " have logged in before are not locked out.",
    )


def _health(host: str, port: int) -> _Health:
    connection = http.client.HTTPConnection(host, port, timeout=_TIMEOUT_S)
    try:
        connection.request("GET", "/api/v1/health")
        return msgspec.json.decode(connection.getresponse().read(), type=_Health)
    finally:
        connection.close()
