"""The chime, and signals for staff: struck bars, made of nothing but sines that fade."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hardware.speaker.port import LOUDEST, Sound

if TYPE_CHECKING:
    from collections.abc import Sequence

RATE_HZ = 22050
PEAK = 0.9
_STRIKE_S = 0.004
"""How long a bar takes to sound: at once it would click."""

_LENGTH_S = 1.3
_OVERTONES = ((1.0, 1.0, 0.45), (2.0, 0.25, 0.22), (3.0, 0.08, 0.12))
"""For each partial: times the note, times its loudness, seconds until it has faded to a third."""


@dataclass(frozen=True, slots=True)
class _Strike:
    note_hz: float
    begins_s: float
    loudness: float


_STRIKES = (_Strike(880.0, 0.0, 1.0), _Strike(659.26, 0.4, 0.9))
"""A falling fourth, a5 and e5: small loudspeakers carry both, and no doorbell has it."""


_DONE = (_Strike(1046.5, 0.0, 1.0), _Strike(1568.0, 0.15, 1.0))
_REFUSED = (_Strike(392.0, 0.0, 1.0), _Strike(392.0, 0.25, 1.0))
_SIGNAL_S = 0.7


@cache
def chime() -> Sound:
    """Always the same; about 1.3 s."""
    return _struck("chime", _STRIKES, _LENGTH_S)


@cache
def signal(*, good: bool) -> Sound:
    """Something is done (short, rising), or refused (low, twice). No call begins so."""
    if good:
        return _struck("done", _DONE, _SIGNAL_S)
    return _struck("refused", _REFUSED, _SIGNAL_S)


def _struck(told: str, strikes: Sequence[_Strike], length_s: float) -> Sound:
    wave = [0.0] * round(length_s * RATE_HZ)
    for strike in strikes:
        first = round(strike.begins_s * RATE_HZ)
        for place in range(first, len(wave)):
            wave[place] += strike.loudness * _bar(strike.note_hz, (place - first) / RATE_HZ)
    loudest = max(map(abs, wave))
    out_of = round(0.1 * RATE_HZ)
    fade = (min(1.0, (len(wave) - place) / out_of) for place in range(len(wave)))
    samples = (
        round(LOUDEST * PEAK * one / loudest * end) for one, end in zip(wave, fade, strict=True)
    )
    return Sound(told, RATE_HZ, array("h", samples))


def _bar(note_hz: float, after_s: float) -> float:
    struck = min(1.0, after_s / _STRIKE_S)
    return struck * sum(
        loudness * math.exp(-after_s / fades_s) * math.sin(2 * math.pi * note_hz * times * after_s)
        for times, loudness, fades_s in _OVERTONES
    )
