"""A box that has lived through a quarter: all its stops in turn, and what was true of it."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from click.testing import CliRunner
from msgspec import structs

from kiosk.cli import main
from kiosk.counts.exact import exact_counts
from kiosk.operate.simulation.days import simulate_days
from kiosk.operate.simulation.plan import FIRST_DAY
from kiosk.settings import config
from kiosk.store import counters
from kiosk.store.counters import STOP_SCORES, STOP_TOPICS
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from kiosk.domain.profile import Profile
    from kiosk.settings.config import UploadSettings

PERIOD = "2026-Q1"
VISITS, CITIZENS = 60, 30


@dataclass(frozen=True)
class Truth:
    """The exact sums of the quarter, which are gone once it is closed."""

    people: int
    smileys: int
    stops: Counter[str]
    groups: Counter[str]


@dataclass(frozen=True)
class QuarterBox:
    """The box and its profile."""

    paths: Paths
    profile: Profile
    truth: Truth

    def kiosk(self, *words: str) -> Result:
        """Runs `kiosk WORDS` on the box."""
        environment = {"KIOSK_DATA": str(self.paths.data)}
        return CliRunner().invoke(main, words, env=environment, catch_exceptions=False)

    def send_to(self, server: UploadSettings) -> None:
        """Write it into the settings."""
        settings = config.load_config(self.paths.config)
        self.paths.config.write_text(config.to_toml(structs.replace(settings, upload=server)))


def play_quarter(
    folder: Path, name: str, visits: int = VISITS, citizens: int = CITIZENS, seed: int = 1
) -> QuarterBox:
    """A new box with this profile, and its first quarter behind it."""
    paths = Paths(folder / name)
    made = CliRunner().invoke(main, ("init", "--profile", name, "--data", str(paths.data)))
    assert made.exit_code == 0, made.output
    office = open_kiosk(paths).office
    with closing(office.database):
        simulate_days(office, visits, citizens, seed, first_day=FIRST_DAY)
        with office.database.read() as connection:
            exact = exact_counts(connection, counters.open_months(connection))
    stops, groups = Counter[str](), Counter[str]()
    for (stop, topic), people in exact.of(STOP_TOPICS).items():
        stops[str(stop)] += people
        groups[office.profile.topic(str(topic)).group] += people
    smileys = sum(exact.of(STOP_SCORES).values())
    return QuarterBox(paths, office.profile, Truth(exact.total, smileys, stops, groups))
