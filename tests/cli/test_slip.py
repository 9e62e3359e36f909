"""A slip once more, from the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from hardware.trouble import Trouble
from kiosk.service.slips import SLIPS
from kiosk.system.paths import Paths
from kiosk.wiring.box import open_kiosk
from tests.prepared import new_device

Kiosk = Callable[..., Result]


@pytest.fixture(autouse=True)
def _visit(kiosk: Kiosk, tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"), "bochum")
    assert kiosk("visit", "open").exit_code == 0


def test_a_lost_slip_is_printed_once_more(kiosk: Kiosk, tmp_path: Path) -> None:
    panel = open_kiosk(Paths(tmp_path / "data"))
    topic = panel.office.profile.topics[0].id
    number = kiosk("ticket", "take", "--topic", topic).stdout.split(",")[0]
    refused = kiosk("ticket", "print", "--ticket", number)
    assert refused.exit_code == 1
    assert refused.stderr == f"kiosk: The slip of {number} is being printed: wait for it.\n"
    SLIPS.give_up(panel.office, Trouble.OFFLINE, panel.now())
    panel.office.database.close()
    printed = kiosk("ticket", "print", "--ticket", number.lower())
    assert printed.exit_code == 0
    assert printed.stdout == f"A copy of the slip of {number} is to be printed.\n"


def test_a_ticket_that_there_is_not_is_refused_in_one_line(kiosk: Kiosk) -> None:
    refused = kiosk("ticket", "print", "--ticket", "Z-001")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == "kiosk: There is no ticket 'Z-001'.\n"
