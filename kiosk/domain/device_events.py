"""Events of devices: their condition, keys, volume, the plugged stick, the trial of the buttons."""

from dataclasses import dataclass

from hardware.trouble import Trouble
from kiosk.domain.device_condition import Condition
from kiosk.domain.events import Event


@dataclass(frozen=True, slots=True)
class StickChanged(Event):
    """A plugged stick is in another state, one of `kiosk.domain.stick`."""

    state: str


@dataclass(frozen=True, slots=True)
class ButtonsTried(Event):
    """Staff begin to try the buttons, or are done: presses in between do not count."""

    running: bool


@dataclass(frozen=True, slots=True)
class KeyPressed(Event):
    """A key for use by touch alone, one of `kiosk.domain.keys.Key`. Soon forgotten."""

    key: str


@dataclass(frozen=True, slots=True)
class DeviceChanged(Event):
    """A device has another condition now; one without a `kind` is called as its kind."""

    device: str
    troubles: tuple[str, ...] = ()
    detail: str = ""
    kind: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "troubles", tuple(self.troubles))  # JSON knows lists only
        object.__setattr__(self, "kind", self.kind or self.device)

    @property
    def condition(self) -> Condition:
        """Troubles and detail as the domain's own type."""
        return Condition(tuple(map(Trouble, self.troubles)), self.detail)


@dataclass(frozen=True, slots=True)
class VolumeChanged(Event):
    """Calls are louder or softer now."""

    percent: int


@dataclass(frozen=True, slots=True)
class SampleRequested(Event):
    """Staff want to hear how loud it is: chime and a sentence without a number."""
