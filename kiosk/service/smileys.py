"""Presses of smileys: recorded, filtered for misuse at once, and filtered anew at the closing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kiosk.domain.device_events import ButtonsTried
from kiosk.domain.feedback import TRUSTED, Misuse
from kiosk.domain.misuse import PAUSE_S, judge_presses, pause_between
from kiosk.service.action import action
from kiosk.store import feedback, visits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import FeedbackId, QuestionId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection

MOST_MISUSED = 500
"""So many misused presses are kept one by one in a visit: a loose wire that presses twice a
second all day must not fill the card, and its presses are one crowd that is judged together.
Further ones only move the end of the press before, so that the rule goes on as if they were here.
"""


@dataclass(frozen=True, slots=True)
class RecordedPress:
    """What became of a press: its id for undo, whether it is stored, and whether it is thanked.

    `question` is the survey question that follows it, None if none does.
    """

    id: FeedbackId
    kept: bool
    thanked: bool
    counted: bool = False
    question: QuestionId | None = None


@dataclass(frozen=True, slots=True)
class ButtonTrial:
    """Staff try the buttons for so many more seconds; these scores were pressed, from the worst."""

    left_s: float
    scores: tuple[int, ...]


def record_press(connection: Connection, press: Feedback) -> RecordedPress:
    """Store a press that is newer than all others, flagged if it is misuse."""
    feedback.insert(connection, press)
    crowd = _crowd(connection, press)
    verdict = judge_presses(crowd)[-1]
    if verdict.misuse is None:
        return RecordedPress(press.id, kept=True, thanked=True, counted=True)
    if _count_misused(connection) < MOST_MISUSED:
        feedback.flag(connection, press.id, verdict.misuse)
        return RecordedPress(press.id, kept=True, thanked=verdict.thanked)
    feedback.delete(connection, press.id)
    if verdict.misuse is not Misuse.TRIAL:
        feedback.extend(connection, crowd[-2].id, press.given)
    return RecordedPress(press.id, kept=False, thanked=verdict.misuse is Misuse.TRIAL)


def reevaluate(connection: Connection) -> list[Feedback]:
    """All presses of the visit, their flags updated to the present rule."""
    presses = feedback.list_all(connection)
    said = [
        replace(p, misuse=v.misuse) for p, v in zip(presses, judge_presses(presses), strict=True)
    ]
    for before, now in zip(presses, said, strict=True):
        if now.misuse is not before.misuse:
            feedback.flag(connection, now.id, now.misuse)
    return said


def try_buttons(office: Office, now: Moment, *, running: bool) -> None:
    """Let nothing count that is pressed in the next two minutes, or end that. Raises `NoVisitOpen`.

    It ends by itself: forgotten, it would cost the smileys of a day.
    """
    with action(office, now) as act:
        if running or act.visit.trial_left_s(now):
            changed = replace(act.visit, trial=now if running else None)
            visits.save(act.connection, act.visit, changed)
            act.announce(ButtonsTried(running))


def count_by_misuse(snapshot: Snapshot) -> Mapping[Misuse | None, int]:
    """How many presses of the open visit count (under None) or are misuse, and of what kind."""
    return feedback.by_misuse(snapshot.connection)


def button_trial(snapshot: Snapshot, now: Moment) -> ButtonTrial | None:
    """What staff find out while they try the buttons; None when they do not."""
    visit = snapshot.visit
    left_s = visit.trial_left_s(now) if visit else 0.0
    if visit is None or visit.trial is None or not left_s:
        return None
    presses = (one for one in feedback.list_all(snapshot.connection) if one.trial)
    scores = {one.score for one in presses if one.given.boot_s >= visit.trial.boot_s}
    return ButtonTrial(left_s, tuple(sorted(scores)))


def _crowd(connection: Connection, press: Feedback) -> list[Feedback]:
    """The window of the rule: this press, and those before it at its surface without a pause."""
    if press.trial or press.surface in TRUSTED:
        return [press]
    crowd: list[Feedback] = []
    for before in feedback.newest_first(connection, press.surface):
        if crowd and pause_between(before, crowd[-1]) >= PAUSE_S:
            break
        crowd.append(before)
    return crowd[::-1]


def _count_misused(connection: Connection) -> int:
    presses = feedback.by_misuse(connection)
    return sum(presses.values()) - presses.get(None, 0)
