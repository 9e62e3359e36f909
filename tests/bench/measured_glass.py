"""`kiosk touch` that measures itself: each touch through the inspection socket tells what it took.

`python measured_glass.py touch --data DIR ...` runs the checkout in whose folder it is started. The
answer to a `tap` has in `measured`, in milliseconds, from the touch to the complete frame: `wall`,
`main` (CPU of the window's thread), `all` (of all threads), exclusive shares of `main` by kind of
work, and counts.
"""

import gc
import runpy
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

import click  # noqa: F401 - before the clock is read, as all of the product

from kiosk.touch.inspection import Inspection

SHARES = {
    "content": ("kiosk.touch.content", "present"),
    "layout": ("kiosk.touch.layout.tile_composition", "compose"),
    "text pictures": ("kiosk.drawing.line_breaking", "draw"),
    "pictograms": ("kiosk.drawing.icons", "mask"),
}
"""Functions by kind of work; wherever a module has imported one, it is measured."""

METHODS = {
    "layout": (
        ("kiosk.touch.drawing.widgets.groups", "Group", "_fill"),
        ("kiosk.touch.drawing.widgets.groups", "Group", "_place_all"),
    ),
    "tiles": (("kiosk.touch.drawing.widgets.tile", "Tile", "_draw"),),
    "GL": (
        ("kivy.core.window.window_sdl2", "WindowSDL", "on_draw"),
        ("kivy.core.window.window_sdl2", "WindowSDL", "flip"),
    ),
    "flow and office": (("kiosk.touch.session.session", "GlassSession", "handle"),),
}


class Meter:
    """CPU of this thread by the innermost kind of work, and how often something was done."""

    def __init__(self) -> None:
        self.shares: dict[str, float] = defaultdict(float)
        self.counts = Counter[str]()
        self._open: list[str] = []
        self._since_s = 0.0

    def begin(self) -> None:
        """Forget what was before."""
        self.shares.clear()
        self.counts.clear()
        self._open, self._since_s = ["widgets"], time.thread_time()

    def measured(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def inside(*args: object, **options: object) -> object:
            self._switch()
            self._open.append(kind)
            self.counts[kind] += 1
            try:
                return function(*args, **options)
            finally:
                self._switch()
                self._open.pop()

        return inside

    def counted(self, kind: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def inside(*args: object, **options: object) -> object:
            self.counts[kind] += 1
            return function(*args, **options)

        return inside

    def end(self) -> None:
        self._switch()

    def _switch(self) -> None:
        now_s = time.thread_time()
        if self._open:
            self.shares[self._open[-1]] += (now_s - self._since_s) * 1000
        self._since_s = now_s


def install(meter: Meter) -> None:
    """Everything is imported by now, and nothing drawn yet."""
    for kind, (module, name) in SHARES.items():
        function = getattr(import_module(module), name)
        measured = meter.measured(kind, function)
        for other in [*sys.modules.values()]:
            if getattr(other, name, None) is function:
                setattr(other, name, measured)
    for kind, methods in METHODS.items():
        for module, owner, name in methods:
            of = getattr(import_module(module), owner)
            setattr(of, name, meter.measured(kind, getattr(of, name)))
    font = import_module("PIL.ImageFont").FreeTypeFont
    font.getlength = meter.counted("runs shaped", font.getlength)
    font.getmask2 = meter.counted("runs drawn", font.getmask2)
    create = meter.counted("textures", import_module("kivy.graphics.texture").Texture.create)
    textures = sys.modules["kiosk.touch.drawing.widgets.textures"]
    counted = type("CountedTexture", (), {"create": staticmethod(create)})
    setattr(textures, "Texture", counted)  # noqa: B010 - of whichever checkout runs
    gc.callbacks.append(lambda phase, _: meter.counts.update({"collections": phase == "start"}))


def measure_taps(meter: Meter) -> None:
    """Add to each answer what it took, until the frame is on the window."""
    app = import_module("kiosk.touch.app").App
    answer, finish = app.answer, import_module("kivy.graphics.opengl").glFinish

    def measured(self: Any, request: Any) -> Any:  # noqa: ANN401 - of the checkout that runs
        if request.command != "tap":
            return answer(self, request)
        self.settle()
        meter.begin()
        clocks = time.monotonic, time.thread_time, time.process_time
        before = [clock() for clock in clocks]
        done = answer(self, request)
        finish()
        took = [(clock() - start) * 1000 for clock, start in zip(clocks, before, strict=True)]
        meter.end()
        figures = dict(zip(("wall", "main", "all"), took, strict=True))
        found = {"shares": dict(meter.shares), "counts": dict(meter.counts)}
        return {**done, "measured": figures | found}

    app.answer = measured


def main() -> None:
    meter, begin = Meter(), Inspection.__init__

    def ready(self: Inspection, *args: Any, **options: Any) -> None:  # noqa: ANN401 - passed on
        install(meter)
        measure_taps(meter)
        begin(self, *args, **options)

    Inspection.__init__ = ready  # type: ignore[method-assign]
    runpy.run_module("kiosk", run_name="__main__")


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
