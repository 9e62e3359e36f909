"""What stands on the slip of a call back: the number that both sides name, and no name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kiosk.drawing.paper.printable import make_printable
from kiosk.drawing.paper.slip_words import dated
from kiosk.settings.texts import label_in

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.service.reminders import ReminderJob
    from kiosk.settings.texts import Texts


@dataclass(frozen=True, slots=True)
class CallBackSlip:
    """The lines from top to bottom; the number is what both sides name on the telephone."""

    place: str
    date: str
    heading: str
    number: str
    group: str
    hint: str
    mark: str = ""
    right_to_left: bool = False

    def __post_init__(self) -> None:
        make_printable(self)


def call_back_slip(job: ReminderJob, profile: Profile, texts: Texts) -> CallBackSlip:
    """What the slip of a call back says."""
    reminder = job.reminder
    language = reminder.language
    group = profile.group_of_number(reminder.number)  # a lost slip must not say more
    return CallBackSlip(
        place=f"{profile.name} · {profile.operator}",
        date=dated(reminder.wanted),
        heading=texts(language, "slip.call_back"),
        number=reminder.number,
        group=label_in(group.label, language) if group else "",
        hint=texts(language, "slip.call_back_hint"),
        mark=texts(language, "practice.mark") if job.practice else "",
        right_to_left=texts.direction(language) == "rtl",
    )
