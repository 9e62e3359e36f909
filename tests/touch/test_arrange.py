"""How much fits on a pane; sizes never give way."""

import pytest

from kiosk.touch.layout.bar_fit import BarItem, bar_widths, names_that_fit
from kiosk.touch.layout.fit import (
    Card,
    Room,
    arrange,
    arrange_smileys,
    pages,
    smileys_alone,
)
from kiosk.touch.layout.theme import Pane

PANES = {size: Pane.of(*size) for size in ((1280, 800), (800, 480), (720, 1280))}
WORDS = ["sehr gut", "gut", "mittel", "schlecht", "sehr schlecht"]


def _room(size: tuple[int, int], height_mm: float) -> Room:
    pane = PANES[size]
    return Room(pane, pane.inner_px, pane.px(height_mm), right_to_left=False)


def _cards(*labels: str) -> tuple[Card, ...]:
    return tuple(Card(label, icon=True) for label in labels)


def test_few_answers_stand_below_each_other_many_in_columns() -> None:
    room = _room((1280, 800), 90)
    cards = _cards("Wohnen", "Arbeit", "Familie", "Schule", "Geld", "Gesundheit")
    few, many = arrange(cards[:3], room), arrange(cards, room)
    assert (few and few.columns, many and many.columns) == (1, 2)


def test_a_small_pane_shows_fewer_at_once() -> None:
    cards = _cards(*["Wohnen und Miete"] * 6)
    assert arrange(cards, _room((1280, 800), 90))
    assert arrange(cards, _room((800, 480), 48)) is None
    assert arrange(cards[:4], _room((800, 480), 48))


@pytest.mark.parametrize(
    ("count", "expected"), [(3, [3]), (4, [4]), (5, [4, 1]), (8, [4, 4]), (9, [4, 4, 1])]
)
def test_each_page_is_as_full_as_the_room(count: int, expected: list[int]) -> None:
    cards, room = _cards(*["Wohnen und Miete"] * count), _room((800, 480), 48)
    parts = [*pages(cards, room)]
    assert [len(part.cards) for part in parts] == expected
    assert [place for part in parts for place in part.cards] == list(range(count))


def test_what_stands_below_each_page_keeps_its_place() -> None:
    cards, room = _cards(*["Wohnen und Miete"] * 5), _room((800, 480), 48)
    assert [len(part.cards) for part in pages(cards, room, foot=_cards("Keine"))] == [3, 2]


def test_the_start_names_as_many_languages_as_there_is_room_for() -> None:
    names = ["English", "Türkçe", "العربية", "Українська", "Română"]
    counts = {(1920, 1080): 4, (1280, 800): 3, (800, 480): 2, (720, 1280): 2}
    for size, count in counts.items():
        pane = Pane.of(*size)
        room = Room(pane, pane.inner_px, 0, right_to_left=False)
        assert len(names_that_fit(names, room)) == count
    narrow = Room(PANES[800, 480], PANES[800, 480].px(50), 0, right_to_left=False)
    assert len(names_that_fit(names, narrow)) == 1
    long = ["Leichte Sprache, ein langer Name", *names]
    assert list(names_that_fit(long, narrow)) == [1]


def test_a_long_label_does_not_thin_out_the_other_pages() -> None:
    room = _room((800, 480), 48)
    long = "Beratung für zugewanderte Menschen und ihre Familien in der Stadt"
    cards = _cards(long, *["Wohnen und Miete"] * 4)
    assert [len(part.cards) for part in pages(cards, room)] == [1, 4]


def test_smileys_in_a_row_in_a_list_or_alone() -> None:
    row = arrange_smileys(WORDS, _room((1280, 800), 85))
    listed = arrange_smileys(WORDS, _room((720, 1280), 134))
    assert (row and (row.columns, row.stacked)) == (5, True)
    assert (listed and (listed.columns, listed.rows)) == (1, 5)
    assert arrange_smileys(WORDS, _room((800, 480), 45)) is None


def test_the_bar_drops_words_before_it_drops_buttons() -> None:
    items = [BarItem("Zurück", icon=True), BarItem("", icon=True), BarItem("Deutsch", icon=True)]
    wide, narrow = _room((1280, 800), 20), _room((720, 1280), 20)
    assert bar_widths(items, wide)[0] > wide.pane.px(20)
    assert bar_widths(items, narrow)[0] == narrow.pane.px(20)
    for room in (wide, narrow):
        assert sum(bar_widths(items, room)) + 2 * room.pane.gap_px <= room.width_px


def test_a_pane_too_small_for_anything_still_shows_something() -> None:
    parts = [*pages(_cards("Rat", "Hilfe"), _room((800, 480), 5))]
    assert [len(part.cards) for part in parts] == [1, 1]


def test_where_a_row_of_smileys_has_no_room_the_good_stand_above_the_bad() -> None:
    five = smileys_alone(5, _room((720, 1280), 91))
    assert (five.in_rows, five.columns, five.rows) == ((2, 1, 2), 2, 3)
    four = smileys_alone(4, _room((720, 1280), 91))
    assert (four.in_rows, four.columns) == ((2, 2), 2)
    assert smileys_alone(5, _room((800, 480), 50)).in_rows == ()
