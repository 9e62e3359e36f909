"""Printer families: what differs between models, read from `families.toml` and validated."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

_FILE = Path(__file__).with_name("families.toml")
_WIDEST_DOTS = 640


class Hex(bytes):
    """Bytes as a technician writes them: `1d 61 00`."""

    __slots__ = ()


class Sensor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question answered by one byte, after everything that was sent before it was worked off."""

    ask: Hex
    zero: int
    low: int
    out: int
    offline: int


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of printers; the head of `families.toml` says what each field means."""

    title: str
    sources: list[str]
    unverified: list[str]
    dots: dict[int, int]
    baud: int
    band_rows: int
    feed_rows: int
    prepare: Hex
    finish: Hex
    status: Literal["realtime", "sensor", "none"]
    confirm: Literal["process_id", "sensor", "line"]
    clears: bool
    sensor: Sensor | None = None

    def __post_init__(self) -> None:
        """Raise `ValueError` for what does not go together."""
        if not self.sources:
            raise ValueError("sources are missing")
        if not 1 <= self.band_rows <= 255:  # noqa: PLR2004 - the second byte of its height stays 0
            raise ValueError("band_rows must be 1 to 255")
        if any(dots % 4 or not 0 < dots <= _WIDEST_DOTS for dots in self.dots.values()):
            raise ValueError(f"dots must be at most {_WIDEST_DOTS}")
        if self.sensor is None and (self.status == "sensor" or self.confirm == "sensor"):
            raise ValueError("sensor is missing")


@cache
def families() -> dict[str, Family]:
    """Every family by its name in config.toml."""
    return parse(_FILE.read_text(encoding="utf-8"))


def parse(text: str) -> dict[str, Family]:
    """Raises `msgspec.ValidationError`, which says where, for anything unknown or unfit."""
    return msgspec.toml.decode(text, type=dict[str, Family], dec_hook=_hex)


def _hex(wanted: type, value: object) -> object:
    if wanted is Hex and isinstance(value, str):
        return Hex(bytes.fromhex(value))
    raise NotImplementedError
