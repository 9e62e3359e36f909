"""A visit: one deployment at a stop, its offer, contingents and intake."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from kiosk.domain.errors import (
    ContingentUsedUp,
    IntakeClosed,
    OnlyByAppointment,
    TopicNotOffered,
)
from kiosk.domain.local_time import BERLIN, LocalClock

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from kiosk.domain.ids import StopId, TopicId, VisitId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile

MOST_TOPICS_AT_ONCE: Final = 6
"""Up to this many topics are offered without asking for their groups, on glass and phone."""

TRIAL_S = 120.0
"""Time to press each button twice and to walk back to the page, too short to be forgotten on."""

REOPEN_S = 300.0
"""For so long closing a visit can be taken back; then its rows become counts."""

MORNING = time(4)
"""Local time from which a visit of the day before was left open; none goes on until then."""

LONGEST_LEFT_OPEN = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit: where, since when, and the topics that are offered.

    `contingents` limit how many numbers are given for a topic, `given` tells how many of them are
    taken now: counted anew each time, for one that was undone, transferred or withdrawn is free
    again. Without `intake` no new numbers are given, and waiting citizens are still served.
    `trial` is when staff last began to try the buttons. In a `practice` visit everything works, and
    nothing of it counts or stays. `closed` is when the visit was closed, as long as that can be
    taken back. `intake_said` is when staff last opened or closed the intake.
    """

    id: VisitId
    stop: StopId
    topics: tuple[TopicId, ...]
    opened: Moment
    intake: bool = True
    contingents: Mapping[TopicId, int] = field(default_factory=dict)
    trial: Moment | None = None
    practice: bool = False
    closed: Moment | None = None
    intake_said: Moment | None = None
    given: Mapping[TopicId, int] = field(default_factory=dict)

    @property
    def open_topics(self) -> tuple[TopicId, ...]:
        """The topics for which citizens get numbers now."""
        used_up = set(filter(self.is_used_up, self.contingents))
        return tuple(t for t in self.topics if t not in used_up) if self.intake else ()

    def trial_left_s(self, now: Moment) -> float:
        """For so many more seconds staff try the buttons; a power cut ends it."""
        since_s = now.seconds_since(self.trial) if self.trial else None
        return 0.0 if since_s is None else max(0.0, TRIAL_S - since_s)

    def reopening_left_s(self, now: Moment) -> float:
        """For so many more seconds closing it can be taken back.

        After a power cut the wall clock tells, and where that is not set, the time is over.
        """
        if self.closed is None:
            return 0.0
        since_s = now.seconds_since(self.closed)
        if since_s is None and now.trusted and self.closed.trusted:
            since_s = (now.wall - self.closed.wall).total_seconds()
        return 0.0 if since_s is None or since_s < 0 else max(0.0, REOPEN_S - since_s)

    def left_open_since(self, now: Moment) -> date | None:
        """The local day on which it was opened, from the early morning of the next one on.

        None where no clock tells, or one that has jumped out of all measure.
        """
        opened = LocalClock([self.opened, now]).local(self.opened)
        if opened is None or not now.trusted:
            return None
        morning = datetime.combine(opened.date() + timedelta(days=1), MORNING, BERLIN)
        return opened.date() if morning <= now.wall < morning + LONGEST_LEFT_OPEN else None

    def is_used_up(self, topic: TopicId) -> bool:
        """Whether all numbers of a topic's contingent have been given."""
        contingent = self.contingents.get(topic)
        return contingent is not None and self.given.get(topic, 0) >= contingent

    def is_by_appointment(self, topic: TopicId, profile: Profile) -> bool:
        """Whether a number is given only to who has an appointment; staff may have lifted that."""
        if not self.intake:
            return profile.by_appointment
        return profile.topic(topic).by_appointment and self.contingents.get(topic) == 0

    def check_open(self, topic: TopicId, profile: Profile) -> None:
        """Raise why no number is given, if none is.

        `TopicNotOffered`, `OnlyByAppointment`, `IntakeClosed` or `ContingentUsedUp`.
        """
        if topic not in self.topics or topic in profile.orphans.topic_ids:
            raise TopicNotOffered(topic)
        if self.is_by_appointment(topic, profile):
            raise OnlyByAppointment(topic)
        if not self.intake:
            raise IntakeClosed
        if self.is_used_up(topic):
            raise ContingentUsedUp(topic, self.contingents[topic])
