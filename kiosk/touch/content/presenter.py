"""From a state to what is on the glass: the screen's content, and the bar below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.touch.content import content
from kiosk.touch.content.bar import bar
from kiosk.touch.content.context import Script
from kiosk.touch.layout.view import View

if TYPE_CHECKING:
    from kiosk.touch.content.context import Stage
    from kiosk.touch.flow.state import State


def present(state: State, stage: Stage) -> View:
    """The glass as it looks in this state."""
    script = Script(stage, state)
    shown = content(script)
    return View(
        screen=script.screen,
        language=state.language,
        right_to_left=script.right_to_left,
        theme=state.theme,
        elements=(*shown.elements, *bar(script, more=shown.more)),
        arrangement=shown.arrangement,
    )
