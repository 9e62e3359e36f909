from dataclasses import replace

from kiosk.touch.flow.state import Screen
from kiosk.touch.focus import focus_after, next_focus
from kiosk.touch.layout.view import Element, Role, Slot, Style, View


def view_of(*names: str, screen: Screen = Screen.TOPICS) -> View:
    """A screen with these choices, and the way back."""
    heading = Element("heading", Role.HEADING, Style.HEADING, Slot.TOP, "?")
    choices = (Element(name, Role.BUTTON, Style.CARD, Slot.CHOICE, name) for name in names)
    back = Element("back", Role.BUTTON, Style.OUTLINED, Slot.BAR_START, "<")
    elements = (heading, *choices, back)
    return View(screen, "de", right_to_left=False, theme="light", elements=elements)


VIEW = view_of("one", "two")


def _walk(key: str, *, listening: bool = False) -> list[str | None]:
    path: list[str | None] = [None]
    for _ in range(5):
        path.append(next_focus(VIEW, path[-1], key, listening=listening))
    return path[1:]


def test_the_focus_cycles_without_a_trap() -> None:
    assert _walk("down") == ["one", "two", "back", "one", "two"]
    assert _walk("up") == ["back", "two", "one", "back", "two"]


def test_who_listens_passes_the_heading_and_reaches_a_list_from_both_ends() -> None:
    assert _walk("down", listening=True) == ["heading", "one", "two", "back", "heading"]
    assert _walk("up", listening=True) == ["back", "two", "one", "heading", "two"]


def test_a_vanished_element_loses_the_focus_to_the_first() -> None:
    assert next_focus(VIEW, "gone", "down", listening=False) == "one"


def _after(view: View, focused: str | None, *, listening: bool, by_keys: bool) -> str | None:
    return focus_after(VIEW, view, focused, listening=listening, by_keys=by_keys)


def test_the_focus_is_never_lost_while_keys_are_used() -> None:
    assert _after(VIEW, "two", listening=False, by_keys=True) == "two"
    other = view_of("three", screen=Screen.GROUPS)
    assert _after(other, "two", listening=False, by_keys=True) == "three"
    assert _after(view_of("three"), "two", listening=False, by_keys=True) == "three"
    assert _after(view_of(), "two", listening=False, by_keys=True) == "back"


def test_who_listens_begins_each_screen_at_its_heading() -> None:
    other = view_of("one", "two", screen=Screen.GROUPS)
    assert _after(other, "one", listening=True, by_keys=True) == "heading"
    assert _after(VIEW, "one", listening=True, by_keys=True) == "one"
    assert _after(view_of("one"), "two", listening=True, by_keys=False) == "heading"


def test_a_heading_that_is_one_no_more_gives_the_focus_to_the_new_one() -> None:
    sentence = Element("why", Role.HEADING, Style.HEADING, Slot.LEAD, "!")
    alone = replace(VIEW, elements=(sentence, *VIEW.elements[1:]))
    below = replace(VIEW, elements=(VIEW.elements[0], replace(sentence, role=Role.TEXT)))
    assert focus_after(alone, below, "why", listening=True, by_keys=True) == "heading"


def test_a_finger_needs_no_focus() -> None:
    assert _after(VIEW, "one", listening=False, by_keys=False) is None
