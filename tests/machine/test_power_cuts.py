"""The power goes amid a service day, again and again: what was acknowledged is there afterwards."""

from __future__ import annotations

import os
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.machine.after_cut import assert_kept, assert_well, data_after_the_cut
from tests.machine.power_cut import PowerCutGuest, new_chance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.machine.image import Image

pytestmark = pytest.mark.timeout(4 * 3600)
CUTS = int(os.environ.get("RADHAUS_CUTS", "20"))
LONGEST_S = 5.0


@pytest.fixture(scope="module")
def day(image: Image) -> Iterator[PowerCutGuest]:
    """A box amid a visit, kept at the moment before people are served."""
    folder = Path(os.environ["RADHAUS_MACHINE"]) / "cuts"
    with closing(PowerCutGuest(image, folder)) as guest:
        guest.switch_on_with_new_disk()
        guest.keep_amid_the_visit()
        yield guest


def test_what_was_acknowledged_outlives_every_cut(day: PowerCutGuest, tmp_path: Path) -> None:
    chance = new_chance()
    served = 0
    for cut in range(CUTS):
        said = day.said_until_the_cut(chance.uniform(0.2, LONGEST_S))
        with data_after_the_cut(day.served, chance, tmp_path) as office:
            assert_kept(office, said)
        served += sum(map(len, said.values()))
        sys.stdout.write(f"\rcut {cut + 1} of {CUTS}: {served} acknowledged actions are there")
    assert served > CUTS, "the box was cut before anybody was served"


def test_the_box_opens_its_doors_on_what_a_cut_left(day: PowerCutGuest) -> None:
    """The whole box, from switching on."""
    chance = new_chance()
    said = day.said_until_the_cut(LONGEST_S)
    assert said["taken"]
    day.start_again(chance)
    assert_well(day, said)
