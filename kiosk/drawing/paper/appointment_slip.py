"""What stands on the slip of an appointment: when, what for, and the code to check in with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.dates import format_date

from kiosk.domain.appointment_code import digit_groups
from kiosk.drawing.paper.printable import make_printable
from kiosk.settings.texts import label_in
from kiosk.settings.texts.locales import locale_of

if TYPE_CHECKING:
    from datetime import datetime

    from kiosk.domain.ids import LanguageCode, TopicId
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment as its slip tells it.

    `begins` is the time at the stop, `place` the stop's name where it is known.
    """

    code: str
    begins: datetime
    topic: TopicId
    place: str = ""


@dataclass(frozen=True, slots=True)
class AppointmentSlip:
    """The lines from top to bottom; the QR code carries `code` alone, and no name is anywhere."""

    place: str
    heading: str
    weekday: str
    date: str
    time: str
    topic: str
    code_heading: str
    code: str
    hint: str
    bring: str = ""
    bring_heading: str = ""
    mark: str = ""
    right_to_left: bool = False

    def __post_init__(self) -> None:
        make_printable(self)

    @property
    def code_shown(self) -> str:
        """In groups of four, as people read numbers to each other."""
        return " ".join(digit_groups(self.code))


def appointment_slip(
    booked: Booked, profile: Profile, language: LanguageCode, texts: Texts
) -> AppointmentSlip:
    """The slip of an appointment; raises `Unknown` for a topic that the profile has not."""
    locale = locale_of(language)
    topic = profile.topic(booked.topic)
    bring = topic.bring.get(language, "")
    return AppointmentSlip(
        place=booked.place or profile.name,
        heading=texts(language, "slip.appointment"),
        weekday=format_date(booked.begins, "EEEE", locale=locale),
        date=format_date(booked.begins, "long", locale=locale),
        time=texts(language, "slip.time", time=f"{booked.begins:%H:%M}"),
        topic=label_in(topic.label, language),
        code_heading=texts(language, "slip.appointment_code"),
        code=booked.code,
        hint=texts(language, "slip.appointment_hint"),
        bring=bring,
        bring_heading=texts(language, "bring.title") if bring else "",
        right_to_left=texts.direction(language) == "rtl",
    )
