"""Words for technicians: what each trouble means and what to do, for log, commands and doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from hardware.trouble import Trouble

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kiosk.domain.device_condition import Condition


class TroubleAdvice(NamedTuple):
    """Two sentences about a trouble."""

    sentence: str
    remedy: str


ADVICE: Final[Mapping[Trouble, TroubleAdvice]] = {
    Trouble.ABSENT: TroubleAdvice(
        "Not connected.", "Check cable, power and the settings of this device in config.toml."
    ),
    Trouble.BUSY: TroubleAdvice(
        "Another program holds it.",
        "End the other program; two devices on one line or pin hold each other too.",
    ),
    Trouble.LOST: TroubleAdvice(
        "It was unplugged.", "Plug it in again; if it goes often, change the cable."
    ),
    Trouble.SILENT: TroubleAdvice(
        "It does not answer.", "Check power, cable and baud; then switch the device off and on."
    ),
    Trouble.FAULT: TroubleAdvice(
        "It reports a fault of its own.", "See: journalctl --unit kiosk-panel."
    ),
    Trouble.CONFUSED: TroubleAdvice(
        "Its answers make no sense.",
        "Compare family, baud and framing in config.toml with the device's own.",
    ),
    Trouble.MISCONFIGURED: TroubleAdvice(
        "It is set to what there is not.",
        "Mend that setting; then: systemctl restart kiosk-panel.",
    ),
    Trouble.PAPER_LOW: TroubleAdvice("The paper is running out.", "Have a new roll ready."),
    Trouble.PAPER_OUT: TroubleAdvice("The paper is out.", "Put in a new roll."),
    Trouble.COVER_OPEN: TroubleAdvice("The cover is open.", "Close the cover."),
    Trouble.OFFLINE: TroubleAdvice("It is offline.", "Switch the device off and on."),
    Trouble.STUCK: TroubleAdvice(
        "A contact does not open any more.",
        "Look at the contact and its wire: docs/hardware/buttons.md.",
    ),
    Trouble.HOT: TroubleAdvice("The computer is too hot.", "Let air to the box, or give it a fan."),
    Trouble.UNDER_VOLTAGE: TroubleAdvice(
        "The supply voltage is too low.",
        "Use a stronger supply and a shorter cable: docs/hardware/board.md.",
    ),
    Trouble.THROTTLED: TroubleAdvice(
        "The computer runs slowly to protect itself.",
        "Look for heat and low voltage: docs/hardware/board.md.",
    ),
    Trouble.DISK_FULL: TroubleAdvice("The disk is almost full.", "Delete old exports and backups."),
    Trouble.DISK_WORN: TroubleAdvice(
        "The disk is worn out.", "Back up the data and replace the disk."
    ),
    Trouble.DISK_READ_ONLY: TroubleAdvice(
        "Nothing can be written to the disk.", "Back up the data and replace the disk."
    ),
    Trouble.CLOCK_UNKNOWN: TroubleAdvice(
        "The clock has not been set.",
        "Connect a network with a time server and look at 'timedatectl'.",
    ),
    Trouble.NO_POWER: TroubleAdvice(
        "The ignition is off: the box shuts down.",
        "Turn the ignition on, or look at its line: docs/hardware/board.md.",
    ),
    Trouble.IGNITION_UNKNOWN: TroubleAdvice(
        "The ignition cannot be read: the box never shuts down by itself.",
        "Compare ignition and pin with the wires: docs/hardware/board.md.",
    ),
    Trouble.UNATTENDED: TroubleAdvice(
        "The panel, which attends to it, does not answer.",
        "Start it: systemctl restart kiosk-panel; on a desk: kiosk run.",
    ),
}


def sentence_of(condition: Condition) -> str:
    """All troubles of a device in English, and the detail."""
    sentences = " ".join(ADVICE[trouble].sentence for trouble in condition.troubles) or "Ready."
    return f"{sentences} ({condition.detail})" if condition.detail else sentences
