"""The section `[network]` of DIR/config.toml: what hangs at the cable, and the box's own Wi-Fi."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

STAFF_PASSWORD_FILE: Final = "/etc/kiosk/staff-wifi-password"  # noqa: S105 - where it lies
HOTSPOT_PASSWORD_FILE: Final = "/etc/kiosk/hotspot-password"  # noqa: S105 - where it lies
WIFI_PASSWORD: Final = r"\A(?! )[ !#-~]{8,63}(?<! )\Z"  # noqa: S105 - its form
"""WPA asks for these characters; a quotation mark would end it in the file of the client."""

_RADIO: Final = r"\A[A-Za-z0-9_.]{0,15}\Z"
_COUNTRY: Final = r"\A[A-Z]{2}\Z"
_MOST_SSID_BYTES: Final = 32

NETWORK_FORMS = {
    _RADIO: "the name of a Wi-Fi card as `networkctl` shows it, such as wifi; empty for none",
    _COUNTRY: "two capital letters, such as DE",
}
"""For each pattern, what it asks for."""

_Radio = Annotated[str, msgspec.Meta(pattern=_RADIO)]


class VisitorsNetwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Access point for phones. The profile says what it is called, its password and its address.

    `external`: it is not the box's own but a router's or a program's beside Radhaus, and phones
    find the box at that address.
    """

    radio: _Radio = ""
    external: bool = False

    @property
    def is_there(self) -> bool:
        return bool(self.radio) or self.external


class StaffNetwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Access point for the laptops of staff; it may be a second one of the visitors' radio."""

    radio: _Radio = ""
    ssid: str = ""
    password_file: str = STAFF_PASSWORD_FILE


class HotspotNetwork(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody else's Wi-Fi, such as a phone's, by which the box finds its way out."""

    radio: _Radio = ""
    ssid: str = ""
    password_file: str = HOTSPOT_PASSWORD_FILE


class NetworkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the box is connected.

    `cable`: what hangs at its cables. "bus": a router that gives the box an address, and whoever is
    behind it may ask for all pages; "staff": laptops, which get their address from the box;
    "uplink": the way out alone, where nothing of the box is answered.
    `country`, `channel` (of 2.4 GHz) and `wpa3` (beside WPA2) are those of its own access points.
    """

    cable: Literal["bus", "staff", "uplink"] = "bus"
    country: Annotated[str, msgspec.Meta(pattern=_COUNTRY)] = "DE"
    channel: Annotated[int, msgspec.Meta(ge=1, le=13)] = 6
    wpa3: bool = False
    visitors: VisitorsNetwork = VisitorsNetwork()
    staff: StaffNetwork = StaffNetwork()
    hotspot: HotspotNetwork = HotspotNetwork()

    def faults(self) -> Iterator[str]:
        """Each impossible setting, with why, without a full stop."""
        for name, network in (("staff", self.staff), ("hotspot", self.hotspot)):
            yield from (f"{name}.{fault}" for fault in _faults_of(network))
        if self.visitors.radio and self.visitors.external:
            yield (
                "visitors.external: the access point is the box's own by visitors.radio;"
                " take one of the two"
            )
        for name, point in (("visitors", self.visitors), ("staff", self.staff)):
            if self.hotspot.radio and self.hotspot.radio == point.radio:
                yield (
                    f"hotspot.radio: {self.hotspot.radio} is the access point of {name} already,"
                    " which would lose everybody whenever the hotspot changes its channel;"
                    " plug a second radio, or take a cable for one of them"
                )
                break


def _faults_of(network: StaffNetwork | HotspotNetwork) -> Iterator[str]:
    if bool(network.radio) != bool(network.ssid):
        missing, given = ("ssid", "radio") if network.radio else ("radio", "ssid")
        yield f"{missing}: is missing; {given} and {missing} come together"
    if len(network.ssid.encode()) > _MOST_SSID_BYTES or not network.ssid.isprintable():
        yield f"ssid: has at most {_MOST_SSID_BYTES} bytes and no control characters"
    if not network.password_file.startswith("/"):
        yield f"password_file: must be a whole path, not {network.password_file!r}"
