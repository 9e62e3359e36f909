"""Messages about imported files, in English for the shell and in German for the staff page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple, TypeAlias

Fact: TypeAlias = "str | int | date | Sentence"

_WEEKDAYS = (*("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),)


class Sentence(NamedTuple):
    """The same in both languages; `{names}` are filled in by `of`."""

    english: str
    german: str

    def of(self, **facts: Fact) -> Sentence:
        """The sentence with its facts, days and hours as each language writes them."""
        return Sentence(
            self.english.format_map({name: _in_english(fact) for name, fact in facts.items()}),
            self.german.format_map({name: _in_german(fact) for name, fact in facts.items()}),
        )

    def about(self, what: Sentence) -> Sentence:
        """The same, said of something."""
        return Sentence(f"{what.english}: {self.english}", f"{what.german}: {self.german}")


def verbatim(text: str) -> Sentence:
    """What is the same in every language."""
    return Sentence(text, text)


def quoted(text: str, longest: int = 60) -> Sentence:
    """What stands in a file, short and on one line."""
    shown = " ".join(text.split())
    shown = f"{shown[:longest]}…" if len(shown) > longest else shown
    return Sentence(f'"{shown}"', f"„{shown}“")


def either(names: list[str]) -> Sentence:
    """Several names, of which one is meant."""
    return Sentence(
        " or ".join(f'"{name}"' for name in names), " oder ".join(f"„{name}“" for name in names)
    )


def weekday(day: date) -> Sentence:
    """The name of its weekday."""
    return Sentence(f"{day:%A}", _WEEKDAYS[day.weekday()])


def _in_english(fact: Fact) -> str:
    if isinstance(fact, Sentence):
        return fact.english
    return f"{fact:%Y-%m-%d %H:%M}" if isinstance(fact, datetime) else str(fact)


def _in_german(fact: Fact) -> str:
    if isinstance(fact, Sentence):
        return fact.german
    if isinstance(fact, datetime):
        return f"{fact:%d.%m.%Y, %H:%M} Uhr"
    return f"{fact:%d.%m.%Y}" if isinstance(fact, date) else str(fact)


NOTHING: Final = verbatim("")

DID_YOU_MEAN: Final = Sentence("did you mean {name}?", "meinten Sie {name}?")
KNOWN: Final = Sentence("known: {names}", "bekannt: {names}")
WRITE: Final = Sentence("write {how}", "schreiben Sie {how}")
WRITE_IT_AS: Final = Sentence("write it as {how}", "so geschrieben: {how}")
EXPORT_AGAIN: Final = Sentence("export it again", "exportieren Sie noch einmal")
WHOLE_CALENDAR: Final = Sentence(
    "export and import the whole calendar",
    "exportieren Sie den ganzen Kalender und lesen Sie ihn ein",
)
RIGHT_FILE: Final = Sentence("is it the right file?", "ist es die richtige Datei?")
RIGHT_YEAR: Final = Sentence("is the year right?", "stimmt das Jahr?")
SAVE_AS_UTF8: Final = Sentence(
    'save it as "CSV UTF-8"', "speichern Sie sie in Excel als „CSV UTF-8“"
)
MEND_EVENT: Final = Sentence(
    "mend the event in the calendar, or leave it out",
    "berichtigen Sie den Termin im Kalender, oder lassen Sie ihn weg",
)
WRITE_BERLIN: Final = Sentence(
    "export it with the time zone Europe/Berlin", "exportieren Sie mit der Zeitzone Europe/Berlin"
)
THIS_ALONE: Final = Sentence(
    "export this one calendar or table alone",
    "exportieren Sie nur diesen einen Kalender oder diese eine Tabelle",
)
