"""Focus order and digits, for people who use keys instead of the glass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.keys import Key
from kiosk.touch.layout.view import Role, Slot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.touch.layout.view import View

DIGITS = tuple("0123456789")
VOICE_KEYS = (Key.REPEAT, Key.LOUDER, Key.SOFTER)
KEYS = ("up", "down", "ok", "back", *map(str, VOICE_KEYS), "delete", *DIGITS)

_NEXT_PAGE = "more"
"""It stands in the bar, and belongs to what can be chosen."""


def target_of(key: str, focused: str | None, *, typed: bool) -> str | None:
    """The element on which a key acts; `typed` says that digits stand there to be deleted."""
    if key in DIGITS:
        return f"code.{key}"
    if key == "ok":
        return focused or "code.ok"
    return "code.delete" if key == "delete" and typed else "back"


def heading_of(view: View) -> str | None:
    """The element with which reading begins."""
    headings = (element.id for element in view.elements if element.role is Role.HEADING)
    return next(headings, None)


def choices_of(view: View) -> tuple[str, ...]:
    """What this screen asks for, and the way to its next page."""
    of_bar = _bar(view)
    return tuple(name for name in view.focus_order if name not in of_bar) + (
        (_NEXT_PAGE,) if view.element(_NEXT_PAGE) else ()
    )


def bar_of(view: View) -> tuple[str, ...]:
    """What the bar has on every screen."""
    return tuple(name for name in _bar(view) if name != _NEXT_PAGE)


def _bar(view: View) -> tuple[str, ...]:
    slots = (Slot.BAR_START, Slot.BAR_END)
    return tuple(element.id for element in view.at(*slots) if element.touchable)


def next_focus(view: View, focused: str | None, key: str, *, listening: bool) -> str | None:
    """Where the focus goes with "up" or "down"; round and round, so that it is trapped nowhere.

    With the voice on it begins at the heading. From there "up" leads to the last choice: by ear a
    list is walked from both ends, and the bar lies behind it.
    """
    choices, bar = choices_of(view), bar_of(view)
    heading = heading_of(view) if listening else None
    if key == "up" and choices and heading and focused == heading:
        return choices[-1]
    return _neighbour([*([heading] if heading else []), *choices, *bar], focused, key)


def _neighbour(order: Sequence[str], focused: str | None, key: str) -> str | None:
    if not order:
        return None
    if focused not in order:
        return order[0] if key == "down" else order[-1]
    step = 1 if key == "down" else -1
    return order[(order.index(focused) + step) % len(order)]


def focus_after(
    before: View | None, view: View, focused: str | None, *, listening: bool, by_keys: bool
) -> str | None:
    """The focus on a view that has taken the place of another one.

    It stays where its element stays and can still have it: a sentence is the heading only where
    it stands alone. Else it moves to the heading with the voice on, without it to the first that
    can be chosen. A finger needs none.
    """
    if not (listening or by_keys):
        return None
    kept = before is not None and not is_new_page(before, view)
    if kept and focused and focused in (*view.focus_order, heading_of(view)):
        return focused
    if listening:
        return heading_of(view)
    return next(iter((*choices_of(view), *bar_of(view))), None)


def is_new_page(before: View, view: View) -> bool:
    """Whether the page has to be read anew: other words, another screen, other choices."""
    if (before.screen, before.language) != (view.screen, view.language):
        return True
    was, now = set(choices_of(before)), set(choices_of(view))
    return bool(now - {_NEXT_PAGE}) and not (was & now - {_NEXT_PAGE})
