"""The typed model of DIR/config.toml; unknown keys are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec
from msgspec.structs import replace

from kiosk.settings.config.device_list import Devices
from kiosk.settings.config.devices import DEVICE_KINDS, SIZE, BoardSettings
from kiosk.settings.config.network import NetworkSettings
from kiosk.settings.config.upload import UploadSettings
from kiosk.settings.config.usb import UsbSettings
from kiosk.settings.config.voice import VoiceSettings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_HOST_NAME: Final = re.compile(r"[A-Za-z0-9_.:-]{1,253}")


class GlassSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The touchscreen. `mm_per_px` 0 means: the usual panel of that size.

    `rotation` is how far clockwise the picture is turned, in degrees, for a panel that is mounted
    turned the other way; `size` is what people then see.
    """

    size: Annotated[str, msgspec.Meta(pattern=SIZE)] = "1280x800"
    rotation: Literal[0, 90, 180, 270] = 0
    mm_per_px: Annotated[float, msgspec.Meta(ge=0, le=1)] = 0.0
    fullscreen: bool = False
    voice: VoiceSettings = VoiceSettings()


class ConsoleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The web pages. `host` 0.0.0.0 opens them to the bus's own network.

    `names` are names by which browsers ask for the box, beside addresses and local names.
    On a network staff are answered over TLS, at `tls_port`; 0 means: not here, but by a proxy, or
    on a cable. `tls_certificate` and `tls_key` are the operator's own, else the box makes one.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 8080
    names: list[str] = msgspec.field(default_factory=list)
    tls_port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8443
    tls_certificate: str = ""
    tls_key: str = ""

    @property
    def for_this_machine_only(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def serves_tls(self) -> bool:
        return self.tls_port != 0 and not self.for_this_machine_only

    def faults(self) -> Iterator[str]:
        """Each invalid setting, with why, without a full stop."""
        if self.tls_port == self.port:
            yield f"tls_port: {self.tls_port} is the port without TLS already"
        if bool(self.tls_certificate) != bool(self.tls_key):
            missing = "tls_key" if self.tls_certificate else "tls_certificate"
            yield f"{missing}: is missing; certificate and key come together"
        for name in ("tls_certificate", "tls_key"):
            if (path := getattr(self, name)) and not path.startswith("/"):
                yield f"{name}: must be a whole path such as /etc/kiosk/tls.pem, not {path!r}"
        for name in self.names:
            if not _HOST_NAME.fullmatch(name):
                yield f"names: {name!r} is no name of a host, such as bus.stadt.example"


class BackupSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Backups. `recipient` is the operator's public key of age; without one there are none.

    Of those in the data folder the newest `keep` stay. `to_stick` writes one to each prepared stick
    that is plugged, too, of which the newest `keep` stay there.
    """

    recipient: str = ""
    keep: Annotated[int, msgspec.Meta(ge=1, le=365)] = 14
    to_stick: bool = False


class UpdateSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Updates of an appliance. `from_office`: the office's are fetched over the upload's network.

    Where each megabyte costs, set it to false; updates come from sticks alone then.
    """

    from_office: bool = True


class DataSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The data of a box. `encrypted`: a first start waits until its disk holds them encrypted."""

    encrypted: bool = False


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings. `profile` is a shipped profile's name or a file.

    `name` is what the operator calls the box: it stands beside its id in all that is published.
    `help_desk` is whom staff call when nothing helps, and how.
    `clock`: a desk has a clock with a battery, a bus may have none (see `bus_config`).
    """

    profile: str
    name: Annotated[str, msgspec.Meta(max_length=40)] = ""
    help_desk: Annotated[str, msgspec.Meta(max_length=80)] = ""
    clock: Literal["always trusted", "trusted when synchronised"] = "always trusted"
    glass: GlassSettings = GlassSettings()
    console: ConsoleSettings = ConsoleSettings()
    network: NetworkSettings = NetworkSettings()
    upload: UploadSettings = UploadSettings()
    data: DataSettings = DataSettings()
    backup: BackupSettings = BackupSettings()
    usb: UsbSettings = UsbSettings()
    updates: UpdateSettings = UpdateSettings()
    devices: Devices = Devices()

    @property
    def trust_always(self) -> bool:
        """Whether the wall clock is believed without a time service."""
        return self.clock == "always trusted"

    def without(self, kinds: Collection[str]) -> Config:
        """The same settings, for a service that does not carry some kinds of devices."""
        return replace(self, devices=self.devices.without(kinds))


def bus_config(profile: str) -> Config:
    """Full screen, pages for the bus's own network, and an eye on the computer.

    Which other devices there are is said by whoever has mounted them: stand-ins would promise
    citizens a slip that no printer gives. A Raspberry Pi has no clock with a battery: it is not
    trusted before a time service sets it.
    """
    return Config(
        profile,
        clock="trusted when synchronised",
        glass=GlassSettings(fullscreen=True),
        console=ConsoleSettings(host="0.0.0.0"),  # noqa: S104 - the unit lets in that network only
        devices=Devices(board=BoardSettings(driver="linux")).without(
            DEVICE_KINDS.keys() - {"board"}
        ),
    )
