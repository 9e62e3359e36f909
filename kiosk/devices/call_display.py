"""Kind of device: the call display, which shows whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hardware.call_display.port import LETTERS
from hardware.trouble import Trouble
from kiosk.devices.finding import Finding, warning
from kiosk.devices.kind import TEST_NUMBER, DeviceKind, opened
from kiosk.devices.staff_words import ITSELF, UNATTENDED, Words
from kiosk.settings.config.devices import CallDisplaySettings

if TYPE_CHECKING:
    from hardware.call_display.port import CallDisplay
    from kiosk.devices.kind import Checkup, SelfTestContext

_IF_IT_SHOWS_LETTERS = (
    "If the display can show A to F, set letter = true in its section; else take another one."
)


def _show(display: CallDisplay, _settings: CallDisplaySettings, context: SelfTestContext) -> str:
    desk = context.profile.desks[0].id
    with opened(display):
        display.show(TEST_NUMBER, desk)
        return f"The call display shows {TEST_NUMBER} for desk {desk}."


def _check(settings: CallDisplaySettings, checkup: Checkup) -> Finding | None:
    """On a display of digits A-017 and B-017 look the same, and G has no seven segments."""
    if settings.driver != "segments":
        return None
    profile = checkup.profile()
    letters = {profile.letter_of(topic.id) for topic in profile.topics} - {""}
    unseen = sorted(letters - LETTERS if settings.letter else letters)
    if len(unseen) <= 1:
        return None
    return warning(
        f"The call display cannot show {', '.join(unseen)}, with which numbers begin:"
        " two people may take the same call for theirs.",
        "Take another display." if settings.letter else _IF_IT_SHOWS_LETTERS,
    )


CALL_DISPLAY = DeviceKind(
    settings=CallDisplaySettings,
    german="Anzeige",
    page="call-display",
    self_test=_show,
    check=_check,
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Aufrufe stehen nicht auf der Anzeige.",
            f"Rufen Sie die Nummern so lange laut auf. {ITSELF}",
        ),
        Trouble.SILENT: Words(
            "antwortet nicht",
            "Die Anzeige antwortet nicht.",
            "Bitte prüfen Sie Strom und Kabel. Rufen Sie die Nummern so lange laut auf.",
        ),
    },
)
