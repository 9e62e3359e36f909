from functools import partial

from kiosk.touch.drawing.widgets.lru_cache import BytesLruCache


def test_what_was_not_asked_for_longest_makes_room() -> None:
    cache, made = BytesLruCache[str](10, len), list[str]()

    def make(letter: str) -> str:
        made.append(letter)
        return letter * 4

    for letter in "abacab":
        assert cache.get(letter, partial(make, letter)) == letter * 4
    assert made == ["a", "b", "c", "b"]


def test_one_that_is_larger_than_all_is_not_kept() -> None:
    cache = BytesLruCache[str](10, len)
    assert cache.get("whale", lambda: "w" * 99) == "w" * 99
    assert cache.get("shrimp", lambda: "s") == "s"
    assert cache.get("whale", lambda: "smaller") == "smaller"
