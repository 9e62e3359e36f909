"""Slips of appointments as pictures in a folder, to be printed or sent to who has booked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.drawing.paper.appointment_slip import Booked, appointment_slip
from kiosk.drawing.paper.draw import draw_appointment

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from kiosk.domain.appointment import Appointment
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.profile import Profile
    from kiosk.settings.texts import Texts


def picture_of(  # noqa: PLR0913 - what it draws, and how
    appointment: Appointment,
    profile: Profile,
    language: LanguageCode,
    texts: Texts,
    width_px: int,
    *,
    mark: str = "",
) -> Image.Image:
    """The slip of an appointment; `mark` says that it is none in earnest.

    Raises `Unknown` for a topic that the profile has lost, and the errors of `kiosk.drawing.fonts`.
    """
    names = {stop.id: stop.name for stop in profile.stops}
    place = names.get(appointment.stop, "") if appointment.stop else ""
    begins = appointment.time.astimezone(BERLIN)
    booked = Booked(appointment.code, begins, appointment.topic, place)
    slip = replace(appointment_slip(booked, profile, language, texts), mark=mark)
    return draw_appointment(slip, width_px)


def write_slip(folder: Path, appointment: Appointment, picture: Image.Image) -> Path:
    """A PNG such as 2026-11-24_1000_12345678.png, instead of one for an earlier plan.

    Raises `OSError`.
    """
    begins = appointment.time.astimezone(BERLIN)
    file = folder / f"{begins:%Y-%m-%d_%H%M}_{appointment.code}.png"
    picture.save(file)
    for other in folder.glob(f"????-??-??_????_{appointment.code}.png"):
        if other != file:
            other.unlink(missing_ok=True)
    return file
