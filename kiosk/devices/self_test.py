"""Self-test of one device (`kiosk hardware test`), without a ticket or a call."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kiosk.devices.kinds import KINDS, misconfigured
from kiosk.domain.errors import Refused, Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.devices.kind import SelfTestContext
    from kiosk.settings.config import Devices


class NotConfigured(Refused):
    """The configuration says that this box has no such device."""

    def __init__(self, device: str) -> None:
        self.device = device
        super().__init__(f"There is no {device} here: config.toml says 'none'.")


class DeviceMisconfigured(Refused):
    """The device cannot work as config.toml sets it."""

    def __init__(self, device: str, fault: str) -> None:
        self.device = device
        super().__init__(f"The {device} does not work: {fault}")


def run_self_test(
    name: str, drivers: Mapping[str, Any], settings: Devices, context: SelfTestContext
) -> str:
    """Open one device, let it do something, and answer what can be seen or heard now.

    Raises `Unknown`, `NotConfigured`, `DeviceMisconfigured`, `NoInput` and the driver's
    `HardwareError`.
    """
    if name not in settings:
        raise Unknown("device", name, tuple(settings))
    if name not in drivers:
        raise NotConfigured(name)
    if fault := misconfigured(settings, context.profile, context.texts).get(name):
        raise DeviceMisconfigured(name, fault)
    kind = KINDS[settings[name].kind]
    if kind.prompt:
        context.say(kind.prompt)
    return kind.self_test(drivers[name], settings[name], context)
