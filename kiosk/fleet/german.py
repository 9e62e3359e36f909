"""German words for what the office's page and its reports say of boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kiosk.devices.check_words import title_of_check
from kiosk.export.report.words import unit_in_words
from kiosk.fleet.gaps import GapKind
from kiosk.fleet.verdict import Verdict

if TYPE_CHECKING:
    from kiosk.export.upload.update_messages import DeviceUpdate
    from kiosk.fleet.gaps import Gap
    from kiosk.fleet.status import BoxStatus

_TOLD: Final = {
    GapKind.NOT_RUN: "{units}: nicht gefahren oder niemanden gezählt",
    GapKind.OVERDUE: "{units}: noch nichts geliefert",
}


_LEVELS: Final = {"failure": "Störung", "warning": "Achtung"}

_VERDICTS: Final = {
    Verdict.UNSOUND: "beschädigt oder verändert, nicht gezählt",
    Verdict.UNKNOWN_BOX: "von einem unbekannten Gerät, nicht gezählt",
    Verdict.OTHER_KEY: "mit fremdem Schlüssel signiert, nicht gezählt: gefälscht oder neu"
    " eingerichtet",
    Verdict.FORKED: "passt nicht zu seinen Nachbarn, nicht gezählt: alte Sicherung zurückgespielt"
    " oder gefälscht",
    Verdict.PERIOD_TWICE: "Zeitraum ist schon da, nicht gezählt",
}


def verdict_in_words(kind: str) -> str:
    """Why a package was refused."""
    return _VERDICTS.get(Verdict(kind), kind)


def health_in_words(box: BoxStatus) -> str:
    """`Störung: Speicher; Achtung: Uhr`, by what the box has told of itself last."""
    words = []
    for result, word in _LEVELS.items():
        titles = [title_of_check(c.name, c.kind) for c in box.checks if c.result == result]
        if titles:
            words.append(f"{word}: {', '.join(titles)}")
    if words or box.told is None:
        return "; ".join(words)
    return "in Ordnung" if box.told.status.checks else "noch nicht geprüft"


def update_in_words(update: DeviceUpdate) -> str:
    """`Abbild 1.0; 1.1 wird beim nächsten Einschalten übernommen`, of an appliance."""
    words = {
        "fetching": f"wird geladen ({update.percent} %)",
        "installing": "wird eingespielt",
        "waiting": "wird beim nächsten Einschalten übernommen",
        "refused": "abgelehnt",
        "interrupted": "unterbrochen",
    }
    told = f"Abbild {update.running}"
    if what := words.get(update.state):
        told = f"{told}; {update.version} {what}"
    elif not update.fetches:
        told = f"{told}; Aktualisierung nur vom Stick"
    return f"{told}: {update.reason}" if update.reason else told


def gap_in_words(gap: Gap) -> str:
    """`2. Quartal 2026 fehlt (Paket 4)`."""
    units = ", ".join(map(unit_in_words, gap.units))
    if gap.kind is not GapKind.MISSING:
        return _TOLD[gap.kind].format(units=units)
    first, last = gap.packages or (0, 0)
    one = first == last
    numbers = f"Paket {first}" if one else f"Pakete {first} bis {last}"
    if units:
        return f"{units} {'fehlt' if len(gap.units) == 1 else 'fehlen'} ({numbers})"
    return f"{numbers} {'fehlt' if one else 'fehlen'}"
