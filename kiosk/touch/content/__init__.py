"""Content of the screens, element by element, in the order of reading."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.touch.content.bar import bar
from kiosk.touch.content.closed import closed_screen
from kiosk.touch.content.code import code_screen
from kiosk.touch.content.context import ScreenContext
from kiosk.touch.content.messages import (
    bring_screen,
    moment_screen,
    no_voice_screen,
    refused_screen,
    returned_screen,
    still_there_screen,
    thanks_screen,
    trouble_screen,
    updating_screen,
)
from kiosk.touch.content.number import number_screen
from kiosk.touch.content.offers import (
    needs_screen,
    offer_screen,
    offers_screen,
    sheet_screen,
)
from kiosk.touch.content.questions import (
    feedback_screen,
    groups_screen,
    language_screen,
    question_screen,
    survey_screen,
    topics_screen,
)
from kiosk.touch.content.start import start_screen
from kiosk.touch.flow.state import Screen
from kiosk.touch.layout.view import View

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.touch.content.context import Content, GlassSetup
    from kiosk.touch.flow.state import State


_CONTENTS: dict[Screen, Callable[[ScreenContext], Content]] = {
    Screen.START: start_screen,
    Screen.LANGUAGE: language_screen,
    Screen.GROUPS: groups_screen,
    Screen.TOPICS: topics_screen,
    Screen.QUESTION: question_screen,
    Screen.BRING: bring_screen,
    Screen.CODE: code_screen,
    Screen.NUMBER: number_screen,
    Screen.RETURNED: returned_screen,
    Screen.NEEDS: needs_screen,
    Screen.OFFERS: offers_screen,
    Screen.OFFER: offer_screen,
    Screen.SHEET: sheet_screen,
    Screen.FEEDBACK: feedback_screen,
    Screen.SURVEY: survey_screen,
    Screen.THANKS: thanks_screen,
    Screen.CLOSED: closed_screen,
    Screen.REFUSED: refused_screen,
    Screen.TROUBLE: trouble_screen,
    Screen.MOMENT: moment_screen,
    Screen.STILL_THERE: still_there_screen,
    Screen.NO_VOICE: no_voice_screen,
    Screen.UPDATING: updating_screen,
}


def present(state: State, setup: GlassSetup) -> View:
    """The glass as it looks in this state."""
    if state.large_text:
        setup = replace(setup, pane=replace(setup.pane, large_text=True))
    context = ScreenContext(setup, state)
    shown = _CONTENTS[context.screen](context)
    return View(
        screen=context.screen,
        language=state.language,
        right_to_left=context.right_to_left,
        theme=state.theme,
        large_text=state.large_text,
        elements=(*shown.elements, *bar(context, more=shown.more)),
        arrangement=shown.arrangement,
    )
