"""What the doctor says of a panel on which the screens have no room."""

import pytest
from msgspec.structs import replace

from kiosk.devices.finding import Finding, Result
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.pane import pane
from kiosk.settings.config import to_toml
from kiosk.settings.config.model import GlassSettings


def doctor_on(host: Host, size: str, mm_per_px: float) -> Finding:
    glass = GlassSettings(size=size, mm_per_px=mm_per_px)
    host.paths.config.write_text(to_toml(replace(host.settings(), glass=glass)))
    return pane(host)


def test_a_panel_on_which_elements_lie_over_each_other(host: Host) -> None:
    found = doctor_on(host, "640x400", 0.17)

    assert found.result is Result.FAILURE
    assert "640x400" in found.cause
    assert "start.feedback leaves the pane" in found.cause
    assert "mm_per_px" in found.remedy


def test_a_panel_of_a_size_between_those_that_are_sold_for_buses(host: Host) -> None:
    assert doctor_on(host, "1366x768", 0.2).result is Result.OK


@pytest.mark.parametrize("size", ["1280x800", "720x1280"])
def test_a_usual_panel_is_not_laid_out_again(host: Host, size: str) -> None:
    assert "tested on this panel" in doctor_on(host, size, 0).cause
