"""What technicians set in DIR/config.toml, typed; unknown keys are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from kiosk.domain.errors import KioskError

if TYPE_CHECKING:
    from pathlib import Path


class ConfigError(KioskError):
    """config.toml is missing or says something that nobody understands."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}.")


class Glass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The touchscreen. `mm_per_px` 0 means: the usual panel of that size."""

    size: str = "1280x800"
    mm_per_px: float = 0.0
    fullscreen: bool = False


class Console(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The web pages. `host` 0.0.0.0 opens them to the bus's own network."""

    host: str = "127.0.0.1"
    port: int = 8080


class Devices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What hangs on the wires, by driver name. Stand-ins run only where they are named here."""

    printer: Literal["none", "fake", "file"] = "file"
    buttons: Literal["none", "fake", "keyboard"] = "keyboard"
    call_display: Literal["none", "fake"] = "fake"
    speaker: Literal["none", "fake"] = "fake"
    lamp: Literal["none", "fake"] = "fake"
    next_button_desk: str = "1"


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All settings. `profile` is a shipped profile's name or a file.

    `clock`: a desk has a clock with a battery; `kiosk provision` sets "trusted when synchronised"
    on a bus.
    """

    profile: str
    clock: Literal["always trusted", "trusted when synchronised"] = "always trusted"
    glass: Glass = Glass()
    console: Console = Console()
    devices: Devices = Devices()

    @property
    def trust_always(self) -> bool:
        """Whether the wall clock is believed without a time service."""
        return self.clock == "always trusted"


def load(path: Path) -> Config:
    """Read config.toml. Raises `ConfigError`."""
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Config)
    except FileNotFoundError:
        raise ConfigError(path, "missing; create it with 'kiosk init'") from None
    except OSError as error:
        raise ConfigError(path, f"cannot be read: {error.strerror}") from error
    except msgspec.MsgspecError as error:
        raise ConfigError(path, str(error).rstrip(".")) from error


def as_text(config: Config) -> str:
    """A fresh config.toml with every setting, so that a technician sees what can be set."""
    lines = [
        "# Radhaus: settings of this device. Each value is checked by 'kiosk doctor'.",
        f'profile = "{config.profile}"',
        f'clock = "{config.clock}" # or "trusted when synchronised"',
    ]
    for section in ("glass", "console", "devices"):
        lines += ["", f"[{section}]"]
        values = msgspec.to_builtins(getattr(config, section))
        lines += [f"{key} = {_toml(value)}" for key, value in values.items()]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    return msgspec.json.encode(value).decode()
