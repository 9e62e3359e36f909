"""The section `[usb]` of DIR/config.toml: what may be plugged in beside sticks and touchscreens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

_ID: Final = r"^[0-9a-f]{4}:[0-9a-f]{4}\Z"
SERIAL: Final = r"^(?:[A-Za-z0-9._:/+#=-](?:[A-Za-z0-9._:/+#= -]{0,124}[A-Za-z0-9._:/+#=-])?)?\Z"
_SOCKET: Final = r"^(?:[0-9]{1,3}-[0-9]{1,2}(?:\.[0-9]{1,2}){0,5})?\Z"
USB_FORMS: Final = {
    _ID: "vendor and product, four hexadecimal digits each, such as 0eef:0001 (kiosk usb list)",
    SERIAL: "the serial number as `kiosk usb list` shows it",
    _SOCKET: "a socket as `kiosk usb list` shows it, such as 1-2 or 1-2.4",
}
"""Each pattern in words, for error messages."""


class UsbDevice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A device that may be used, whatever it is.

    With a `serial` only that one of its model, with a `socket` only there.
    """

    id: Annotated[str, msgspec.Meta(pattern=_ID)]
    serial: Annotated[str, msgspec.Meta(pattern=SERIAL)] = ""
    socket: Annotated[str, msgspec.Meta(pattern=_SOCKET)] = ""


class UsbSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where strangers' devices are refused, those in `allow` are not."""

    allow: list[UsbDevice] = msgspec.field(default_factory=list)

    def faults(self) -> Iterator[str]:
        """Each invalid setting, with why, without a full stop."""
        for at, device in enumerate(self.allow):
            if device in self.allow[:at]:
                yield f"allow, entry {at + 1}: {device.id} is named twice"
