"""Several packages of one box: each visit stands in one of them, and none tells of another."""

from itertools import permutations
from pathlib import Path
from random import Random

from tests.audit import periods
from tests.audit.lived_box import LivedBox, end_early, end_the_year, live_until_november
from tests.audit.truth import quarter

SEED = 20261122


def test_each_visit_stands_in_one_package_and_in_no_later_one(tmp_path: Path) -> None:
    box = LivedBox(tmp_path / "kiosk.db")
    live_until_november(box, Random(SEED))
    copy = box.put_back(tmp_path / "restored.db")
    for each in (box, copy):
        end_early(each, Random(SEED))
        assert not list(each.astray())
    assert copy.digests() == box.digests()

    end_the_year(box, Random(SEED))
    assert not list(box.astray())
    assert [period.joined for period in box.ledger()] == [["2026-Q1"], ["2026-Q2"], [], []]

    taken = [*copy.exports, *box.exports]
    assert len(taken[-1]) == 4
    for pair in permutations(taken, 2):
        assert not list(periods.differences(pair))


def test_a_visit_that_is_counted_twice_or_not_at_all_is_seen(tmp_path: Path) -> None:
    box = LivedBox(tmp_path / "kiosk.db")
    box.count("2026-05-05", 120, "2026-Q2")
    box.count("2026-05-06", 20, "2026-Q2")
    box.close("2026-07-01")
    assert not list(box.astray())
    box.came["2026-Q2"]["2026-05-06"] += 20
    assert list(box.astray()) == ["2026-Q2: 40 people of 2026-05-06", "2026-Q2: smileys"]
    del box.came["2026-Q2"]["2026-05-06"]
    assert any("visits" in found for found in box.astray())


def test_the_difference_of_running_exports_reveals_who_came_between() -> None:
    exports, came = periods.cumulative(quarter(30, SEED))
    assert periods.computed_share(exports, came) >= 0.3
