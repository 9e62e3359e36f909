"""A shaking finger is one touch, and a deliberate second one is never shut out."""

from kiosk.devices.debounce import LOCK_S
from kiosk.touch.double_touch import SCREEN_LOCK_S, FingerDebounce, KeyDebounce


def test_a_second_touch_at_the_same_place_is_the_same_one() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    assert fingers.counts(100, 100, 10.0)
    fingers.lock(100, 100, 10.0)
    assert not fingers.counts(102, 99, 10.2)
    assert fingers.counts(102, 99, 10.0 + LOCK_S)


def test_a_touch_elsewhere_counts_at_once() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    assert fingers.counts(400, 100, 10.1)


def test_a_slow_glass_locks_from_the_moment_it_shows_the_answer() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    fingers.drawn(12.0)
    assert not fingers.counts(100, 100, 12.4)


def test_drawing_again_and_again_does_not_lock_for_ever() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    for tenth in range(10):
        fingers.drawn(10.0 + tenth / 10)
    assert fingers.counts(100, 100, 10.0 + LOCK_S)


def test_four_presses_of_a_trembling_hand_never_reach_the_next_screen() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    fingers.screen_changed()
    fingers.drawn(10.02)
    for press in (1, 2, 3):
        assert not fingers.counts(100, 100, 10.0 + 0.9 * press)
        fingers.ignored(10.0 + 0.9 * press)
    assert fingers.counts(100, 100, 12.7 + SCREEN_LOCK_S)


def test_the_same_digit_twice_counts_twice() -> None:
    fingers = FingerDebounce(mm_per_px=0.17)
    fingers.lock(100, 100, 10.0)
    fingers.drawn(10.02)
    assert fingers.counts(100, 100, 10.02 + LOCK_S)


def test_a_held_key_is_one_press() -> None:
    keys = KeyDebounce()
    counted = 0
    for tenth in range(30):
        counted += keys.counts("ok", tenth / 10)
        keys.lock("ok", tenth / 10)
    assert counted == 1
    assert keys.counts("back", 3.0)
