"""Where a code leads phones, by the settings of a real box: nowhere rather than into the void."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as with_settings

from kiosk.settings import profiles
from kiosk.settings.config import Config, ConsoleSettings, NetworkSettings, load_config, to_toml
from kiosk.settings.config.network import VisitorsNetwork
from kiosk.settings.phone_pages import as_reached, can_open_pages
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device

OPEN = ConsoleSettings("0.0.0.0")  # noqa: S104
SHIPPED = profiles.load_profile("gelsenkirchen")


@pytest.mark.parametrize(
    ("visitors", "reached"),
    [
        (VisitorsNetwork(), False),
        (VisitorsNetwork("wifi"), True),
        (VisitorsNetwork(external=True), True),
    ],
)
def test_a_box_leads_phones_into_a_network_only_where_somebody_makes_it(
    tmp_path: Path, visitors: VisitorsNetwork, *, reached: bool
) -> None:
    paths = Paths(tmp_path / "data")
    new_device(paths)
    network = NetworkSettings(visitors=visitors)
    settings = with_settings(load_config(paths.config), console=OPEN, network=network)
    paths.config.write_text(to_toml(settings))
    box = open_kiosk(paths)
    with closing(box.office.database):
        assert box.office.profile.bus_network == (SHIPPED.bus_network if reached else "")
        assert can_open_pages(box.config.console, box.office.profile) == reached


@pytest.mark.parametrize(
    ("console", "change"),
    [
        (OPEN, {"bus_network": "http://bus.example:8080"}),
        (OPEN, {"bus_network": "http://127.0.0.1:8080"}),
        (OPEN, {"numbers_by_phone": True}),
        (ConsoleSettings(), {}),
    ],
)
def test_a_name_a_trial_and_phones_that_draw_are_believed(
    console: ConsoleSettings, change: dict[str, object]
) -> None:
    profile = replace(SHIPPED, **change)  # type: ignore[arg-type]
    assert as_reached(Config("gelsenkirchen", console=console), profile) == profile
