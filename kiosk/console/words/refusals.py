"""The sentences that staff read when something is refused. All others stand in the templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.console.words.day_sum import not_finished
from kiosk.domain.appointment_errors import (
    AppointmentAtOtherStop,
    AppointmentForOtherTopic,
    AppointmentOnOtherDay,
    AppointmentUsed,
    NoOfficeHour,
    RealAppointment,
    TooManyCodes,
    UnknownCode,
)
from kiosk.domain.closing_errors import PeopleStillThere, TooLateToReopen, VisitLeftOpen
from kiosk.domain.errors import (
    AnotherAtDesk,
    ContingentUsedUp,
    DeskEmpty,
    IntakeClosed,
    NoNumberRange,
    NoPrinter,
    NoTopicsLeft,
    NoVisitOpen,
    NumberGivenAgain,
    NumbersExhausted,
    NumbersTaken,
    OnlyByAppointment,
    PersonsOutOfRange,
    PhoneShareUsedUp,
    ReferralWithoutOutcome,
    RollTooLong,
    SlipComing,
    StillServed,
    TooManyCopies,
    TooManyTopics,
    TopicNotOffered,
    TransferNowhere,
    Unknown,
    VisitAlreadyOpen,
    WishOfAnother,
    WrongState,
)
from kiosk.domain.undo_errors import (
    AnotherActionSince,
    CheckedInSince,
    DeskTakenSince,
    NothingToUndo,
    TooLateToUndo,
)
from kiosk.service.access import PlainHttpRefused, TooManyWrongPins, WrongPin
from kiosk.service.timetable import TodayUnknown
from kiosk.store.errors import (
    DatabaseBusy,
    DatabaseReadOnly,
    DiskFailing,
    DiskFull,
    StoreError,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ROLL = "Geben Sie Nummern von der Papierrolle aus, und rufen Sie die Technik."

STATES = {
    "waiting": "wartet",
    "called": "ist aufgerufen",
    "serving": "wird bedient",
    "parked": "ist geparkt",
    "missed": "ist nicht erschienen",
    "finished": "ist abgeschlossen",
    "withdrawn": "ist zurückgezogen",
}


def seconds_in_words(count: int) -> str:
    """A number of seconds, dative."""
    return "1 Sekunde" if count == 1 else f"{count} Sekunden"


def _wrong_state(error: WrongState) -> str:
    return f"{error.number} {STATES[error.state]}. Das geht in diesem Zustand nicht."


def _day(date: str) -> str:
    """24.11.2026."""
    return ".".join(reversed(date.split("-")))


_SENTENCES: dict[type[Exception], Callable[..., str]] = {
    UnknownCode: lambda e: (
        "Dieser Code ist nicht bekannt."
        + (" Bitte prüfen Sie die Ziffern: Eine davon stimmt nicht." if e.mistyped else "")
    ),
    AppointmentOnOtherDay: lambda e: f"Dieser Termin ist am {_day(e.date)} um {e.begins} Uhr.",
    AppointmentAtOtherStop: lambda e: f"Dieser Termin ist am Standort {e.stop}.",
    AppointmentUsed: lambda e: (
        f"Dieser Termin hatte die Nummer {e.number}. Sie ist schon abgeschlossen."
    ),
    NoOfficeHour: lambda _: "Dieser Termin ist nicht mehr frei. Bitte wählen Sie einen anderen.",
    RealAppointment: lambda _: "In einer Übung bleiben echte Termine, wie sie sind.",
    AppointmentForOtherTopic: lambda _: "Dieser Termin ist für ein anderes Anliegen.",
    WishOfAnother: lambda _: "Dieser Wunsch hat schon zu etwas anderem geführt.",
    TooManyCodes: lambda e: (
        f"Zu viele unbekannte Codes. Bitte versuchen Sie es in {seconds_in_words(e.wait_s)} erneut."
    ),
    NoPrinter: lambda _: "Hier gibt es keinen Drucker. Die Nummer muss man sich merken.",
    SlipComing: lambda e: f"Der Zettel von {e.number} wird gerade gedruckt. Bitte warten Sie.",
    TooManyCopies: lambda e: (
        f"Der Zettel von {e.number} wurde schon {e.most}-mal noch einmal gedruckt."
        " Mehr Kopien gibt es nicht."
    ),
    NoVisitOpen: lambda _: "Es ist kein Einsatz geöffnet.",
    VisitAlreadyOpen: lambda e: f"Es ist schon ein Einsatz geöffnet: {e.stop}.",
    PeopleStillThere: lambda e: (
        f"Noch nicht fertig: {not_finished(e.waiting, e.at_desk, e.parked, e.missed)}."
    ),
    VisitLeftOpen: lambda e: (
        f"Der Einsatz vom {_day(e.since)} ist noch offen. Bitte beenden Sie ihn zuerst."
    ),
    TooLateToReopen: lambda _: (
        "Das Beenden lässt sich nicht mehr zurücknehmen: Der Einsatz ist ausgezählt."
    ),
    TransferNowhere: lambda _: "Bitte wählen Sie einen anderen Platz oder ein Anliegen.",
    TopicNotOffered: lambda _: "Dieses Anliegen wird bei diesem Einsatz nicht angeboten.",
    IntakeClosed: lambda _: "Die Annahme ist beendet. Wer wartet, wird noch bedient.",
    OnlyByAppointment: lambda _: "Nummern für dieses Anliegen gibt es nur mit Termin.",
    ContingentUsedUp: lambda e: f"Alle {e.contingent} Nummern für dieses Anliegen sind vergeben.",
    PhoneShareUsedUp: lambda _: (
        "Handys haben gerade genug Nummern. Am Bildschirm gibt es noch welche."
    ),
    TodayUnknown: lambda _: (
        "Die Uhr des Geräts ist nicht gestellt. Deshalb weiß niemand, was noch kommt:"
        " Bitte verbinden Sie das Gerät mit einem Netz oder rufen Sie die Technik."
    ),
    NothingToUndo: lambda _: "Es gibt nichts, was rückgängig gemacht werden könnte.",
    TooLateToUndo: lambda e: (
        f"{e.number} wurde inzwischen an einem anderen Platz weiterbearbeitet."
        " Das lässt sich hier nicht mehr rückgängig machen."
    ),
    DeskTakenSince: lambda e: (
        f"An Platz {e.desk} ist inzwischen {e.number}. Das lässt sich nicht mehr rückgängig machen."
    ),
    CheckedInSince: lambda e: (
        f"Der Termin ist schon angemeldet, mit der Nummer {e.number}."
        " Das lässt sich nicht mehr rückgängig machen."
    ),
    NoNumberRange: lambda _: (
        "Bitte schreiben Sie die erste und die letzte Nummer so: A-018 und A-031."
    ),
    RollTooLong: lambda e: (
        f"Das wären {e.numbers} Nummern, auf einmal gehen höchstens {e.most}."
        " Bitte prüfen Sie die letzte Nummer."
    ),
    NumbersTaken: lambda e: f"Schon vergeben: {', '.join(e.numbers)}. Nichts wurde nachgetragen.",
    NumberGivenAgain: lambda e: (
        f"{e.number} hat inzwischen jemand anderes. Bitte ziehen Sie eine neue Nummer."
    ),
    NoTopicsLeft: lambda _: "Bitte lassen Sie mindestens ein Anliegen übrig.",
    TooManyTopics: lambda e: f"Höchstens {e.most} weitere Anliegen lassen sich notieren.",
    PersonsOutOfRange: lambda e: f"Die Zahl der Personen muss zwischen 1 und {e.most} liegen.",
    ReferralWithoutOutcome: lambda e: (
        f"Eine Verweisung braucht das Ergebnis {' oder '.join(f'„{word}“' for word in e.fitting)}."
        if e.fitting
        else "Dieses Profil kennt kein Ergebnis mit einer Verweisung."
    ),
    AnotherAtDesk: lambda e: (
        f"An Platz {e.desk} ist inzwischen {e.number}. Es wurde nichts geändert."
    ),
    StillServed: lambda e: (
        f"{e.number} wird noch bedient. Bitte wählen Sie zuerst ein Ergebnis, oder parken Sie"
        f" {e.number}."
    ),
    AnotherActionSince: lambda _: (
        "An diesem Platz wurde inzwischen etwas getan. Es wurde nichts geändert:"
        " Bitte sehen Sie unter „Zuletzt“ nach."
    ),
    DeskEmpty: lambda e: f"An Platz {e.desk} ist gerade niemand aufgerufen.",
    NumbersExhausted: lambda e: (
        f"Alle Nummern{f' mit {e.letter}' if e.letter else ''} sind vergeben."
        " Bitte bedienen Sie zuerst Wartende."
    ),
    WrongState: _wrong_state,
    Unknown: lambda e: f"Das ist hier nicht bekannt: {e.name}.",
    WrongPin: lambda _: "Diese PIN ist falsch. Bitte geben Sie die PIN noch einmal ein.",
    TooManyWrongPins: lambda e: (
        f"Zu viele falsche PINs. Bitte versuchen Sie es in {seconds_in_words(e.wait_s)} erneut."
    ),
    PlainHttpRefused: lambda e: (
        "Diese Verbindung ist nicht verschlüsselt. Bitte öffnen Sie die Seite mit https:// und mit"
        f" :{e.tls_port} hinter dem Namen des Geräts. Wurde hier eine PIN eingegeben, braucht das"
        " Gerät eine neue: Bitte rufen Sie die Technik."
    ),
    DiskFull: lambda _: f"Der Speicher ist voll: Nichts wurde geändert. {_ROLL}",
    DiskFailing: lambda _: f"Der Speicher nimmt nichts mehr an: Nichts wurde geändert. {_ROLL}",
    DatabaseReadOnly: lambda _: f"Der Speicher ist gesperrt: Nichts wurde geändert. {_ROLL}",
    DatabaseBusy: lambda _: "Das dauerte zu lange. Bitte versuchen Sie es erneut.",
    StoreError: lambda _: "Die Datenbank ist gestört. Bitte rufen Sie die Technik.",
}
GOT_LOST = "Diese Seite gibt es hier nicht."

_BY_STATUS = {
    401: "Bitte melden Sie sich an.",
    403: "Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.",
    413: "Die Datei ist zu groß. Bitte exportieren Sie nur einen Kalender oder eine Tabelle.",
    500: "Hier ist etwas schiefgegangen. Bitte versuchen Sie es erneut.",
}


def in_german(error: Exception | None, status: int) -> str | None:
    """The sentence for an error; None when staff cannot meet it."""
    for kind in type(error).__mro__:
        if kind in _SENTENCES:
            return _SENTENCES[kind](error)
    return _BY_STATUS.get(status)
