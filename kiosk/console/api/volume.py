"""How loud the box calls."""

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from kiosk.console.api.shapes import Body
from kiosk.console.http.answers import TOKEN, problems
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import TheDoor
from kiosk.domain.volume import MAX_PERCENT, MIN_PERCENT
from kiosk.service import volume

REFUSALS = problems(400, 401, 403, 413)
MOST_STEPS = 9
"""From the softest to the loudest."""


class VolumeAnswer(msgspec.Struct, frozen=True):
    """Percent of what the amplifier gives; in quiet times of config.toml it is less."""

    percent: int


class VolumeBody(Body, frozen=True):
    """The volume that is wanted."""

    percent: Annotated[int, msgspec.Meta(ge=MIN_PERCENT, le=MAX_PERCENT)]


class StepsBody(Body, frozen=True):
    """So many steps of 10 % louder; softer when negative."""

    steps: Annotated[int, msgspec.Meta(ge=-MOST_STEPS, le=MOST_STEPS)]


@get("/", sync_to_thread=True, responses=problems(401))
def show_volume(door: TheDoor) -> VolumeAnswer:
    """How loud calls are."""
    return VolumeAnswer(door.office.read(volume.percent))


@post("/", status_code=200, sync_to_thread=True, responses=REFUSALS)
def choose_volume(door: TheDoor, data: JSONBody[VolumeBody]) -> VolumeAnswer:
    """Set it; it stays so over a restart."""
    return VolumeAnswer(volume.choose(door.office, data.percent, door.now()))


@post("/change", status_code=200, sync_to_thread=True, responses=REFUSALS)
def change_volume(door: TheDoor, data: JSONBody[StepsBody]) -> VolumeAnswer:
    """Make it louder or softer, between 10 and 100."""
    return VolumeAnswer(volume.change(door.office, data.steps, door.now()))


@post("/trial", status_code=204, sync_to_thread=True, responses=problems(401, 403))
def try_volume(door: TheDoor) -> None:
    """Let the box ring and say that nobody is called."""
    volume.try_sound(door.office, door.now())


router = Router(
    path="/volume",
    route_handlers=[show_volume, choose_volume, change_volume, try_volume],
    guards=[staff_only],
    security=TOKEN,
    tags=["volume"],
)
