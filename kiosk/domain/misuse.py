"""Which presses of smileys are set aside: the same again and again, all over the buttons, trials.

Pure, over the presses of a visit in order. Each is judged by those before it alone, so what is said
at the press is said again when the visit is closed, unless this rule has changed in between. Why
these limits: docs/decisions/0012-presses-set-aside.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.domain.feedback import ELSEWHERE, Misuse, is_glass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import Surface

PAUSE_S: Final = 10.0
"""After so long without a press at a surface somebody else may stand there."""

THANKED_IN_A_ROW: Final = 2
"""So many presses set aside one after the other are thanked all the same: see `Verdict`."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How people press who come one after the other without a pause.

    `rest_s`: so long after a press the next one is the same hand's. `most`: there are no more.
    """

    rest_s: float
    most: int


AT_BUTTONS: Final = Limits(rest_s=1.5, most=5)
AT_A_GLASS: Final = Limits(rest_s=0.0, most=10)
"""Each press there takes three touches and is thanked in between, so no hand can drum."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a press is set aside, if it is, and whether whoever pressed is thanked.

    Somebody honest may press right after another, and must not stand before a dead button; a child
    that goes on drumming is not to be rewarded with light.
    """

    misuse: Misuse | None = None
    thanked: bool = True


@dataclass(slots=True)
class _Crowd:
    """Who has pressed at a surface without a pause. `aside` were set aside since one counted."""

    last: Feedback
    counted: int = 1
    aside: int = 0


def verdicts(presses: Iterable[Feedback]) -> list[Verdict]:
    """What the rule says of each press of a visit; they stand in the order in which they came."""
    crowds: dict[Surface, _Crowd] = {}
    return [_verdict(press, crowds) for press in presses]


def _verdict(press: Feedback, crowds: dict[Surface, _Crowd]) -> Verdict:
    if press.trial:
        return Verdict(Misuse.TRIAL)
    if press.surface == ELSEWHERE:
        return Verdict()
    crowd = crowds.get(press.surface)
    pause_s = pause_between(crowd.last, press) if crowd else math.inf
    if crowd is None or pause_s >= PAUSE_S:
        crowds[press.surface] = _Crowd(press)
        return Verdict()
    before, crowd.last = crowd.last, press
    limits = AT_A_GLASS if is_glass(press.surface) else AT_BUTTONS
    if pause_s >= limits.rest_s and crowd.counted < limits.most:
        crowd.counted += 1
        crowd.aside = 0
        return Verdict()
    crowd.aside += 1
    misuse = Misuse.REPEATED if press.score == before.score else Misuse.RATTLING
    return Verdict(misuse, thanked=crowd.aside <= THANKED_IN_A_ROW)


def pause_between(before: Feedback, press: Feedback) -> float:
    """Seconds without a press between two; infinite when the power went in between."""
    seconds = press.given.seconds_since(before.until or before.given)
    return math.inf if seconds is None else seconds
