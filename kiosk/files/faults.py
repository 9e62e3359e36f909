"""Collector of all faults of an imported file, each with its line, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kiosk.domain.timetable import HORIZON
from kiosk.files.sentences import NOTHING, Sentence
from kiosk.settings.schema.faults import FileErrors, FileFault

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

MOST_FAULTS = 200


class ImportFault(NamedTuple):
    """One fault and the way to mend it. Line 0: the file as a whole."""

    line: int
    what: Sentence
    remedy: Sentence = NOTHING


class ImportErrors(FileErrors):
    """A file that cannot be imported, with everything that is wrong in it."""

    def __init__(self, file: str, faults: Collection[ImportFault]) -> None:
        self.import_faults = tuple(sorted(faults))
        english = [FileFault(line, what.english, how.english) for line, what, how in faults]
        super().__init__(file, english)


class FaultCollector:
    """Everything that is wrong in one file, read `today`.

    `changes_only` where the file says that it is no whole calendar; `remarks` is what is left out.
    """

    def __init__(self, today: date) -> None:
        self.today, self.until = today, today + HORIZON
        self.changes_only = False
        self.remarks: list[Sentence] = []
        self.found: list[ImportFault] = []

    def add_fault(self, line: int, what: Sentence, remedy: Sentence = NOTHING) -> None:
        """Note a fault; the same one is listed once."""
        fault = ImportFault(line, _printable(what), _printable(remedy))
        if fault not in self.found and len(self.found) < MOST_FAULTS:
            self.found.append(fault)

    def remark(self, what: Sentence) -> None:
        """Something that is left out and is no fault; the same one is listed once."""
        if what not in self.remarks and len(self.remarks) < MOST_FAULTS:
            self.remarks.append(_printable(what))


def without_control_characters(text: str) -> str:
    """A file's text without control characters: it must not steer the terminal that shows it."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def _printable(said: Sentence) -> Sentence:
    return Sentence(
        without_control_characters(said.english), without_control_characters(said.german)
    )
