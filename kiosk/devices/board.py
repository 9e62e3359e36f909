"""Kind of device: the computer itself, with the line of the ignition."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from hardware.trouble import Trouble
from kiosk.devices.board_rule import BoardRule
from kiosk.devices.finding import Finding, of_condition, ok
from kiosk.devices.kind import DeviceKind, opened
from kiosk.devices.staff_words import CALL, ITSELF, UNATTENDED, Words
from kiosk.settings.config.devices import BoardSettings

if TYPE_CHECKING:
    from hardware.board.port import Board, Ignition
    from kiosk.devices.kind import Checkup, SelfTestContext


class BoardWithIgnition(NamedTuple):
    """The computer, and the ignition where the box has a line from it."""

    board: Board
    ignition: Ignition | None = None


def _look(driver: BoardWithIgnition, _settings: BoardSettings, _context: SelfTestContext) -> str:
    board, ignition = driver
    with opened(board):
        sentence = board.read().sentence
    if ignition is None:
        return f"{sentence} It has no line from the ignition."
    with opened(ignition):
        on = ignition.is_on()
    return f"{sentence} The ignition is {'unknown' if on is None else 'on' if on else 'off'}."


def _check(_settings: BoardSettings, checkup: Checkup) -> Finding | None:
    """What the computer tells now."""
    readings = checkup.readings()
    if readings is None:
        return None
    now = BoardRule().judge(readings, (), 0)
    return of_condition(now) if now.troubles else ok(f"Now: {readings.sentence}")


BOARD = DeviceKind(
    settings=BoardSettings,
    german="Rechner",
    page="board",
    self_test=_look,
    check=_check,
    nodes={"gpio": "dev/gpiochip*"},
    words={
        Trouble.UNATTENDED: Words(
            UNATTENDED,
            "Die Steuerung der Geräte antwortet nicht: Die Box fährt nicht von selbst herunter.",
            ITSELF,
        ),
        Trouble.ABSENT: Words("ohne Messwerte", "Der Rechner sagt nicht, wie es ihm geht.", CALL),
        Trouble.IGNITION_UNKNOWN: Words(
            "Zündung unbekannt",
            "Der Rechner erkennt nicht, ob die Zündung an ist.",
            f"Er fährt nicht von selbst herunter. {CALL}",
        ),
        Trouble.HOT: Words(
            "zu heiß",
            "Der Rechner wird zu heiß.",
            "Bitte lüften Sie, und halten Sie die Sonne von der Box fern.",
        ),
        Trouble.UNDER_VOLTAGE: Words(
            "zu wenig Strom",
            "Der Rechner bekommt zu wenig Strom.",
            "Er kann jederzeit ausgehen. Bitte rufen Sie die Technik: Netzteil und Kabel prüfen.",
        ),
        Trouble.THROTTLED: Words(
            "arbeitet langsam",
            "Der Rechner arbeitet langsamer, um sich zu schützen.",
            "Bitte lüften Sie. Hilft das nicht, rufen Sie die Technik.",
        ),
        Trouble.DISK_FULL: Words(
            "Speicher fast voll",
            "Der Speicher ist fast voll.",
            "Bitte rufen Sie die Technik, bevor keine Nummern mehr gespeichert werden.",
        ),
        Trouble.DISK_WORN: Words(
            "Speicher abgenutzt",
            "Der Speicher ist abgenutzt und kann bald ausfallen.",
            "Bitte rufen Sie die Technik: Er muss getauscht werden.",
        ),
        Trouble.CLOCK_UNKNOWN: Words(
            "Uhr nicht gestellt",
            "Die Uhr ist nicht gestellt. Nummern und Aufrufe gehen, Uhrzeiten werden nicht"
            " gezählt.",
            "Sie stellt sich von selbst, sobald der Bus Internet hat."
            " Sonst stellen Sie sie: Fahrplan, Uhr stellen.",
        ),
        Trouble.NO_POWER: Words(
            "Zündung aus",
            "Die Zündung ist aus: Die Box fährt gleich herunter.",
            "Soll sie anbleiben, schalten Sie die Zündung wieder ein. Nummern bleiben erhalten.",
        ),
    },
)
