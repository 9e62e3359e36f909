"""A small town to test in: two topic groups, two desks, and a clock that tests set as they like."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.directory import AdviceOffer, Partner
from kiosk.domain.ids import (
    ChoiceId,
    DeskId,
    GroupId,
    LanguageCode,
    OfferId,
    PartnerId,
    QuestionId,
    StopId,
    TopicId,
)
from kiosk.domain.moment import Moment
from kiosk.domain.profile import Desk, Profile, Stop, Topic, TopicGroup
from kiosk.domain.question import Choice, Question

GERMAN = LanguageCode("de")
TURKISH = LanguageCode("tr")
WORK, HOME = GroupId("work"), GroupId("home")
JOBS, SCHOOL = TopicId("jobs"), TopicId("school")
RENT, PASSPORT = TopicId("rent"), TopicId("passport")
MARKET, ESTATE = StopId("market"), StopId("estate")
TENANTS = OfferId("tenants")
FIRST_DESK, SECOND_DESK = DeskId("1"), DeskId("2")


def _label(text: str) -> dict[LanguageCode, str]:
    return {GERMAN: text, TURKISH: text}


PRIORITY, AGE = QuestionId("priority"), QuestionId("age")
SLOW_ON_FOOT = (PRIORITY, ChoiceId("yes"))
ASKS_PRIORITY = Question(PRIORITY, (Choice(ChoiceId("yes"), effect="priority"),), counted=False)
ASKS_AGE = Question(
    AGE,
    (
        Choice(ChoiceId("young"), _label("Unter 27")),
        Choice(ChoiceId("middle"), _label("27 bis 64")),
        Choice(ChoiceId("old"), _label("65 und älter")),
    ),
    _label("Wie alt sind Sie?"),
)

TOWN = Profile(
    id="town",
    name="Stadtbus",
    operator="Stadt Probe",
    languages=(GERMAN, TURKISH),
    groups=(
        TopicGroup(WORK, "A", "action", "briefcase", _label("Arbeit")),
        TopicGroup(HOME, "B", "green", "house", _label("Wohnen")),
    ),
    topics=(
        Topic(JOBS, WORK, _label("Stelle finden")),
        Topic(SCHOOL, WORK, _label("Schule")),
        Topic(RENT, HOME, _label("Miete"), PartnerId("city")),
        Topic(PASSPORT, HOME, _label("Ausweis"), PartnerId("city")),
    ),
    stops=(
        Stop(MARKET, "Markt", "Mitte", "05513000"),
        Stop(ESTATE, "Siedlung", "Nord", "05513000"),
    ),
    desks=(Desk(FIRST_DESK, (WORK, HOME)), Desk(SECOND_DESK, (HOME,))),
    partners=(Partner(PartnerId("city"), "Stadt"),),
    calls_before_missed=2,
    questions=(ASKS_PRIORITY,),
    directory=(AdviceOffer(TENANTS, "Mieterverein", _label("Rat zur Miete"), phone="0209 123456"),),
)

ONLY_GERMAN = replace(
    TOWN,
    languages=(GERMAN,),
    questions=(),
    groups=tuple(replace(group, label={GERMAN: group.label[GERMAN]}) for group in TOWN.groups),
)
"""The town after Turkish has left its profile."""


@dataclass
class TownClock:
    """Each look at it is `tick_s` later; tests move the wall and the boot as they like."""

    boot: int = 1
    boot_s: float = 0.0
    wall: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))
    trusted: bool = True
    tick_s: float = 1.0

    def __call__(self) -> Moment:
        self.pass_s(self.tick_s)
        return Moment(f"boot-{self.boot}", self.boot_s, self.wall, self.trusted)

    def pass_s(self, seconds: float) -> None:
        """Let time pass."""
        self.boot_s += seconds
        self.wall += timedelta(seconds=seconds)

    def jump(self, days: float) -> None:
        """A person, or a time service, sets the wall clock."""
        self.wall += timedelta(days=days)

    def cut_power(self) -> None:
        """Start again: another boot."""
        self.boot += 1
        self.boot_s = 0.0
