"""Lookup of the topic of an appointment by the words of a booking system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.ids import GERMAN
from kiosk.files.name_index import NameIndex, UnknownName, normalise_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile

_NAME_IT = "name one topic, by its id or its German name"


class UnclearTopic(LookupError):
    """The words name no topic, or several: `what` is wrong, and a `suggestion`."""

    def __init__(self, what: str, suggestion: str) -> None:
        self.what, self.suggestion = what, suggestion
        super().__init__(what)


class TopicIndex:
    """The profile's topics by every name they go by; a group of one topic stands for it."""

    def __init__(self, profile: Profile) -> None:
        self._names = NameIndex(profile)
        self._topics: dict[str, TopicId] = {}
        for topic in profile.topics:
            for name in (topic.id, topic.label.get(GERMAN, topic.id)):
                self._topics.setdefault(normalise_name(name), topic.id)

    def topic(self, words: Iterable[str]) -> TopicId:
        """The one topic that the words name. Raises `UnclearTopic`."""
        named = [text for text in words if normalise_name(text)]
        found = {topic for text in named for topic in self._of(text)}
        if len(found) == 1:
            return found.pop()
        if not named:
            raise UnclearTopic("does not say what for", _NAME_IT)
        what = "names several topics" if found else "names a partner or a colour, and no topic"
        raise UnclearTopic(what, _NAME_IT)

    def _of(self, text: str) -> set[TopicId]:
        if normalise_name(text) in self._topics:
            return {self._topics[normalise_name(text)]}
        try:
            return {topic for offer in self._names.offers(text) for topic in offer.topics}
        except UnknownName as unknown:
            shown = " ".join(unknown.name.split())[:60]
            raise UnclearTopic(f'there is no topic "{shown}"', unknown.suggestion) from None
