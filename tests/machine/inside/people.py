"""Counts people on a day, as if a visit had been closed then: `people.py DAY NUMBER`."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.counting import count_people

DATA = Path("/var/lib/kiosk")


def main(day: str, number: int) -> None:
    office = open_kiosk(Paths(DATA)).office
    with closing(office.database) as database:
        count_people(database, day, number, office.profile)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
