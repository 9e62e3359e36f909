"""The profile that is started by default says what the concept paper of the BuS-Bus offers."""

import pytest

from kiosk import profiles
from kiosk.domain.ids import LanguageCode
from kiosk.texts.plain import hard_to_read
from kiosk.touch.typeset import Letters, typeset

BUS = profiles.load("gelsenkirchen")
NAMED = [(str(group.id), group.label) for group in BUS.groups]
NAMED += [(str(topic.id), topic.label) for topic in BUS.topics]
LABELS = [(name, language, text) for name, label in NAMED for language, text in label.items()]
BUTTON_TEXT_PX = 400
"""What the pictogram leaves of a button of half a 1280 px screen (look/3-groups.png)."""


def test_the_columns_of_the_annex_and_one_for_those_who_do_not_know() -> None:
    german = [(group.letter, group.label[LanguageCode("de")]) for group in BUS.groups]
    assert german == [
        ("A", "Schule und Beruf"),
        ("B", "Arbeit und Bildung"),
        ("C", "Familie und Gesundheit"),
        ("D", "Neu in der Stadt"),
        ("E", "Anträge und Ausweise"),
        ("F", "Ich weiß es nicht"),
    ]


@pytest.mark.parametrize(
    "service",
    ["fuehrungszeugnis", "an-und-ummeldung", "wohngeld", "bafoeg", "einbuergerung", "schulsystem"],
)
def test_every_everyday_service_can_be_chosen_and_called(service: str) -> None:
    assert BUS.topic(service).id in BUS.topics_of_desk("1")


def test_one_screen_asks_at_most_six_things() -> None:
    counts = [sum(topic.group == group.id for topic in BUS.topics) for group in BUS.groups]
    assert len(counts) <= 6
    assert max(counts) <= 6


def test_the_bus_stands_in_eight_districts() -> None:
    assert len({stop.district for stop in BUS.stops}) == len(BUS.stops) == 8
    assert {stop.ags for stop in BUS.stops} == {"05513000"}


@pytest.mark.parametrize(("name", "language", "text"), LABELS)
def test_a_label_fits_on_its_button_in_two_lines(name: str, language: str, text: str) -> None:
    block = typeset(text, Letters(em_px=50, bold=True), BUTTON_TEXT_PX)
    assert len(block.lines) <= 2, f"{name} in {language}: {block.lines}"
    assert not block.broken, f"{name} in {language}: {block.lines}"


def test_leichte_sprache_is_a_text_of_its_own_and_easy() -> None:
    labels = [text for _, language, text in LABELS if language == "de-x-ls"]
    assert [fault for text in labels for fault in hard_to_read(text)] == []
    german = [text for _, language, text in LABELS if language == "de"]
    assert len(set(labels) - set(german)) > len(labels) / 3
