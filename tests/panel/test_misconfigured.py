"""A slip in the settings of one device stops that device, names the setting, and stops no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hardware.trouble import Trouble
from kiosk.devices.kind import SelfTestContext
from kiosk.devices.kinds import misconfigured
from kiosk.devices.self_test import DeviceMisconfigured, run_self_test
from kiosk.settings.config import Devices
from kiosk.settings.config.devices import ButtonsSettings, SpeakerSettings
from tests.panel.bus import TEXTS, Bus, running
from tests.waiting import eventually

if TYPE_CHECKING:
    from kiosk.service.office import Office

WRONG = Devices(
    buttons=ButtonsSettings(next_desk="99"), speaker=SpeakerSettings(languages=["de", "xx"])
)


def test_other_devices_work_and_staff_see_the_fault(bus: Bus) -> None:
    with running(bus, settings=WRONG):
        eventually(lambda: all(map(bus.states, ("buttons", "speaker", "call_display"))))
        ticket = bus.take()
        eventually(lambda: bus.slips() == [(ticket.number, "printed")])
    assert bus.ready("call_display") == [True]
    [buttons], [speaker] = bus.states("buttons"), bus.states("speaker")
    assert buttons.condition.troubles == speaker.condition.troubles == (Trouble.MISCONFIGURED,)
    assert "devices.buttons.next_desk: There is no desk '99'. Known: 1" in buttons.detail
    assert "devices.speaker.languages: There is no language 'xx'. Known: " in speaker.detail


def test_what_is_not_there_needs_no_settings(office: Office) -> None:
    without = Devices(
        buttons=ButtonsSettings(driver="none", next_desk="99"),
        speaker=SpeakerSettings(driver="none", languages=["xx"]),
    )
    assert misconfigured(without, office.profile, TEXTS) == {}


def test_a_self_test_names_the_setting_of_that_device_and_tries_the_others(office: Office) -> None:
    drivers, context = Bus(office).drivers(), SelfTestContext(office.profile, TEXTS)
    with pytest.raises(
        DeviceMisconfigured, match=r"devices\.speaker\.languages: There is no language 'xx'"
    ):
        run_self_test("speaker", drivers, WRONG, context)
    shown = run_self_test("call_display", drivers, WRONG, context)
    assert shown == "The call display shows X-000 for desk 1."
