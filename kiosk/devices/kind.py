"""Declarative record of one kind of device: whatever differs between kinds, in one place."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from kiosk.domain.errors import Refused
from kiosk.settings.config.section import Section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from hardware.board.port import Readings
    from hardware.port import Device
    from hardware.trouble import Trouble
    from kiosk.devices.finding import Finding
    from kiosk.devices.staff_words import Words
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts

SettingsT = TypeVar("SettingsT", bound=Section)
DriverT = TypeVar("DriverT")

TEST_NUMBER = "X-000"
PRESS_WITHIN_S = 20.0


@dataclass(frozen=True, slots=True)
class SelfTestContext:
    """What a self-test is given; what comes of it meanwhile goes to `say`."""

    profile: Profile
    texts: Texts
    say: Callable[[str], object] = print


class CheckedVoice(Protocol):
    """A voice of which the doctor wants to know what it cannot say."""

    def check(self, language: str) -> None: ...

    def faults(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Checkup:
    """What the doctor looks a device over with, beside its line, its nodes and its state."""

    profile: Callable[[], Profile]
    voice: Callable[[], CheckedVoice]
    readings: Callable[[], Readings | None]


def _nothing(*_: Any) -> None:  # noqa: ANN401 - takes whatever the fields below are given
    return None


@dataclass(frozen=True)
class DeviceKind(Generic[SettingsT, DriverT]):
    """`settings` is its section of config.toml, `DriverT` the port that its drivers fulfil.

    `self_test` lets the device do something and answers what can be seen or heard now; `prompt` is
    what a technician is told before. `misconfigured` says which setting names what profile or texts
    do not know. `check` finds what only this kind can have; `nodes` are the files in /dev that a
    driver needs. `words` are for staff, where the general ones do not do.
    """

    settings: type[SettingsT]
    german: str
    page: str
    self_test: Callable[[DriverT, SettingsT, SelfTestContext], str]
    prompt: str = ""
    misconfigured: Callable[[SettingsT, Profile, Texts], str | None] | None = None
    check: Callable[[SettingsT, Checkup], Finding | None] = _nothing
    nodes: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[Trouble, Words] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As in config.toml, profiles and journal."""
        return str(self.settings.__struct_config__.tag)


class NoInput(Refused):
    """A self-test for which a hand is needed, and none came."""

    def __init__(self, what: str, within_s: float) -> None:
        self.within_s = within_s
        super().__init__(f"{what} within {within_s:g} seconds.")


@contextmanager
def opened(device: Device) -> Iterator[None]:
    """The device, open for its self-test."""
    device.open()
    try:
        yield
    finally:
        device.close()
