"""What a ticket's slip says, in the language in which the number was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.local_time import BERLIN
from kiosk.drawing.paper.slip import SlipContent
from kiosk.settings.texts import label_in
from kiosk.settings.texts.waits import people_ahead, range_of_wait

if TYPE_CHECKING:
    from kiosk.domain.ids import LanguageCode
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.slips import SlipJob
    from kiosk.settings.texts import Texts


def ticket_slip(job: SlipJob, profile: Profile, texts: Texts, now: Moment) -> SlipContent:
    """The slip of a ticket, dated by the time in Germany, whatever zone the machine is set to."""
    language = job.ticket.language
    group = profile.group_of_number(job.ticket.number)  # a lost slip must not say more
    bring = group.bring.get(language, "") if group else ""
    return SlipContent(
        place=job.stop.name,
        date=dated(now),
        heading=texts(language, "number.title"),
        number=job.ticket.number,
        group=label_in(group.label, language) if group else "",
        ahead="" if job.ahead is None else people_ahead(texts, language, job.ahead),
        wait=range_of_wait(texts, language, job.estimate_min),
        hint=texts(language, "slip.hint"),
        bring=bring,
        bring_heading=texts(language, "slip.bring") if bring else "",
        link=job.link or "",
        code_hint=texts(language, "slip.page" if job.link else "slip.code_is_number"),
        mark=_mark(job, texts),
        right_to_left=texts.direction(language) == "rtl",
    )


def _mark(job: SlipJob, texts: Texts) -> str:
    keys = [("practice.mark", job.practice), ("slip.copy", job.copy)]
    return " · ".join(texts(job.ticket.language, key) for key, holds in keys if holds)


def sample_slip(number: str, language: LanguageCode, texts: Texts) -> SlipContent:
    """A slip that cannot be taken for a ticket."""
    return SlipContent(
        place="Radhaus",
        date="",
        heading=texts(language, "number.title"),
        number=number,
        group=texts(language, "slip.test"),
        ahead="",
        hint="ÄÖÜ äöü ß ğ ș ł щ ї",
        code_hint=texts(language, "slip.code_is_number"),
        mark=texts(language, "slip.test"),
        right_to_left=texts.direction(language) == "rtl",
    )


def dated(now: Moment) -> str:
    """Empty while the clock is not set: a wrong date is worse than none."""
    return now.wall.astimezone(BERLIN).strftime("%d.%m.%Y, %H:%M") if now.trusted else ""
