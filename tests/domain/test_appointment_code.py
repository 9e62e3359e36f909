"""Codes that are typed at the glass: a slip of the finger is found."""

import secrets
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.appointment_code import GENERATED_DIGITS, generate_code, is_mistyped, parse_code

codes = st.integers().map(lambda seed: generate_code(Random(seed).randrange))


@given(codes)
def test_a_drawn_code_has_eight_digits_and_is_found_right(code: str) -> None:
    assert len(code) == GENERATED_DIGITS
    assert code[0] != "0"
    assert parse_code(code) == code
    assert not is_mistyped(code)
    assert all(one != other for one, other in pairwise(code)), "hard to type at the glass"


@given(codes)
def test_every_wrong_digit_is_found(code: str) -> None:
    for place, right in enumerate(code):
        for digit in set("0123456789") - {right}:
            assert is_mistyped(code[:place] + digit + code[place + 1 :])


@given(codes)
def test_every_swap_of_neighbours_is_found(code: str) -> None:
    for place, (left, right) in enumerate(pairwise(code)):
        if left != right:
            assert is_mistyped(code[:place] + right + left + code[place + 2 :])


def test_codes_are_spread_over_all_there_are() -> None:
    drawn_codes = {generate_code(secrets.randbelow) for _ in range(2000)}
    assert len(drawn_codes) > 1990
    assert {code[0] for code in drawn_codes} == set("123456789")


def test_a_code_is_read_as_people_write_it() -> None:
    assert parse_code(" 1234 5678\n") == "12345678"
    assert parse_code("1234-5678") == "12345678"
    assert parse_code("0815") == "0815"


@given(st.text())
def test_nothing_but_digits_is_a_code(text: str) -> None:
    digits = parse_code(text)
    assert digits is None or (digits.isascii() and digits.isdigit() and 4 <= len(digits) <= 12)


def test_what_is_too_short_too_long_or_no_digit_is_no_code() -> None:
    for text in ("", "123", "1" * 13, "12a4", "\uff11\uff12\uff13\uff14", "1" * 10_000_000):
        assert parse_code(text) is None
