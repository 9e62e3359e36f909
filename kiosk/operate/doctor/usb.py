"""Check of what is plugged into USB: strangers that were refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.devices.finding import Finding, ok, warning
from kiosk.operate.usb.plugged import refused_devices, refuses_strangers

if TYPE_CHECKING:
    from kiosk.operate.doctor.host import Host


def usb(host: Host) -> Finding:
    """One that is refused stays so until it is named or pulled out."""
    if not refuses_strangers(host.root):
        return ok("This machine takes any USB device; kiosk provision --usb named changes that.")
    refused = refused_devices(host.root)
    if not refused:
        return ok("No USB device was refused.")
    told = "; ".join(each.sentence for each in refused)
    lines = "; ".join(each.setting for each in refused)
    return warning(
        f"Refused at USB: {told}.",
        f"What is not yours, pull out. What is, name in config.toml under [usb]: {lines};"
        " then: systemctl restart radhaus-usb.",
    )
