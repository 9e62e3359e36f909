"""Keys of the staff pages: each has one meaning, on the page, in menus, and in the handbook."""

import re
from pathlib import Path

from kiosk.console.http.headers import TEMPLATES
from kiosk.console.words.keys import KEYS

HANDBOOK = Path("docs/staff.md").read_text(encoding="utf-8")
A4_CHARACTERS = 4500
"""Of ten points, with the margins of an office printer."""

WORDS = sorted((TEMPLATES.parent / "words").rglob("*.py"))
SOURCES = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.html")]


def test_no_key_has_two_meanings() -> None:
    assert len(set(KEYS.values())) == len(KEYS)
    of_lists = re.compile(r"(Shift\+)?[1-9]")  # outcomes, and the entries of a list
    assert [key for key in KEYS.values() if of_lists.fullmatch(key)] == []


def test_templates_take_every_key_from_the_table_and_every_key_is_taken() -> None:
    written = {key for text in SOURCES for key in re.findall(r'keyshortcuts="([^"]+)"', text)}
    by_itself = {key for key in written if not key.startswith("{{")}
    assert by_itself == {"Shift+{{ loop.index }}", "Shift+{{ place.last }}"}
    literal = r'(?:sending|opening|slip|pair)\([^}]*, "(?:Shift\+)?[A-Z0-9+-]"'
    assert [found for text in SOURCES for found in re.findall(literal, text)] == []
    taken = {name for text in SOURCES for name in re.findall(r"keys\.(\w+)", text)}
    assert taken == KEYS.keys()


def test_handbook_is_one_page_and_names_existing_controls() -> None:
    assert len(HANDBOOK) <= A4_CHARACTERS
    wordings = " ".join([*SOURCES, *(path.read_text(encoding="utf-8") for path in WORDS)])
    named = re.findall(r"\*\*([^*]+?)\*\*(?: \((?:⇧ )?\w\)|(?= \())", HANDBOOK)
    assert len(named) > 10
    assert [name for name in named if name not in wordings] == []
    keys = re.findall(r"\((?:E, dann )?((?:⇧ )?[A-Z])\)", HANDBOOK)
    assert {key.replace("⇧ ", "Shift+") for key in keys} <= set(KEYS.values())
