"""What the page of one desk shows, in words: the queue as this desk sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.console.german import DEVICES
from kiosk.domain.ids import LanguageCode
from kiosk.domain.outcome import Outcome
from kiosk.domain.ticket import Ticket, TicketState
from kiosk.service.queue_view import QueueView, device_states, queue_view
from kiosk.texts.outcomes import OUTCOMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.console.door import Door
    from kiosk.domain.ids import DeskId, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Desk, Profile, Stop

GERMAN = LanguageCode("de")


@dataclass(frozen=True, slots=True)
class Row:
    """One person. `minutes` is the time of waiting or being served; None over a power cut."""

    ticket: Ticket
    topic: str
    language: str
    minutes: int | None
    mine: bool


@dataclass(frozen=True, slots=True)
class TopicChoice:
    """A topic to choose from."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A topic group with those of its topics that can be chosen."""

    label: str
    topics: tuple[TopicChoice, ...]


@dataclass(frozen=True, slots=True)
class OutcomeChoice:
    """How a talk can end, and the key for it."""

    outcome: Outcome
    label: str
    key: str


_TO_RECORD = (outcome for outcome in Outcome if outcome is not Outcome.NOT_RECORDED)
OUTCOME_CHOICES: Final = tuple(
    OutcomeChoice(outcome, OUTCOMES[outcome], str(key)) for key, outcome in enumerate(_TO_RECORD, 1)
)


@dataclass(frozen=True, slots=True)
class DeskPage:
    """Everything on the page of one desk. Topics and stops are those to choose from."""

    desk: str
    offer: str
    stop: str | None
    person: Row | None
    waiting: list[Row]
    parked: list[Row]
    missed: list[Row]
    others: list[str]
    served: int
    unready: list[str]
    ready: list[str]
    stand_ins: tuple[str, ...]
    groups: list[GroupChoice]
    stops: tuple[Stop, ...]
    outcomes: tuple[OutcomeChoice, ...] = OUTCOME_CHOICES

    @property
    def mine(self) -> list[Row]:
        """Who waits for this desk."""
        return [row for row in self.waiting if row.mine]

    @property
    def all_stand_ins(self) -> bool:
        """No device that has told of itself is a real one."""
        return {*self.ready, *self.unready} <= {*self.stand_ins}

    @property
    def still_there(self) -> int:
        """Who would be sent away if the visit ended now."""
        return len(self.waiting) + len(self.others) + (self.person is not None)

    @property
    def longest_wait(self) -> int | None:
        """Minutes that somebody has waited for this desk."""
        return max((row.minutes for row in self.mine if row.minutes is not None), default=None)


def desk_page(door: Door, desk: str) -> DeskPage:
    """The page as it is now. Raises `Unknown`."""
    profile, now = door.office.profile, door.now()
    offer = offer_of(profile, profile.desk(desk))
    view = queue_view(door.office)
    devices = device_states(door.office, now)
    present = view.desk(desk).ticket
    rows = _Rows(door, now, frozenset(view.desk(desk).topics))
    return DeskPage(
        desk=desk,
        offer=offer,
        stop=profile.stop(view.visit.stop).name if view.visit else None,
        person=rows.of(present) if present else None,
        waiting=rows.of_all(view.waiting(now)),
        parked=rows.of_all(view.in_state(TicketState.PARKED)),
        missed=rows.of_all(view.in_state(TicketState.MISSED)),
        others=_others(view, desk),
        served=len(view.in_state(TicketState.FINISHED)),
        unready=[_device(name) for name, said in devices.items() if not said.ready],
        ready=[_device(name) for name, said in devices.items() if said.ready],
        stand_ins=tuple(_device(name) for name in door.stand_ins),
        groups=_group_choices(profile, view.visit.topics if view.visit else None),
        stops=profile.stops,
    )


def offer_of(profile: Profile, desk: Desk) -> str:
    """What a desk is there for."""
    if len(desk.groups) == len(profile.groups):
        return "Alle Anliegen"
    return ", ".join(profile.group(group).label[GERMAN] for group in desk.groups)


def _group_choices(profile: Profile, offered: Iterable[str] | None) -> list[GroupChoice]:
    """Those offered, or all when no visit is open and any can be offered."""
    wanted = {topic.id for topic in profile.topics} if offered is None else set(offered)
    choices = []
    for group in profile.groups:
        topics = tuple(
            TopicChoice(topic.id, topic.label[GERMAN])
            for topic in profile.topics
            if topic.group == group.id and topic.id in wanted
        )
        if topics:
            choices.append(GroupChoice(f"{group.letter} · {group.label[GERMAN]}", topics))
    return choices


@dataclass(frozen=True, slots=True)
class _Rows:
    """Tickets in words, as seen from one desk at one moment."""

    door: Door
    now: Moment
    topics: frozenset[TopicId]

    def of_all(self, tickets: Iterable[Ticket]) -> list[Row]:
        return [self.of(ticket) for ticket in tickets]

    def of(self, ticket: Ticket) -> Row:
        profile = self.door.office.profile
        return Row(
            ticket=ticket,
            topic=profile.topic(ticket.topic).label[GERMAN],
            language=self.door.texts.name(ticket.language),
            minutes=self._minutes(ticket),
            mine=ticket.topic in self.topics,
        )

    def _minutes(self, ticket: Ticket) -> int | None:
        since = ticket.started if ticket.state is TicketState.SERVING else ticket.taken
        seconds = self.now.seconds_since(since) if since else None
        return None if seconds is None else int(seconds // 60)


def _others(view: QueueView, desk: DeskId | str) -> list[str]:
    return [
        f"Platz {other.id}: {other.ticket.number}"
        for other in view.desks
        if other.ticket and other.id != desk
    ]


def _device(name: str) -> str:
    return DEVICES.get(name, name)
