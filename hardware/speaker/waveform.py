"""Sounds as WAV files, of the one kind that is played here: one channel, 16 bit."""

from __future__ import annotations

import io
import sys
import wave
from array import array

from hardware.speaker.port import LOUDEST, Sound

LOWEST_HZ, HIGHEST_HZ = 8000, 48000


class NotPlayable(ValueError):
    """A WAV file of another kind, or none at all; says what it should be."""


def as_wav(sound: Sound) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as writing:
        writing.setnchannels(1)
        writing.setsampwidth(2)
        writing.setframerate(sound.rate_hz)
        writing.writeframes(_little_endian(sound.samples).tobytes())
    return file.getvalue()


def from_wav(content: bytes, told: str) -> Sound:
    """Read a whole file; one that a program wrote into a pipe does not know its own length."""
    try:
        with wave.open(io.BytesIO(content)) as reading:
            channels, width = reading.getnchannels(), reading.getsampwidth()
            rate_hz = reading.getframerate()
            frames = reading.readframes(reading.getnframes())
    except (wave.Error, EOFError) as error:
        message = "it is not a WAV file with PCM samples"
        raise NotPlayable(message) from error
    if (channels, width) != (1, 2) or not LOWEST_HZ <= rate_hz <= HIGHEST_HZ:
        message = (
            f"it has {8 * width} bit, {rate_hz} Hz, channels: {channels};"
            f" save it with 16 bit, {LOWEST_HZ} to {HIGHEST_HZ} Hz, 1"
        )
        raise NotPlayable(message)
    samples = array("h", frames[: len(frames) // 2 * 2])
    return Sound(told, rate_hz, _little_endian(samples))


def normalised(sound: Sound, peak: float) -> Sound:
    """Scaled so that the loudest moment is `peak`, 0 to 1; silence stays silence."""
    now = sound.peak
    return sound.scaled(peak / now) if now > 1 / LOUDEST else sound


def concatenated(told: str, sounds: list[Sound], pause_s: float) -> Sound:
    """One after the other; raises `NotPlayable` when their rates differ."""
    rates = sorted({sound.rate_hz for sound in sounds})
    if len(rates) != 1:
        message = f"they have different rates: {', '.join(map(str, rates))} Hz"
        raise NotPlayable(message)
    samples, pause = array("h"), array("h", bytes(2 * round(pause_s * rates[0])))
    for sound in sounds:
        samples.extend(sound.samples)
        samples.extend(pause)
    return Sound(told, rates[0], samples)


def _little_endian(samples: array[int]) -> array[int]:
    """In the order of WAV files; nothing to do on today's machines."""
    if sys.byteorder == "big":
        samples = samples[:]
        samples.byteswap()
    return samples
