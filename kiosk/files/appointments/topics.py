"""Which topic an appointment is for, by the words of a booking system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.files.names import Names, UnknownName, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile

_NAME_IT = "name one topic, by its id or its German name"


class NoTopic(LookupError):
    """The words name no topic, or several; `what` and `suggestion` tell it."""

    def __init__(self, what: str, suggestion: str) -> None:
        self.what, self.suggestion = what, suggestion
        super().__init__(what)


class Topics:
    """The profile's topics by every name they go by; a group of one topic stands for it."""

    def __init__(self, profile: Profile) -> None:
        self._names = Names(profile)
        self._topics: dict[str, TopicId] = {}
        for topic in profile.topics:
            for name in (topic.id, topic.label.get(GERMAN, topic.id)):
                self._topics.setdefault(plain(name), topic.id)

    def topic(self, words: Iterable[str]) -> TopicId:
        """The one topic that is meant. Raises `NoTopic`."""
        named = [text for text in words if plain(text)]
        found = {topic for text in named for topic in self._of(text)}
        if len(found) == 1:
            return found.pop()
        if not named:
            raise NoTopic("does not say what for", _NAME_IT)
        what = "names several topics" if found else "names a partner or a colour, and no topic"
        raise NoTopic(what, _NAME_IT)

    def _of(self, text: str) -> set[TopicId]:
        if plain(text) in self._topics:
            return {self._topics[plain(text)]}
        try:
            return {topic for offer in self._names.offers(text) for topic in offer.topics}
        except UnknownName as unknown:
            shown = " ".join(unknown.name.split())[:60]
            raise NoTopic(f'there is no topic "{shown}"', unknown.suggestion) from None
