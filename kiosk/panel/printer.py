"""Duty of a printer: slips, copies, reminders, then sheets; each at most once, or why not."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeAlias

from hardware.errors import PrinterNotReady
from kiosk.domain.device_condition import READY, Condition
from kiosk.domain.errors import Unknown
from kiosk.panel.duty import LONGEST_WORK_S
from kiosk.service.doors import EVERY_QUEUE
from kiosk.service.paper import NoPaper
from kiosk.service.reminders import REMINDERS, ReminderJob
from kiosk.service.sheets import SHEETS, SheetJob
from kiosk.service.slips import COPIES, SLIPS, SlipJob
from kiosk.settings.config.print_routing import printers_for

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from PIL.Image import Image

    from hardware.printer.port import Printer
    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.domain.profile import Profile
    from kiosk.service.office import Office
    from kiosk.service.paper import PaperReason, PrintQueue
    from kiosk.settings.config.devices import PaperKind, PrinterSettings

Job = SlipJob | ReminderJob | SheetJob

STATUS_EVERY_S = 5.0
"""How often a resting printer is asked whether it has paper."""

Queues: TypeAlias = "Sequence[PrintQueue[Any, Job]]"

PAPERS: Mapping[PaperKind, Queues] = {"slips": (SLIPS, COPIES, REMINDERS), "sheets": (SHEETS,)}
"""In the order of printing: a citizen stands before the glass and waits for the slip."""


class PrinterDuty:
    """`queues` are what this printer prints, `picture_of` draws a piece; woken for every paper."""

    def __init__(
        self,
        printer: Printer,
        office: Office,
        now: Callable[[], Moment],
        picture_of: Callable[[Job], Image],
        queues: Queues = EVERY_QUEUE,
    ) -> None:
        self.wake = threading.Event()
        self._printer = printer
        self._office = office
        self._now = now
        self._picture_of = picture_of
        self._queues = queues
        self._condition = READY
        self._asked_s = 0.0
        self._visit_closed = threading.Event()

    def open(self) -> None:
        # Only this thread begins paper, so what is begun by now could not be settled before.
        settle_interrupted_paper(self._queues, self._office, self._now())
        self._printer.open()
        self._ask()
        self.wake.set()  # something may have been wanted before

    def close(self) -> None:
        self._printer.close()

    def work(self) -> Condition:
        if self.wake.wait(LONGEST_WORK_S):
            self.wake.clear()
            self._print_all()
            self._forget_if_closed()
            self._ask()
        elif time.monotonic() - self._asked_s >= STATUS_EVERY_S:
            self._ask()
        return self._condition

    def give_up(self, why: Condition) -> None:
        give_up_paper(self._queues, self._office, why.troubles[0], self._now())

    def forget(self) -> None:
        """The visit is closed: delete what is stored of its slips."""
        self._visit_closed.set()
        self.wake.set()

    def _forget_if_closed(self) -> None:
        if self._visit_closed.is_set():
            self._printer.forget()
            self._visit_closed.clear()

    def _ask(self) -> None:
        trouble = self._printer.trouble()
        self._condition = Condition((trouble,)) if trouble else READY
        self._asked_s = time.monotonic()

    def _print_all(self) -> None:
        while begun := next(self._begun(), None):
            self._print(*begun)

    def _begun(self) -> Iterator[tuple[PrintQueue[Any, Job], Job]]:
        """What to print now: a sheet only when no slip is wanted."""
        for paper in self._queues:
            if job := paper.begin(self._office, self._now()):
                yield paper, job

    def _print(self, paper: PrintQueue[Any, Job], job: Job) -> None:
        failed: PaperReason | None = NoPaper.UNCONFIRMED
        try:
            self._printer.print_slip(self._picture_of(job))
            failed = None
        except PrinterNotReady as refusal:
            failed = refusal.trouble
        except Unknown:  # the picture names what the profile has no more; nothing was printed
            failed = NoPaper.PROFILE_CHANGED
        finally:
            if failed is None:
                paper.printed(self._office, job.id, self._now())
            else:
                paper.failed(self._office, job.id, failed, self._now())


def queues_of(
    name: str | None, printers: Mapping[str, PrinterSettings], profile: Profile
) -> Queues:
    """The paper that comes from this one of several printers; for None that of no printer."""
    found: list[PrintQueue[Any, Job]] = []
    for paper, queues in PAPERS.items():
        groups = [None, *(group.id for group in profile.groups)] if paper == "slips" else [None]
        mine = {one for one in groups if name in (printers_for(paper, one, printers) or (None,))}
        if len(mine) == len(groups):
            found += queues
        elif mine:
            found += [queue.for_topics(_topics_of(mine, profile)) for queue in queues]
    return tuple(found)


def _topics_of(
    groups: Collection[str | None], profile: Profile
) -> Callable[[TopicId | None], bool]:
    """Whether a topic is in one of these groups; in None is what the profile has no more."""

    def takes(topic: TopicId | None) -> bool:
        with suppress(Unknown):
            return topic is not None and profile.group_of(topic).id in groups
        return None in groups

    return takes


def give_up_paper(queues: Queues, office: Office, reason: PaperReason, now: Moment) -> None:
    """Nothing can be printed now: no slip, copy or sheet is worth waiting for."""
    for queue in queues:
        queue.give_up(office, reason, now)


def settle_interrupted_paper(queues: Queues, office: Office, now: Moment) -> None:
    """After a crash: what was begun may be on paper or not, and is not printed again."""
    for queue in queues:
        queue.settle_interrupted(office, now)
