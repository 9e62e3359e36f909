"""Lookup of stops, partners and topics by hand-written names: in capitals, without umlauts."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.domain.ids import GERMAN
from kiosk.domain.soft_hyphen import SOFT_HYPHEN, without_soft_hyphens
from kiosk.files.sentences import DID_YOU_MEAN, KNOWN, WRITE, Sentence, either, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kiosk.domain.ids import PartnerId, StopId, TopicId
    from kiosk.domain.profile import Profile

MOST_KNOWN = 20
"""So many names are suggested where none is near the one written."""

MOST_LETTERS = 200
"""Length limit of a suggested name: a suggestion has to be complete to be followed."""

UNKNOWN_STOP: Final = Sentence("there is no stop {name}", "diesen Standort gibt es nicht: {name}")

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", SOFT_HYPHEN: "", "\u0308": "e"})
_WORD = re.compile(r"[^\W_]+")
_PARTS = re.compile(r"[,;|()\n]| [-\u2013] ")
_LIST = re.compile(r"[,;|+\n]")
_OUTLOOK_COLOUR = re.compile(
    r"(rote?|blaue?|gruene?|gelbe?|orange(farbene)?|violette?|lila) kategorie"
    r"|(red|blue|green|yellow|orange|purple) category"
)


def normalise_name(name: str) -> str:
    """A name for comparison: small letters, ae for ä, one space between words."""
    return " ".join(_WORD.findall(name.casefold().translate(_UMLAUTS)))


class NamedOffer(NamedTuple):
    """What one name adds to a visit."""

    partners: tuple[PartnerId, ...] = ()
    topics: tuple[TopicId, ...] = ()


class UnknownName(LookupError):
    """No stop, partner or topic has this name; `suggestion` names some that exist."""

    def __init__(self, name: str, suggestion: Sentence) -> None:
        self.name, self.suggestion = name, suggestion
        super().__init__(name)


class NameIndex:
    """The profile's stops, partners, topics and topic groups by every name they go by."""

    def __init__(self, profile: Profile) -> None:
        self._stops: dict[str, set[StopId]] = {}
        for stop in profile.stops:
            for name in (stop.id, stop.name):
                self._stops.setdefault(normalise_name(name), set()).add(stop.id)
        self._stop_names = [stop.name for stop in profile.stops]
        self._offers = _offers(profile)
        self._offer_names = [
            *(partner.name for partner in profile.partners),
            *(group.label[GERMAN] for group in profile.groups),
            *(without_soft_hyphens(topic.label[GERMAN]) for topic in profile.topics),
        ]

    def stop(self, text: str) -> StopId:
        """The stop by its whole name or id, or by one of the parts between commas.

        Raises `UnknownName`, also where the parts name several.
        """
        found = {
            stop
            for part in (text, *_PARTS.split(text))
            for stop in self._stops.get(normalise_name(part), ())
        }
        if len(found) == 1:
            return found.pop()
        near = WRITE.of(how=either(sorted(found))) if found else suggest(text, self._stop_names)
        raise UnknownName(text, near)

    def knows_stop(self, text: str) -> bool:
        """Whether `stop` would find one."""
        try:
            return bool(self.stop(text))
        except UnknownName:
            return False

    def offers(self, text: str) -> list[NamedOffer]:
        """What a list of names adds, divided by commas or the like. Raises `UnknownName`."""
        if normalise_name(text) in self._offers:
            return [self._offers[normalise_name(text)]]
        return [self._offer(part) for part in _LIST.split(text) if normalise_name(part)]

    def _offer(self, name: str) -> NamedOffer:
        if _OUTLOOK_COLOUR.fullmatch(normalise_name(name)):
            return NamedOffer()
        try:
            return self._offers[normalise_name(name)]
        except KeyError:
            raise UnknownName(name.strip(), suggest(name, self._offer_names)) from None


def _offers(profile: Profile) -> Mapping[str, NamedOffer]:
    """By id and by German name; where one name means several things, the first of them."""
    offers: dict[str, NamedOffer] = {}

    def known_as(names: Iterable[str], offer: NamedOffer) -> None:
        for name in names:
            offers.setdefault(normalise_name(name), offer)

    for partner in profile.partners:
        known_as((partner.id, partner.name), NamedOffer(partners=(partner.id,)))
    for group in profile.groups:
        topics = tuple(topic.id for topic in profile.topics if topic.group == group.id)
        known_as((group.id, group.label[GERMAN]), NamedOffer(topics=topics))
    for topic in profile.topics:
        known_as((topic.id, topic.label[GERMAN]), NamedOffer(topics=(topic.id,)))
    return offers


def suggest(name: str, known: Iterable[str]) -> Sentence:
    """The name that was meant, or the first few that there are."""
    by_plain = {normalise_name(each): each for each in known}
    near = get_close_matches(normalise_name(name), by_plain, n=1)
    if near:
        return DID_YOU_MEAN.of(name=quoted(by_plain[near[0]], MOST_LETTERS))
    first = list(by_plain.values())[:MOST_KNOWN]
    return KNOWN.of(names=f"{', '.join(first)}{', ...' if len(by_plain) > MOST_KNOWN else ''}")
