"""What people are told of their wait, what came true, and what ZMS would have told."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from statistics import fmean

import click

from kiosk.service.office import Office
from kiosk.settings import profiles
from kiosk.store.database import Database
from tests.operate.simulation.loads import LOADS
from tests.operate.simulation.played_waits import (
    WaitRecord,
    figures,
    recorded_waits,
    usual_minutes,
    zms_range,
)

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that syncs at once, where there is one
DESK_DAYS, SEED = 80, 11
HEAD = (
    "profile        days      told  wait | ours        if waited | narrower | ZMS         "
    "-25 %       +25 %       | whole visit"
)


def recorded_waits_at(name: str, busy: float, visits: int, seed: int) -> list[WaitRecord]:
    """What was told on such days of a shipped profile, in a database of its own."""
    with (
        tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.exists() else None) as folder,
        closing(Database.create(Path(folder) / "kiosk.db")) as database,
    ):
        return recorded_waits(Office(database, profiles.load_profile(name)), busy, visits, seed)


def measure() -> None:
    """Print minutes and shares; "12.3 86%" is a mean width and the share that came true."""
    click.echo(f"\n== waiting time: {DESK_DAYS} days of a desk, seed {SEED}, minutes ==\n{HEAD}")
    for name in profiles.available_profiles():
        visits = DESK_DAYS // len(profiles.load_profile(name).desks)
        for load, busy in LOADS.items():
            tickets = recorded_waits_at(name, busy, visits, SEED)
            click.echo(f"{name:14} {load:9} " + " ".join(line(name, tickets)))


def line(name: str, tickets: Sequence[WaitRecord]) -> Iterator[str]:
    """One row of the table."""
    known = [told for told in tickets if told.range]
    waited = [told for told in known if told.wait_min > 1]
    ours = [told.range for told in known if told.range]
    zms = [
        zms_range(usual_minutes(profile := profiles.load_profile(name)), told.own) for told in known
    ]
    narrower = fmean(a[1] - a[0] < b[1] - b[0] for a, b in zip(ours, zms, strict=True))
    yield f"{len(known) / len(tickets):4.0%} {fmean(told.wait_min for told in known):5.1f} |"
    yield f"{quality(known, ours)} {quality(waited, [t.range for t in waited if t.range])} |"
    yield f"{narrower:8.0%} | {quality(known, zms)}"
    for wrong_by in (-0.25, 0.25):
        minutes = usual_minutes(profile, wrong_by)
        yield quality(known, [zms_range(minutes, told.own) for told in known])
    minutes = usual_minutes(profile)
    yield "| " + quality(known, [zms_range(minutes, told.whole) for told in known])


def quality(tickets: Sequence[WaitRecord], ranges: Sequence[tuple[int, int]]) -> str:
    """Mean and median width, and the share that came true."""
    if not tickets:
        return "-"
    found = figures(ranges, [told.wait_min for told in tickets])
    return f"{found.mean_width:4.1f}/{found.median_width:<4.0f}{found.right:4.0%}"
