"""What a service offers: the typed form of a profile file. Read and checked in `kiosk.profiles`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kiosk.domain.errors import Unknown
from kiosk.domain.ids import DeskId, GroupId, LanguageCode, PartnerId, StopId, TopicId

COLOURS = ("action", "green", "red", "violet", "teal", "orange", "muted")
"""What a topic group may be drawn in."""


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A column of the offer table: its letter begins the ticket number.

    `pictogram` is the name of a file in assets/icons.
    """

    id: GroupId
    letter: str
    colour: str
    pictogram: str
    label: Mapping[LanguageCode, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a citizen comes for."""

    id: TopicId
    group: GroupId
    label: Mapping[LanguageCode, str]
    partner: PartnerId | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the bus stands. `ags` is the eight-digit municipality key, kept as text."""

    id: StopId
    name: str
    district: str
    ags: str


@dataclass(frozen=True, slots=True)
class Partner:
    """An office or organisation that advises in the bus."""

    id: PartnerId
    name: str


@dataclass(frozen=True, slots=True)
class Desk:
    """Where staff sit, and the topic groups handled there."""

    id: DeskId
    groups: tuple[GroupId, ...]


@dataclass(frozen=True)
class Profile:
    """One service: names, languages, topics, stops, desks.

    `draft_languages` are offered, but nobody who grew up with them has read the texts yet;
    `colours` replaces the house's colours by name with "#RRGGBB".
    """

    id: str
    name: str
    operator: str
    languages: tuple[LanguageCode, ...]
    groups: tuple[TopicGroup, ...]
    topics: tuple[Topic, ...]
    stops: tuple[Stop, ...]
    desks: tuple[Desk, ...]
    partners: tuple[Partner, ...] = ()
    score_levels: int = 5
    calls_before_missed: int = 3
    colours: Mapping[str, str] = field(default_factory=dict)
    draft_languages: tuple[LanguageCode, ...] = ()

    @cached_property
    def _topic_by_id(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in self.topics}

    @cached_property
    def _group_by_id(self) -> dict[str, TopicGroup]:
        return {group.id: group for group in self.groups}

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id; raises `Unknown`."""
        try:
            return self._topic_by_id[topic_id]
        except KeyError:
            raise Unknown("topic", topic_id, tuple(self._topic_by_id)) from None

    def group(self, group_id: str) -> TopicGroup:
        """The topic group of that id; raises `Unknown`."""
        try:
            return self._group_by_id[group_id]
        except KeyError:
            raise Unknown("topic group", group_id, tuple(self._group_by_id)) from None

    def group_of(self, topic_id: str) -> TopicGroup:
        """The group in which a topic stands."""
        return self.group(self.topic(topic_id).group)

    def stop(self, stop_id: str) -> Stop:
        """The stop of that id; raises `Unknown`."""
        for stop in self.stops:
            if stop.id == stop_id:
                return stop
        raise Unknown("stop", stop_id, tuple(stop.id for stop in self.stops))

    def desk(self, desk_id: str) -> Desk:
        """The desk of that id; raises `Unknown`."""
        for desk in self.desks:
            if desk.id == desk_id:
                return desk
        raise Unknown("desk", desk_id, tuple(desk.id for desk in self.desks))

    def topics_of_desk(self, desk_id: str) -> frozenset[TopicId]:
        """All topics that a desk handles, offered today or not."""
        groups = self.desk(desk_id).groups
        return frozenset(topic.id for topic in self.topics if topic.group in groups)
