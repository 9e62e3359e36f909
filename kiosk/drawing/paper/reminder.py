"""Reminder slips as pictures: what was promised at a desk, in the visitor's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.drawing.paper.appointment_slips import picture_of
from kiosk.drawing.paper.call_back_slip import call_back_slip
from kiosk.drawing.paper.draw import draw_call_back

if TYPE_CHECKING:
    from PIL.Image import Image

    from kiosk.domain.profile import Profile
    from kiosk.service.reminders import ReminderJob
    from kiosk.settings.texts import Texts


def reminder_picture(job: ReminderJob, profile: Profile, texts: Texts, width_px: int) -> Image:
    if job.appointment:
        language = job.reminder.language
        mark = texts(language, "practice.mark") if job.practice else ""
        return picture_of(job.appointment, profile, language, texts, width_px, mark=mark)
    return draw_call_back(call_back_slip(job, profile, texts), width_px)
