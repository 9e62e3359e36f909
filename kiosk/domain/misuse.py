"""Filter of misuse: repeated presses of smileys, rattling over the buttons, and trials.

Pure, over the presses of a visit in order. Each is judged by those before it alone, so what is said
at the press is said again when the visit is closed, unless this rule has changed in between. Why
these limits: docs/decisions/0012-presses-set-aside.md.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kiosk.domain.feedback import TRUSTED, Misuse, is_glass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kiosk.domain.feedback import Feedback
    from kiosk.domain.ids import Surface

PAUSE_S: Final = 10.0
"""After so long without a press at a surface another citizen may stand there."""

THANKED_IN_A_ROW: Final = 2
"""So many misused presses one after the other are thanked all the same: see `PressVerdict`."""


@dataclass(frozen=True, slots=True)
class PressLimits:
    """What is plausible of citizens who press one after the other without a pause.

    `rest_s`: so long after a press the next one is the same hand's. `most`: there are no more.
    """

    rest_s: float
    most: int


AT_BUTTONS: Final = PressLimits(rest_s=1.5, most=5)
AT_A_GLASS: Final = PressLimits(rest_s=0.0, most=10)
"""Each press there takes three touches and is thanked in between, so no hand can drum."""


@dataclass(frozen=True, slots=True)
class PressVerdict:
    """Why a press is misuse, if it is, and whether box and glass thank for it.

    An honest citizen may press right after another, and must not meet a dead button; a child that
    goes on drumming is not to be rewarded with light.
    """

    misuse: Misuse | None = None
    thanked: bool = True


@dataclass(slots=True)
class _Burst:
    """Presses at a surface without a pause. `misused` do not count, since the last that counted."""

    last: Feedback
    counted: int = 1
    misused: int = 0


def judge_presses(presses: Iterable[Feedback]) -> list[PressVerdict]:
    """What the rule says of each press of a visit; they stand in the order in which they came."""
    bursts: dict[Surface, _Burst] = {}
    return [_verdict(press, bursts) for press in presses]


def _verdict(press: Feedback, bursts: dict[Surface, _Burst]) -> PressVerdict:
    if press.trial:
        return PressVerdict(Misuse.TRIAL)
    if press.surface in TRUSTED:
        return PressVerdict()
    burst = bursts.get(press.surface)
    pause_s = pause_between(burst.last, press) if burst else math.inf
    if burst is None or pause_s >= PAUSE_S:
        bursts[press.surface] = _Burst(press)
        return PressVerdict()
    before, burst.last = burst.last, press
    limits = AT_A_GLASS if is_glass(press.surface) else AT_BUTTONS
    if pause_s >= limits.rest_s and burst.counted < limits.most:
        burst.counted += 1
        burst.misused = 0
        return PressVerdict()
    burst.misused += 1
    misuse = Misuse.REPEATED if press.score == before.score else Misuse.RATTLING
    return PressVerdict(misuse, thanked=burst.misused <= THANKED_IN_A_ROW)


def pause_between(before: Feedback, press: Feedback) -> float:
    """Seconds without a press between two; infinite when the power went in between."""
    seconds = press.given.seconds_since(before.until or before.given)
    return math.inf if seconds is None else seconds
