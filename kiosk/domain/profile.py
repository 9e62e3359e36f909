"""Typed model of a profile, what a service offers; validated in `settings.profiles`."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal

from kiosk.domain.directory import ALL_OFFERS, PHRASES, AdviceOffer, Need, Partner
from kiosk.domain.errors import Unknown
from kiosk.domain.house_rule import HouseRule
from kiosk.domain.ids import (
    DeskId,
    GroupId,
    LanguageCode,
    OutcomeId,
    PartnerId,
    QuestionId,
    StopId,
    TopicId,
)
from kiosk.domain.lookup import by_id
from kiosk.domain.outcome import NOTHING_RECORDED, READY_OUTCOMES, Outcome
from kiosk.domain.planned_hours import PlannedHours
from kiosk.domain.question import Choice, Question
from kiosk.domain.survey import SurveyQuestion
from kiosk.domain.talk_item import TalkItem


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A column of the offer table: its letter begins the ticket number.

    `pictogram` is the name of a file in assets/icons. `bring` says what people should have at hand,
    whatever of it they come for: slip and ticket page tell no more than the letter.
    """

    id: GroupId
    letter: str
    colour: str
    pictogram: str
    label: Mapping[LanguageCode, str]
    bring: Mapping[LanguageCode, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a citizen comes for. `contingent` limits the numbers that a visit gives for it.

    `by_appointment` gives none to walk-ins, until staff allow some. `bring` says what papers it
    takes, on the glass before a number is drawn and on the slip of an appointment.
    """

    id: TopicId
    group: GroupId
    label: Mapping[LanguageCode, str]
    partner: PartnerId | None = None
    contingent: int | None = None
    by_appointment: bool = False
    bring: Mapping[LanguageCode, str] = field(default_factory=dict)

    @property
    def first_contingent(self) -> int | None:
        """How many numbers a visit gives at most when it opens; None for any number."""
        return 0 if self.by_appointment else self.contingent


@dataclass(frozen=True, slots=True)
class Stop:
    """A place where the bus stands. `ags` is the eight-digit municipality key, kept as text.

    `area` is the key of the smallest area in which the city counts, such as a statistical district.
    """

    id: StopId
    name: str
    district: str
    ags: str
    area: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """Where staff sit, and what is handled there: whole topic groups, single topics, or both."""

    id: DeskId
    groups: tuple[GroupId, ...] = ()
    topics: tuple[TopicId, ...] = ()


@dataclass(frozen=True)
class Orphans:
    """What a visit still has and the profile no longer: not on offer, served by any desk."""

    topics: tuple[Topic, ...] = ()
    stops: tuple[Stop, ...] = ()
    desks: tuple[Desk, ...] = ()
    languages: tuple[LanguageCode, ...] = ()

    @cached_property
    def topic_ids(self) -> frozenset[TopicId]:
        return frozenset(topic.id for topic in self.topics)


NO_ORPHANS: Final = Orphans()


@dataclass(frozen=True)
class Profile:
    """One service: names, languages, topics, stops, desks.

    `colours` replaces colours by name with "#RRGGBB", `emblem` is an SVG picture. `questions` are
    asked beside a number; `by_appointment` opens visits without an intake, for those who are
    expected; `bus_network` is where phones on the bus's own network find the box (with
    `numbers_by_phone` to draw numbers), `bus_wifi` its name; those who come more than
    `appointment_grace_min` minutes late wait like walk-ins; a wait of `long_wait_min` is marked for
    staff, who make appointments `appointment_every_min` minutes apart; `intake_ends_min` ends the
    intake so many minutes before a planned end; `counts_by` is the period whose counts are closed;
    `without` names devices that are not carried; `outcomes` say how a talk can end, `talk_items`
    are noted beside; `directory_sheet` prints the whole directory; a smiley is followed by one of
    the `survey_questions`. Without `number_shows_group` numbers have no letter, and nothing told
    depends on the topic. `orphans` are found by id only.
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
    needs: tuple[Need, ...] = ()
    directory: tuple[AdviceOffer, ...] = ()
    timetable: tuple[PlannedHours, ...] = ()
    questions: tuple[Question, ...] = ()
    by_appointment: bool = False
    bus_network: str = ""
    bus_wifi: str = ""
    bus_wifi_password: str = ""
    numbers_by_phone: bool = False
    appointment_grace_min: int = 15
    long_wait_min: int = 45
    appointment_every_min: int = 15
    intake_ends_min: int | None = None
    counts_by: Literal["quarter", "month"] = "quarter"
    without: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = READY_OUTCOMES
    talk_items: tuple[TalkItem, ...] = ()
    number_shows_group: bool = True
    directory_sheet: bool = False
    house_rules: tuple[HouseRule, ...] = ()
    emblem: str = ""
    survey_questions: tuple[SurveyQuestion, ...] = ()

    @property
    def orphans(self) -> Orphans:
        """Nothing, in a profile as it is written."""
        return NO_ORPHANS

    def representative(self, topic: TopicId) -> TopicId:
        """The first of those topics from which its numbers do not tell it apart.

        A topic that an update has taken away stands for itself: people may still wait for it.
        """
        return self.representatives.get(topic, topic)

    @cached_property
    def representatives(self) -> Mapping[TopicId, TopicId]:
        """The representative of each topic."""
        first: dict[str, TopicId] = {}
        return {
            topic.id: first.setdefault(self.letter_of(topic.id), topic.id) for topic in self.topics
        }

    @cached_property
    def indistinguishable_topics(self) -> tuple[frozenset[TopicId], ...]:
        """The topics, those together that their numbers do not tell apart."""
        found: dict[TopicId, set[TopicId]] = defaultdict(set)
        for topic, representative in self.representatives.items():
            found[representative].add(topic)
        return tuple(map(frozenset, found.values()))

    @cached_property
    def _topic_by_id(self) -> dict[str, Topic]:
        return {topic.id: topic for topic in (*self.topics, *self.orphans.topics)}

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

    def group_of_number(self, number: str) -> TopicGroup | None:
        """The group that a ticket's number shows; None where numbers show none."""
        letter = number.partition("-")[0] if self.number_shows_group else ""
        return next((group for group in self.groups if group.letter == letter), None)

    def letter_of(self, topic_id: str) -> str:
        """What the numbers of a topic begin with: the letter of its group, or nothing."""
        return self.group_of(topic_id).letter if self.number_shows_group else ""

    def stop(self, stop_id: str) -> Stop:
        """The stop of that id; raises `Unknown`."""
        return by_id("stop", stop_id, (*self.stops, *self.orphans.stops))

    def desk(self, desk_id: str) -> Desk:
        """The desk of that id; raises `Unknown`."""
        return by_id("desk", desk_id, (*self.desks, *self.orphans.desks))

    def language(self, code: str) -> LanguageCode:
        """The language of that code; raises `Unknown`."""
        for language in (*self.languages, *self.orphans.languages):
            if language == code:
                return language
        raise Unknown("language", code, self.languages)

    def has(self, device: str) -> bool:
        """Whether this service carries such a device."""
        return device not in self.without

    def question(self, question_id: str) -> Question:
        """The question of that id; raises `Unknown`."""
        return by_id("question", question_id, self.questions)

    def outcome(self, outcome_id: str) -> Outcome:
        """The outcome of that id that staff can record; raises `Unknown`."""
        return by_id("outcome", outcome_id, (*self.outcomes, NOTHING_RECORDED))

    def recorded_outcome(self, outcome_id: str) -> Outcome:
        """What stands in a record: an outcome that has left the profile keeps its name."""
        known = self._recorded_outcomes.get(outcome_id)
        return known or Outcome(OutcomeId(outcome_id), outcome_id)

    @cached_property
    def _recorded_outcomes(self) -> Mapping[str, Outcome]:
        return {each.id: each for each in (*READY_OUTCOMES, NOTHING_RECORDED, *self.outcomes)}

    def talk_item(self, item_id: str) -> TalkItem:
        """The item of a talk with that id; raises `Unknown`."""
        return by_id("item of a talk", item_id, self.talk_items)

    def choices_of(self, answers: Mapping[str, str]) -> dict[QuestionId, Choice]:
        """The choices that answers name, by question; raises `Unknown`."""
        asked = [(self.question(name), choice) for name, choice in answers.items()]
        return {question.id: question.choice(choice) for question, choice in asked}

    def topics_of_desk(self, desk_id: str) -> frozenset[TopicId]:
        """All topics that a desk handles, offered today or not; raises `Unknown`."""
        return self.usual_topics[self.desk(desk_id).id]

    @cached_property
    def usual_topics(self) -> Mapping[DeskId, frozenset[TopicId]]:
        """All topics that each desk handles, unless staff change it."""
        return {
            desk.id: self.orphans.topic_ids.union(
                topic.id
                for topic in self.topics
                if topic.group in desk.groups or topic.id in desk.topics
            )
            for desk in (*self.desks, *self.orphans.desks)
        }

    def need(self, need_id: str) -> Need:
        """The need of that id, which entries of the directory meet; raises `Unknown`."""
        return by_id("need", need_id, self.needs)

    def offer(self, offer_id: str) -> AdviceOffer:
        """The entry of the directory with that id; raises `Unknown`."""
        return by_id("advice offer", offer_id, self.directory)

    def offers(self, offer_id: str) -> tuple[AdviceOffer, ...]:
        """What of the directory stands on a sheet: one entry, all, or none. Raises `Unknown`."""
        sheets = {str(ALL_OFFERS): self.directory, str(PHRASES): ()}
        return sheets[offer_id] if offer_id in sheets else (self.offer(offer_id),)

    def referral(self, name: str) -> str:
        """To whom people are referred: an entry of the directory or a partner. Raises `Unknown`."""
        entries: tuple[Partner | AdviceOffer, ...] = (*self.partners, *self.directory)
        return by_id("advice offer", name, entries).name
