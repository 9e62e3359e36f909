"""The section `[glass.voice]` of DIR/config.toml: reading the glass aloud."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, Literal

import msgspec

from kiosk.domain.volume import DEFAULT_PERCENT, MAX_PERCENT, MIN_PERCENT
from kiosk.settings.config.devices import OUTPUT

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_OUTPUT: Final = rf"^\Z|{OUTPUT}"
_CARD: Final = r"^\w*\Z"
_CONTROL: Final = r"^[A-Za-z][\w ,-]*\Z"
VOICE_FORMS = {
    _NO_OUTPUT: "empty, or a name without blanks that does not begin with a hyphen",
    _CARD: "the name or number of a sound card, such as Device",
    _CONTROL: "a name of `amixer controls`, such as Headphone Jack",
}
"""For each pattern, what it asks for."""


class VoiceSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who speaks and who hears it. `output` and `headphones_output` are names of `aplay -L`.

    `headphones`: there is no socket for them; or something is always connected, such as a handset;
    or the sound card reports its socket by the switch `jack_control` of `jack_card`; or a file
    stands for it. An empty `headphones_output` is the same as `output`.
    """

    driver: Literal["none", "fake", "file", "alsa", "pipewire"] = "none"
    output: Annotated[str, msgspec.Meta(pattern=OUTPUT)] = "default"
    headphones: Literal["none", "always", "jack", "file"] = "none"
    headphones_output: Annotated[str, msgspec.Meta(pattern=_NO_OUTPUT)] = ""
    jack_card: Annotated[str, msgspec.Meta(pattern=_CARD)] = ""
    jack_control: Annotated[str, msgspec.Meta(pattern=_CONTROL)] = "Headphone Jack"
    volume_percent: Annotated[int, msgspec.Meta(ge=MIN_PERCENT, le=MAX_PERCENT)] = DEFAULT_PERCENT

    @property
    def is_there(self) -> bool:
        """Whether the glass has a voice."""
        return self.driver != "none"

    def faults(self) -> Iterator[str]:
        """Each impossible setting, without a full stop."""
        if self.headphones == "jack" and not self.jack_card:
            yield "jack_card: must name the sound card with the socket, as aplay -l calls it"
