import pytest

from kiosk.domain import number
from kiosk.domain.errors import NumbersExhausted


def test_a_number_is_a_letter_and_three_digits() -> None:
    assert number.format_number("A", 17) == "A-017"


def test_a_number_without_group_is_three_digits() -> None:
    assert number.format_number("", 17) == "017"
    everything = {number.format_number("", n) for n in range(1, 1000)}
    with pytest.raises(NumbersExhausted, match="numbers 001 to 999"):
        number.next_running_number("", 17, everything)


def test_numbers_follow_each_other() -> None:
    assert number.next_running_number("A", 0, ()) == 1
    assert number.next_running_number("A", 17, ()) == 18


def test_after_999_the_next_free_number_comes() -> None:
    assert number.next_running_number("A", 999, {"A-001", "A-002"}) == 3


def test_a_number_in_use_is_stepped_over() -> None:
    assert number.next_running_number("A", 4, {"A-005"}) == 6


def test_no_number_is_given_twice_even_when_all_are_in_use() -> None:
    everything = {number.format_number("A", n) for n in range(1, 1000)}
    with pytest.raises(NumbersExhausted, match="A-001 to A-999"):
        number.next_running_number("A", 17, everything)
