"""The voice of the glass: what is narrated goes to headphones or loudspeaker, as loud as wished."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hardware.speech.port import SpeechOutput
from kiosk.domain.volume import step_volume
from kiosk.touch.narration import Narration

if TYPE_CHECKING:
    from hardware.headphones.port import Headphones
    from hardware.speech.port import Speech
    from kiosk.settings.texts import Texts
    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.view import View
    from kiosk.touch.narration import Words


@dataclass(frozen=True, slots=True)
class VoiceDevices:
    """What a glass with a voice has: who speaks, where headphones go, how loud it begins."""

    speech: Speech
    headphones: Headphones
    volume_percent: int


@dataclass
class ScreenReader:
    """Reads one glass aloud while its citizen listens. For the thread of the window."""

    devices: VoiceDevices
    texts: Texts
    _view: View | None = None
    _state: State | None = None
    _last: Words = ()
    _percent: int = field(init=False)

    def __post_init__(self) -> None:
        self._percent = self.devices.volume_percent

    @property
    def speaking(self) -> bool:
        """Whether something is still to be heard."""
        return self.devices.speech.speaking

    @property
    def plugged(self) -> bool:
        return self.devices.headphones.plugged

    @property
    def trouble(self) -> str:
        """Why nothing was heard of late; empty while all is well."""
        return str(self.devices.speech.trouble or "")

    def shown(self, state: State, view: View, focused: str | None) -> None:
        """A view has come onto the glass."""
        before, was = self._view, self._state
        self._view, self._state = view, state
        if was is None or before is None:
            return
        if not state.listening:
            self._percent = self.devices.volume_percent  # the next citizen is not to be deafened
        narration = self._narration
        plugged = state.headphones and not was.headphones
        if state.listening and (plugged or not was.listening):
            self._say(narration.started(view))
        elif state.listening:
            self._say(narration.changed(before, view, focused))
        elif was.listening:
            self._fall_silent(state)

    def focused(self, name: str | None) -> None:
        """The focus was moved: say what is there."""
        if self._view and self._listening and name:
            self._say(self._narration.focused(self._view, name))

    def repeat(self) -> None:
        self._say(self._last)

    def change_volume(self, steps: int) -> None:
        """So many steps louder, or softer when negative, until this citizen leaves."""
        if self._view and self._listening:
            self._percent = step_volume(self._percent, steps)
            last, self._last = self._last, ()
            self._say(self._narration.volume(self._view, self._percent))
            self._last = last or self._last

    def interrupt(self) -> None:
        """Stop speaking: the citizen acts, so what is being said has been heard enough."""
        self.devices.speech.stop()

    def give_way(self) -> None:
        """Stop the loudspeaker for a call; what was cut off can be repeated."""
        if self._state is not None and not self._state.headphones:
            self.devices.speech.stop()

    def close(self) -> None:
        """Be silent for good."""
        self.devices.headphones.close()
        self.devices.speech.close()

    @property
    def _listening(self) -> bool:
        return self._state is not None and self._state.listening

    @property
    def _narration(self) -> Narration:
        plugged = self._state is not None and self._state.headphones
        return Narration(self.texts, private=plugged)

    def _fall_silent(self, state: State) -> None:
        """To headphones it is said why; to a loudspeaker nothing more."""
        self._last = ()
        self.devices.speech.stop()
        if state.headphones and self._view:
            self._say(self._narration.ended(self._view))
            self._last = ()

    def _say(self, words: Words) -> None:
        if words:
            self._last = words
            plugged = self._state is not None and self._state.headphones
            target = SpeechOutput.HEADPHONES if plugged else SpeechOutput.LOUDSPEAKER
            self.devices.speech.say(words, target, self._percent)
