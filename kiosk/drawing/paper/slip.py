"""What stands on a slip, in the citizen's language and without anything a printer could obey."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.drawing.paper.printable import make_printable


@dataclass(frozen=True, slots=True)
class SlipContent:
    """The lines of a slip from top to bottom; an empty one is left out.

    `heading` stands above the number, `mark` says what is no first slip of a ticket (a copy, a
    test), and `right_to_left` is the direction of all texts but place, date and number. The QR code
    above `code_hint` carries `link`, the address of the ticket's page, else the number alone.
    """

    place: str
    date: str
    heading: str
    number: str
    group: str
    ahead: str
    hint: str
    wait: str = ""
    bring: str = ""
    bring_heading: str = ""
    link: str = ""
    code_hint: str = ""
    mark: str = ""
    right_to_left: bool = False

    def __post_init__(self) -> None:
        make_printable(self, but="link")  # only ever drawn as dots
