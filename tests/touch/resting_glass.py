"""A glass that only lays out and always rests: what it draws ahead, printed as JSON.

`python -m tests.touch.resting_glass`; no display is needed.
"""

import json
import os
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

import click
from PIL import Image

from kiosk.domain.ids import LanguageCode, TicketId, TopicId
from kiosk.service.queue_status import QueueStatus
from kiosk.settings.profiles import load_profile
from kiosk.settings.texts import Texts
from kiosk.touch.content import present
from kiosk.touch.content.context import GlassSetup
from kiosk.touch.environment import prepare
from kiosk.touch.flow.state import Screen, ShownNumber, State
from kiosk.touch.layout.theme import Pane
from kiosk.touch.samples import flow_of, sample

PANE = Pane.of(800, 480)
VISITS = 1000


@dataclass
class Session:
    """A citizen who does nothing."""

    state: State
    awaits_office: bool = False


@dataclass
class Resting:
    """What the drawing ahead sees of the glass, and the modules that need Kivy."""

    setup: GlassSetup
    session: Session
    refreshed_s: float = 0.0
    glass: Any = field(init=False)

    def __post_init__(self) -> None:
        self._clock = import_module("kivy.clock").Clock
        self._headless = import_module("kiosk.touch.drawing.headless_layout")
        self.textures = import_module("kiosk.touch.drawing.widgets.textures")
        self.glass = self._headless.headless_glass(PANE)
        self._ahead = import_module("kiosk.touch.prerender").Prerenderer(self)

    @property
    def topic(self) -> TopicId:
        """One for which something is to be brought."""
        return next(each.id for each in self.setup.profile.topics if each.bring)

    @property
    def frame_is_due(self) -> bool:
        """Whether Kivy has something to lay out."""
        return bool(self._clock.get_min_timeout() <= 0)

    def pieces(self, state: State) -> int:
        """Rest in that state until nothing is left to draw; how many turns that took."""
        self.session.state, found = state, 0
        while not self._ahead.done:
            self._clock.tick()
            self._clock.tick_draw()
            found += 1
            self._ahead.step()
        return found

    def missing(self, state: State) -> int:
        """How many pictures of that screen were not there; they are now."""
        return sum(map(self.textures.prerender, self.pictures(state)))

    def pictures(self, state: State) -> list[Any]:
        self._headless.laid_out(self.glass, present(state, self.setup))
        return [picture for tile in self.glass.tiles() for picture, _, _ in tile.pictures()]


@dataclass(frozen=True, slots=True)
class Noise:
    """A large picture that cannot be packed."""

    number: int
    coloured: ClassVar = False
    BYTES: ClassVar = 1000 * 1000

    def draw(self) -> Image.Image:
        """A new one each time."""
        return Image.effect_noise((1000, 1000), 100)


def thousand_visits(resting: Resting, start: State) -> int:
    """Turns that were needed by a thousand citizens who came after the first."""
    found = 0
    for visit in range(1, VISITS):
        called = QueueStatus(called=f"B-{visit:03}")
        shown = ShownNumber(f"A-{visit:03}", 2, link=f"http://x/t/{visit}", ticket=TicketId(visit))
        found += resting.pieces(replace(start, queue=called, wish=f"wish {visit}"))
        found += resting.pieces(replace(start, screen=Screen.NUMBER, shown=shown))
        found += resting.pieces(replace(start, screen=Screen.CODE, typed=f"{visit}"))
    return found


def short_queues(resting: Resting, start: State) -> list[int]:
    """How many pictures of a new number were not there, by how many are ahead of it."""
    shown = [ShownNumber(f"B-00{ahead}", ahead, ticket=TicketId(9)) for ahead in range(6)]
    states = [
        replace(start, screen=Screen.NUMBER, shown=each, topic=resting.topic) for each in shown
    ]
    return [*map(resting.missing, states)]


def spares(resting: Resting, start: State) -> list[int]:
    """Turns to lay a number out anew, after the glass has shown one; and with nothing shown."""
    shown = ShownNumber("A-017", 2, ticket=TicketId(17))
    number = replace(start, screen=Screen.NUMBER, shown=shown, topic=resting.topic)
    resting.glass.show(present(number, resting.setup))
    return [resting.pieces(start), resting.pieces(start)]


def displaced(resting: Resting, start: State) -> tuple[bool, int]:
    """Whether others had the room of a screen, and what was missing of it after the next rest."""
    feedback = replace(start, screen=Screen.FEEDBACK)
    thanks = replace(start, screen=Screen.THANKS, score=5)
    resting.pieces(feedback)
    first = resting.pictures(thanks)[0]
    for number in range(resting.textures.MOST_PACKED_BYTES // Noise.BYTES + 1):
        resting.textures.prerender(Noise(number))
    had_room = resting.textures.prerender(first)
    resting.pieces(replace(start, screen=Screen.LANGUAGE))
    resting.pieces(feedback)
    return had_room, resting.missing(thanks)


@click.command()
def main() -> None:
    """Print all of it."""
    with TemporaryDirectory() as home:
        prepare(os.environ, Path(home), PANE, fullscreen=False, window=False)
        profile = load_profile("gelsenkirchen")
        setup = GlassSetup(
            profile, Texts.load(), flow_of(profile), PANE, printer=True, phone_pages=True
        )
        start = sample("start", setup, LanguageCode("ar"))
        resting = Resting(setup, Session(start))
        first = resting.pieces(start)
        screens = (Screen.GROUPS, Screen.FEEDBACK, Screen.NEEDS, Screen.LANGUAGE)
        missing = {screen: resting.missing(replace(start, screen=screen)) for screen in screens}
        later = thousand_visits(resting, start)
        found = {"first": first, "missing": missing, "later": later}
        found |= {"spares": spares(resting, start), "ahead": short_queues(resting, start)}
        found["displaced"] = displaced(resting, start)
        click.echo(json.dumps(found))


if __name__ == "__main__":
    main()
