"""What is said of a screen, and when; pure: no sound, no Kivy.

A screen that is new is read from its heading on, with everything that cannot be chosen. Then each
choice is said as the focus reaches it, with its place; of what changes meanwhile, the new words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.speech.port import SpokenText
from kiosk.devices.phrases import spoken
from kiosk.domain.ids import GERMAN, LanguageCode
from kiosk.domain.soft_hyphen import without_soft_hyphens
from kiosk.touch.flow.state import Screen
from kiosk.touch.focus import bar_of, choices_of, heading_of, is_new_page

if TYPE_CHECKING:
    from kiosk.settings.texts import Texts
    from kiosk.touch.layout.view import Element, View

Words = tuple[SpokenText, ...]

_NUMBER = re.compile(r"\b(?:[A-Z]-)?\d{3}\b")
_WITH_NUMBER = (Screen.START, Screen.NUMBER, Screen.RETURNED)
_NAME_OF_LANGUAGE = "language."
_TYPED = "code.typed"
_GERMAN_NAMES = ("service", "operator", "stop")
_PHONE = "offer.phone"


@dataclass(frozen=True, slots=True)
class Narration:
    """The words of the voice. `private`: only headphones carry them."""

    texts: Texts
    private: bool = False

    def started(self, view: View) -> Words:
        """The voice has been switched on: how to go on, what the screen says, other languages."""
        first = self._own(view, "voice.on.say", *self._warning())
        others = [each for each in view.elements if each.id.startswith(_NAME_OF_LANGUAGE)]
        names = (self._sentence(view, each) for each in others)
        return (*first, *self.page(view), *self._own(view, "voice.keys.say"), *names)

    def ended(self, view: View) -> Words:
        """The voice was switched off, or the headphones were pulled out."""
        return self._own(view, "voice.off.say")

    def volume(self, view: View, percent: int) -> Words:
        language = LanguageCode(view.language)
        return (SpokenText(language, self.texts(language, "voice.volume.say", percent=percent)),)

    def page(self, view: View) -> Words:
        """The heading, and what can only be read."""
        texts = [each for each in view.elements if not each.touchable and each.spoken]
        heading = heading_of(view)
        texts.sort(key=lambda each: each.id != heading)
        return tuple(self._sentence(view, each) for each in texts)

    def changed(self, before: View, view: View, focused: str | None) -> Words:
        """What is new since the view before; nothing if all stayed."""
        fresh = is_new_page(before, view)
        if (before.screen, before.language) != (view.screen, view.language):
            return self.page(view)
        known = {each.spoken for each in before.elements}
        new = [each for each in view.elements if each.spoken and each.spoken not in known]
        told = [each for each in new if not each.touchable or each.id == focused]
        words = tuple(self._changed(view, each) for each in told)
        return words or (self.page(view) if fresh else ())

    def focused(self, view: View, name: str) -> Words:
        """What has the focus, and which of how many it is."""
        element = view.element(name)
        if element is None:
            return ()
        if name == heading_of(view):
            return self.page(view)
        language = LanguageCode(view.language)
        words = [self._sentence(view, element)]
        if element.state == "selected":
            words += self._own(view, "voice.selected.say")
        for order in (choices_of(view), bar_of(view)):
            if name in order:
                place, count = order.index(name) + 1, len(order)
                say = self.texts(language, "voice.position.say", place=place, count=count)
                words.append(SpokenText(language, say))
        return tuple(words)

    def _warning(self) -> tuple[str, ...]:
        return () if self.private else ("voice.overheard.say",)

    def _own(self, view: View, *keys: str) -> Words:
        language = LanguageCode(view.language)
        return tuple(SpokenText(language, self.texts(language, key)) for key in keys)

    def _changed(self, view: View, element: Element) -> SpokenText:
        """Digits of a code are as good as the appointment: no loudspeaker says them."""
        if element.id == _TYPED and not self.private:
            return self._own(view, "voice.entry.say")[0]
        return self._sentence(view, element)

    def _sentence(self, view: View, element: Element) -> SpokenText:
        """Names of languages and of what is German have the voice of their own language."""
        text = without_soft_hyphens(element.spoken)
        if element.id == _TYPED and not self.private and any(map(str.isdigit, text)):
            return self._own(view, "voice.entry.say")[0]
        if view.screen in _WITH_NUMBER:
            text = _NUMBER.sub(lambda found: spoken(found[0]), text)
        return SpokenText(_language_of(view, element), text)


def _language_of(view: View, element: Element) -> str:
    if element.id.startswith(_NAME_OF_LANGUAGE):
        return element.id.removeprefix(_NAME_OF_LANGUAGE)
    name = element.id in _GERMAN_NAMES or element.left_to_right
    return GERMAN if name and element.id != _PHONE else view.language
