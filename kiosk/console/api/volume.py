"""Volume of the calls."""

from typing import Annotated

import msgspec
from litestar import Router, get, post
from litestar.params import JSONBody

from kiosk.console.api.request_schemas import Body
from kiosk.console.http.authentication import staff_only
from kiosk.console.http.context import Context
from kiosk.console.http.problem_responses import TOKEN, problems
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
def show_volume(context: Context) -> VolumeAnswer:
    """How loud calls are."""
    return VolumeAnswer(context.office.read(volume.percent))


@post("/", status_code=200, sync_to_thread=True, responses=REFUSALS)
def choose_volume(context: Context, data: JSONBody[VolumeBody]) -> VolumeAnswer:
    """Set it; it stays so over a restart."""
    return VolumeAnswer(volume.choose(context.office, data.percent, context.now()))


@post("/change", status_code=200, sync_to_thread=True, responses=REFUSALS)
def change_volume(context: Context, data: JSONBody[StepsBody]) -> VolumeAnswer:
    """Make it louder or softer, between 10 and 100."""
    return VolumeAnswer(volume.change(context.office, data.steps, context.now()))


@post("/sample", status_code=204, sync_to_thread=True, responses=problems(401, 403))
def play_sample(context: Context) -> None:
    """Play a sample call at the volume chosen."""
    volume.play_sample(context.office, context.now())


router = Router(
    path="/volume",
    route_handlers=[show_volume, choose_volume, change_volume, play_sample],
    guards=[staff_only],
    security=TOKEN,
    tags=["volume"],
)
