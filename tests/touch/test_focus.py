from kiosk.touch.focus import next_focus

ORDER = ("one", "two", "three")


def _walk(key: str) -> list[str | None]:
    path: list[str | None] = [None]
    for _ in range(4):
        path.append(next_focus(ORDER, path[-1], key))
    return path[1:]


def test_the_focus_goes_round_and_is_trapped_nowhere() -> None:
    assert _walk("down") == ["one", "two", "three", "one"]
    assert _walk("up") == ["three", "two", "one", "three"]


def test_a_vanished_element_loses_the_focus_to_the_first() -> None:
    assert next_focus(ORDER, "gone", "down") == "one"
    assert next_focus((), None, "down") is None
