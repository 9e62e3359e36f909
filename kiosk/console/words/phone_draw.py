"""What the pages say on which a phone draws a number, in the language of its person.

Nothing on them depends on who came for what: a topic without numbers is named like any other, and
refused when it is asked for (docs/decisions/0024-nothing-public-by-topic.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.domain.refusal_reason import Reason
from kiosk.domain.visit import MOST_TOPICS_AT_ONCE
from kiosk.drawing.bidi import isolated
from kiosk.service.queue_status import UNKNOWN_STATUS, queue_status
from kiosk.service.timetable import next_visits
from kiosk.settings.texts.visits import clock_time, next_visit
from kiosk.settings.texts.waits import range_of_wait

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot
    from kiosk.service.queue_status import QueueStatus
    from kiosk.settings.texts import Texts

_WORDED: Final = (Reason.USED_UP, Reason.BY_APPOINTMENT, Reason.NO_INTAKE, Reason.AT_GLASS)

_WORDS: Final = {
    "tab": "start.take_number",
    "bring": "bring.title",
    "choose_language": "language.title",
}

TROUBLE: Final = "trouble"
"""Told like a refusal: the box could not write it down."""


@dataclass(frozen=True, slots=True)
class OfferedTopic:
    """A topic to touch, and what papers it takes."""

    id: TopicId
    label: str
    icon: str
    bring: str


@dataclass(frozen=True, slots=True)
class OfferedGroup:
    """A topic group with its topics of today."""

    label: str
    icon: str
    topics: tuple[OfferedTopic, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was asked for and cannot be had."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenBus:
    """The bus that is there: its stop, until when and how long people wait, its mark of practice.

    No `groups` where no numbers are given. `by_group` says that the topics are too many to be
    shown at once.
    """

    stop: str
    told: tuple[str, ...]
    mark: str
    groups: tuple[OfferedGroup, ...]

    @property
    def by_group(self) -> bool:
        topics = sum(len(group.topics) for group in self.groups)
        return topics > MOST_TOPICS_AT_ONCE and len(self.groups) > 1


@dataclass(frozen=True, slots=True)
class DrawPage:
    """One page, whole in one language: `bus` is None while it is closed, `text` says more.

    `words` are those that every page has, by the name that the template has for them.
    """

    language: LanguageCode
    title: str
    words: Mapping[str, str]
    text: str = ""
    refusal: Refusal | None = None
    bus: OpenBus | None = None


def draw_page(
    office: Office, texts: Texts, language: LanguageCode, refused: str, now: Moment
) -> DrawPage:
    """The page with which a number is drawn; without an open visit it says when the next one is."""
    with office.snapshot() as snapshot:
        visit = open_visit(snapshot, now)
        status = queue_status(snapshot, now) if visit else UNKNOWN_STATUS
        coming = _next_visit(snapshot, texts, language, now)
    words = {name: texts(language, key) for name, key in _WORDS.items()}
    if visit is None:
        text = coming or texts(language, "closed.text")
        return DrawPage(language, texts(language, "closed.title"), words, text)
    profile = office.profile
    bus = OpenBus(
        profile.stop(visit.stop).name,
        tuple(_told(texts, language, status)),
        texts(language, "practice.mark") if visit.practice else "",
        _groups(profile, visit, language) if visit.intake else (),
    )
    if not visit.intake:
        reason = Reason.BY_APPOINTMENT if profile.by_appointment else Reason.NO_INTAKE
        nothing = _refusal(texts, language, reason, coming)
        return DrawPage(language, nothing.title, words, nothing.text, bus=bus)
    refusal = _refusal(texts, language, refused, coming) if refused else None
    return DrawPage(language, texts(language, "groups.title"), words, refusal=refusal, bus=bus)


def open_visit(snapshot: Snapshot, now: Moment) -> Visit | None:
    """The visit in which people come to the bus: not one that was left open on another day."""
    visit = snapshot.visit
    return None if visit is None or visit.left_open_since(now) else visit


def _refusal(texts: Texts, language: LanguageCode, reason: str, coming: str) -> Refusal:
    """Title and text of a refusal, by the names that the glass has for them."""
    known = reason if reason in _WORDED else Reason.OTHER
    key = "trouble.lasting" if reason == TROUBLE else f"refused.{known}"
    text = coming if coming and known is Reason.NO_INTAKE else texts(language, f"{key}.text")
    return Refusal(texts(language, f"{key}.title"), text)


def _told(texts: Texts, language: LanguageCode, status: QueueStatus) -> list[str]:
    """Until when the bus stays, and how long people usually wait."""
    told = []
    if status.ends:
        told.append(texts(language, "start.until", time=clock_time(language, status.ends)))
    if status.wait_min:
        minutes = range_of_wait(texts, language, status.wait_min, short=True)
        told.append(texts(language, "start.wait", minutes=minutes))
    return told


def _groups(profile: Profile, visit: Visit, language: LanguageCode) -> tuple[OfferedGroup, ...]:
    """Today's topics by group, in the order of the profile; also those without numbers left."""
    groups = []
    for group in profile.groups:
        icon = f"{group.pictogram}.svg"
        topics = tuple(
            OfferedTopic(each.id, each.label[language], icon, each.bring.get(language, ""))
            for each in profile.topics
            if each.group == group.id and each.id in visit.topics
        )
        if topics:
            groups.append(OfferedGroup(group.label[language], icon, topics))
    return tuple(groups)


def _next_visit(snapshot: Snapshot, texts: Texts, language: LanguageCode, now: Moment) -> str:
    coming = next_visits(snapshot, now)
    if not coming:
        return ""
    stop = isolated(snapshot.profile.stop(coming[0].stop).name)
    return next_visit(texts, language, coming[0], stop)
