"""Prerenderer: draws what may come next while the glass rests, so that a touch finds it drawn.

In small pieces, the last of which may hold a touch up. What is done once is not done again, so that
a glass at rest soon sleeps.
"""

from __future__ import annotations

import heapq
import math
import time
from collections import deque
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING

from kiosk.service.queue_status import UNKNOWN_STATUS
from kiosk.touch.content import present
from kiosk.touch.drawing.offscreen import OffscreenDrawing
from kiosk.touch.drawing.spare_layouts import MOST_SPARES
from kiosk.touch.drawing.widgets.textures import displaced_pictures
from kiosk.touch.flow.next_states import SOME_NUMBER, is_common, next_states
from kiosk.touch.flow.state import Screen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.touch.app import App
    from kiosk.touch.flow.state import State
    from kiosk.touch.layout.theme import Pane
    from kiosk.touch.layout.view import View

REST_S = 0.3
"""Without a touch for so long, the glass rests."""

MOST_VIEWS = 48
"""From the first screen on; from any other only what one touch leads to."""

_LANGUAGE_COSTS = 3
"""Touches: the way to a number comes before the same screens in other languages."""

_PLANS_KEPT = 32

_SHORT_QUEUE = 5
"""So many ahead of the next number are told in words that were drawn ahead."""

_Plan = tuple["State", "Pane"]


class Prerenderer:
    """Work for the time between two touches, in the thread of the window."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._drawing = OffscreenDrawing(app.glass)
        self._plan: _Plan | None = None
        self._pieces: Iterator[None] | None = None
        self._finished: deque[tuple[_Plan, list[View]]] = deque(maxlen=_PLANS_KEPT)
        """With the numbers that are kept as spares."""
        self._spares: dict[tuple[str, ...], View] = {}
        """Those of this plan, by their buttons."""
        self._displaced = 0

    @property
    def rest_s(self) -> float:
        """How long until the next piece is due."""
        state = self._app.session.state
        if not is_common(state) or self._is_finished(self._plan_for(state)):
            return math.inf
        return max(0.0, self._app.refreshed_s + REST_S - time.monotonic())

    @property
    def done(self) -> bool:
        """Whether nothing is left to draw."""
        return math.isinf(self.rest_s)

    def step(self) -> None:
        """Do one piece, if the glass rests."""
        app = self._app
        if self.rest_s > 0 or app.frame_is_due or app.glass.touched or app.session.awaits_office:
            return
        plan = self._plan_for(app.session.state)
        if plan != self._plan or self._pieces is None:
            known = self._spares_of(plan)
            self._plan, self._spares = plan, {each.focus_order: each for each in known or ()}
            self._pieces = self._keep_spares(*known) if known else self._work(app.session.state)
        if next(self._pieces, self) is self:
            self._finish(plan)

    def _spares_of(self, plan: _Plan) -> list[View] | None:
        """Nothing as long as the plan is not finished."""
        return next((spares for finished, spares in self._finished if finished == plan), None)

    def _is_finished(self, plan: _Plan) -> bool:
        """Whether all is drawn, and no spare of it has been taken since."""
        spares = self._spares_of(plan)
        return spares is not None and all(map(self._drawing.is_spare, spares))

    def _finish(self, plan: _Plan) -> None:
        self._plan = self._pieces = None
        self._drawing.end()
        if self._displaced != displaced_pictures():  # so others may have to be drawn again
            self._displaced = displaced_pictures()
            self._finished.clear()
        if self._spares_of(plan) is None:
            self._finished.append((plan, [*self._spares.values()]))

    def _plan_for(self, state: State) -> _Plan:
        """What is to be done depends on it; a queue that moves is no reason to begin again."""
        return replace(state, queue=UNKNOWN_STATUS, wish=""), self._app.setup.pane

    def _work(self, first: State) -> Iterator[None]:
        for state, view in self._likely(first):
            yield
            yield from self._drawing.pieces(view, SOME_NUMBER)
            is_number = view.screen is Screen.NUMBER and view.language == first.language
            if is_number and len(self._spares) < MOST_SPARES:
                self._spares.setdefault(view.focus_order, view)
                yield from self._keep_spares(view)
                yield from self._short_queues(state)

    def _short_queues(self, number: State) -> Iterator[None]:
        """The same number with some people ahead: their words, and what fits beside them."""
        for ahead in range(1, _SHORT_QUEUE + 1):
            shown = replace(number.shown, ahead=ahead) if number.shown else None
            yield from self._drawing.pieces(
                present(replace(number, shown=shown), self._app.setup), SOME_NUMBER
            )

    def _keep_spares(self, *views: View) -> Iterator[None]:
        """Those of them that are not there, or have been taken."""
        for view in views:
            if not self._drawing.is_spare(view):
                yield from self._drawing.keep_spare(view)

    def _likely(self, first: State) -> Iterator[tuple[State, View]]:
        """What one touch leads to; from the first screen on also what follows. Likely ones first.

        Other states than the first, and how they look.
        """
        setup, order = self._app.setup, count()
        known, waiting = [replace(first, wish="")], [(0, next(order), first)]
        while waiting:
            touches, _, state = heapq.heappop(waiting)
            view = present(state, setup)
            if state is not first:
                yield state, view
            if state is not first and first.screen is not Screen.START:
                continue
            for found in next_states(setup.flow, state, view.focus_order):
                comparable = replace(found, wish="")
                if comparable not in known and len(known) <= MOST_VIEWS:
                    known.append(comparable)
                    costs = 1 if found.language == state.language else _LANGUAGE_COSTS
                    heapq.heappush(waiting, (touches + costs, next(order), found))
