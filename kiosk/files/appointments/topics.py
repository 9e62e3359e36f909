"""Lookup of the topic of an appointment by the words of a booking system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.domain.ids import GERMAN
from kiosk.files.name_index import NameIndex, UnknownName, normalise_name
from kiosk.files.sentences import Sentence, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.ids import TopicId
    from kiosk.domain.profile import Profile

_NAME_IT: Final = Sentence(
    "name one topic, by its id or its German name",
    "nennen Sie genau ein Anliegen mit seinem Namen",
)
_NO_TOPIC: Final = Sentence("does not say what for", "das Anliegen fehlt")
_SEVERAL: Final = Sentence("names several topics", "nennt mehrere Anliegen")
_OTHER: Final = Sentence(
    "names a partner or a colour, and no topic",
    "nennt einen Partner oder eine Farbe und kein Anliegen",
)
_UNKNOWN: Final = Sentence("there is no topic {name}", "dieses Anliegen gibt es nicht: {name}")


class UnclearTopic(LookupError):
    """The words name no topic, or several: `what` is wrong, and a `suggestion`."""

    def __init__(self, what: Sentence, suggestion: Sentence) -> None:
        self.what, self.suggestion = what, suggestion
        super().__init__(what.english)


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
            raise UnclearTopic(_NO_TOPIC, _NAME_IT)
        raise UnclearTopic(_SEVERAL if found else _OTHER, _NAME_IT)

    def _of(self, text: str) -> set[TopicId]:
        if normalise_name(text) in self._topics:
            return {self._topics[normalise_name(text)]}
        try:
            return {topic for offer in self._names.offers(text) for topic in offer.topics}
        except UnknownName as unknown:
            unclear = _UNKNOWN.of(name=quoted(unknown.name))
            raise UnclearTopic(unclear, unknown.suggestion) from None
