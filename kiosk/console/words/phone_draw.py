"""What the pages say on which a phone draws a number, in the language of its person.

Nothing on them depends on who came for what: a topic without numbers is named like any other, and
refused when it is asked for (docs/decisions/0024-nothing-public-by-topic.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kiosk.console.words.names import isolated
from kiosk.domain.refusal_reason import Reason
from kiosk.domain.visit import MOST_TOPICS_AT_ONCE
from kiosk.service.queue_status import UNKNOWN_STATUS, queue_status
from kiosk.service.timetable import next_visits
from kiosk.settings.texts.visits import clock_time, next_visit
from kiosk.settings.texts.waits import range_of_wait

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.domain.visit import Visit
    from kiosk.service.office import Office, Snapshot
    from kiosk.service.queue_status import QueueStatus
    from kiosk.settings.texts import Texts

_WORDED: Final = (Reason.USED_UP, Reason.BY_APPOINTMENT, Reason.NO_INTAKE, Reason.AT_GLASS)

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
class DrawPage:
    """One page, whole in one language. `message` is what was refused, or why there is nothing.

    `by_group` says that the topics are too many to be shown at once.
    """

    language: LanguageCode
    direction: str
    tab: str
    title: str
    stop: str = ""
    told: tuple[str, ...] = ()
    mark: str = ""
    message: tuple[str, str] | None = None
    groups: tuple[OfferedGroup, ...] = ()
    by_group: bool = False
    bring: str = ""
    choose_language: str = ""
    languages: tuple[tuple[LanguageCode, str, str], ...] = field(default=())


def draw_page(
    office: Office, texts: Texts, language: LanguageCode, refused: str, now: Moment
) -> DrawPage:
    """The page with which a number is drawn; without an open visit it says when the next one is."""
    with office.snapshot() as snapshot:
        visit = snapshot.visit
        if visit and visit.left_open_since(now):
            visit = None
        status = queue_status(snapshot, now) if visit else UNKNOWN_STATUS
        coming = _next_visit(snapshot, texts, language, now)
    profile = office.profile
    if visit is None:
        title = texts(language, "closed.title")
        text = coming or texts(language, "closed.text")
        return replace(_empty_page(profile, texts, language, title), message=("", text))
    nothing = _nothing_offered(visit, profile)
    reason = nothing or refused
    message = _message(texts, language, reason, coming) if reason else None
    groups = () if nothing else _groups(profile, visit, language)
    many = sum(len(group.topics) for group in groups) > MOST_TOPICS_AT_ONCE and len(groups) > 1
    title = message[0] if nothing and message else texts(language, "groups.title")
    return replace(
        _empty_page(profile, texts, language, title),
        stop=profile.stop(visit.stop).name,
        told=tuple(_told(texts, language, status)),
        mark=texts(language, "practice.mark") if visit.practice else "",
        message=("", message[1]) if nothing and message else message,
        groups=groups,
        by_group=many,
    )


def _empty_page(profile: Profile, texts: Texts, language: LanguageCode, title: str) -> DrawPage:
    return DrawPage(
        language,
        texts.direction(language),
        texts(language, "start.take_number"),
        title,
        bring=texts(language, "bring.title"),
        choose_language=texts(language, "language.title"),
        languages=tuple((c, texts.name(c), texts.direction(c)) for c in profile.languages),
    )


def _nothing_offered(visit: Visit, profile: Profile) -> Reason | None:
    """Why no number can be drawn at all, as far as everybody in the bus is told."""
    if visit.intake:
        return None
    return Reason.BY_APPOINTMENT if profile.by_appointment else Reason.NO_INTAKE


def _message(texts: Texts, language: LanguageCode, reason: str, coming: str) -> tuple[str, str]:
    """Title and text of a refusal, by the names that the glass has for them."""
    if reason == TROUBLE:
        return texts(language, "trouble.title"), texts(language, "trouble.text")
    known = reason if reason in _WORDED else Reason.OTHER
    text = texts(language, f"refused.{known}.text")
    title = texts(language, f"refused.{known}.title")
    return title, (coming or text) if known is Reason.NO_INTAKE else text


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
