"""When the computer is told to be in trouble, and when the box shuts down."""

from dataclasses import replace

import pytest

from hardware.board.fake import WELL
from hardware.board.port import Readings
from hardware.trouble import Trouble
from kiosk.devices.board_rule import NEVER_ON_S, BoardRule, IgnitionRule, Order
from kiosk.domain.device_condition import READY, Condition

HOT = replace(WELL, celsius=76.0)
OFF, ON = False, True


def judged(*readings: Readings, every_s: float = 5.0) -> list[tuple[Trouble, ...]]:
    """What is told after each of them."""
    rule = BoardRule()
    return [rule.judge(one, (), place * every_s).troubles for place, one in enumerate(readings)]


def test_a_healthy_computer_or_one_without_sensors_is_ready() -> None:
    rule = BoardRule()
    assert rule.judge(WELL, (), 0) == READY
    assert rule.judge(Readings(), (), 5) == READY


@pytest.mark.parametrize(
    ("readings", "trouble"),
    [
        (HOT, Trouble.HOT),
        (replace(WELL, under_voltage=True), Trouble.UNDER_VOLTAGE),
        (replace(WELL, throttled=True), Trouble.THROTTLED),
        (replace(WELL, free_bytes=100 * 1024**2), Trouble.DISK_FULL),
        (replace(WELL, free_files=3), Trouble.DISK_FULL),
        (replace(WELL, wear_percent=110), Trouble.DISK_WORN),
        (replace(WELL, wear_percent=20, reserve_low=True), Trouble.DISK_WORN),
        (replace(WELL, read_only=True), Trouble.DISK_READ_ONLY),
    ],
)
def test_each_trouble_is_reported_at_once(readings: Readings, trouble: Trouble) -> None:
    assert judged(WELL, readings) == [(), (trouble,)]


def test_heat_trouble_has_hysteresis() -> None:
    warm, cool = replace(WELL, celsius=72.0), replace(WELL, celsius=69.0)
    assert judged(warm, HOT, warm, cool, every_s=100) == [
        (), (Trouble.HOT,), (Trouble.HOT,), (),
    ]  # fmt: skip


def test_a_low_voltage_between_two_readings_is_reported_one_before_the_start_is_not() -> None:
    was_low = replace(WELL, under_voltage_before=True)
    assert judged(was_low, was_low) == [(), ()]
    assert judged(WELL, was_low) == [(), (Trouble.UNDER_VOLTAGE,)]


def test_a_sensor_that_flaps_writes_one_entry_and_not_hundreds() -> None:
    told = judged(*[HOT, WELL] * 360)
    assert len(set(told)) == 1, "told once in an hour of flapping"


def test_the_slowest_flapping_writes_two_entries_in_a_minute_at_most() -> None:
    rule, told = BoardRule(), list[Condition]()
    for second in range(0, 3600, 5):
        condition = rule.judge(HOT if second % 70 == 0 else WELL, (), second)
        if not told or told[-1] != condition:
            told.append(condition)
    assert len(told) <= 2 * 3600 / 70 + 1


def test_values_that_only_change_are_no_new_condition() -> None:
    rule = BoardRule()
    first = rule.judge(HOT, (), 0)
    assert "76 °C" in first.detail
    assert rule.judge(replace(HOT, celsius=79.5), (), 5) is first


def test_the_worst_comes_first() -> None:
    rule = BoardRule()
    told = rule.judge(HOT, {Trouble.CLOCK_UNKNOWN, Trouble.NO_POWER}, 0)
    assert told.troubles == (Trouble.NO_POWER, Trouble.HOT, Trouble.CLOCK_UNKNOWN)
    assert told.ready


def test_a_turned_key_is_reported_as_back_soon_unless_it_flaps() -> None:
    rule = BoardRule()

    def off_at(at_s: float, *, off: bool) -> bool:
        return rule.judge(WELL, [Trouble.NO_POWER] if off else [], at_s).troubles != ()

    assert [off_at(0, off=True), off_at(1, off=False), off_at(4, off=False)] == [True, True, False]
    assert [off_at(6, off=True), off_at(7, off=False), off_at(20, off=False)] == [True, True, True]
    assert off_at(80, off=False) is False


def test_the_box_leaves_when_the_ignition_was_off_for_long_enough() -> None:
    rule = IgnitionRule(60)
    assert rule.order(ON, 0) is Order.STAY
    assert rule.order(OFF, 1) is Order.ANNOUNCE
    assert rule.order(OFF, 60) is Order.ANNOUNCE
    assert rule.order(OFF, 61) is Order.LEAVE


def test_power_that_returns_begins_anew() -> None:
    rule = IgnitionRule(60)
    rule.order(ON, 0)
    rule.order(OFF, 1)
    assert rule.order(ON, 50) is Order.STAY
    assert rule.order(OFF, 51) is Order.ANNOUNCE
    assert rule.order(OFF, 110) is Order.ANNOUNCE
    assert rule.order(OFF, 111) is Order.LEAVE


def test_a_line_that_cannot_be_read_now_and_then_does_not_keep_the_box_on_for_ever() -> None:
    rule = IgnitionRule(60)
    rule.order(ON, 0)
    orders = [rule.order(None if second % 30 == 0 else OFF, second) for second in range(1, 70)]
    left = orders.index(Order.LEAVE) + 1
    assert 61 < left < 70, "later by what was not known, and no more"
    assert [second for second in range(1, left) if orders[second - 1] is Order.STAY] == [30, 60]


def test_an_unknown_line_causes_no_shutdown_for_however_long() -> None:
    rule = IgnitionRule(60)
    rule.order(ON, 0)
    rule.order(OFF, 1)
    rule.order(OFF, 50)
    assert {rule.order(None, second) for second in range(51, 1000)} == {Order.STAY}
    assert rule.order(OFF, 1000) is Order.ANNOUNCE
    assert rule.order(OFF, 1011) is Order.LEAVE


def test_a_line_that_was_never_on_leaves_a_technician_the_time_to_mend_it() -> None:
    rule = IgnitionRule(60)
    assert rule.order(OFF, 0) is Order.STAY
    assert rule.order(OFF, NEVER_ON_S - 1) is Order.STAY
    assert rule.order(OFF, NEVER_ON_S) is Order.ANNOUNCE
    assert rule.order(OFF, NEVER_ON_S + 60) is Order.LEAVE


def test_an_unknown_line_never_leaves() -> None:
    rule = IgnitionRule(60)
    assert {rule.order(None, second) for second in range(0, 10_000, 100)} == {Order.STAY}
