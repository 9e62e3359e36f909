"""Print queues in the database: a piece is begun at most once, never again by itself.

No step of a piece of paper is synced. A killed process loses none; when the power goes, what was
wanted before is too late in any case, so a piece whose `begun` is lost fails and is not printed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from hardware.trouble import Trouble
from kiosk.domain.errors import Unknown
from kiosk.store import journal, visits

if TYPE_CHECKING:
    from collections.abc import Callable

    from kiosk.domain.events import Event
    from kiosk.domain.ids import TopicId
    from kiosk.domain.moment import Moment
    from kiosk.service.office import Office, Snapshot
    from kiosk.store.database import Connection
    from kiosk.store.slips import SlipState

PAPER_MAX_AGE_S = 10.0
"""After that a citizen has gone without the paper: what comes later a stranger would pick up."""


class NoPaper(StrEnum):
    """Why there is no paper although no device is in trouble."""

    NO_PRINTER = "no_printer"
    UNCONFIRMED = "unconfirmed"
    TOO_LATE = "too_late"
    TICKET_ENDED = "ticket_ended"
    PROFILE_CHANGED = "profile_changed"


PaperReason = NoPaper | Trouble
"""Why there is no paper, as the journal and a copy's row tell it."""


class _Piece(Protocol):
    @property
    def id(self) -> int: ...


Piece = TypeVar("Piece", bound=_Piece)
Job_co = TypeVar("Job_co", covariant=True)


@dataclass(frozen=True, slots=True)
class PrintQueue(Generic[Piece, Job_co]):
    """One kind of paper: how its pieces are found, moved on, judged, printed and told of.

    `outside_visits` says that it is printed while the bus is closed, too; of other paper nothing is
    told then, as its people have gone.
    """

    in_state: Callable[[Connection, SlipState], list[Piece]]
    move: Callable[[Connection, int, SlipState, SlipState], bool]
    fail: Callable[[Connection, int, SlipState, PaperReason], bool]
    skip_reason: Callable[[Piece, Moment], NoPaper | None]
    job: Callable[[Snapshot, Piece, Moment], Job_co]
    printed_event: Callable[[Piece], Event]
    failed_event: Callable[[Piece, PaperReason], Event]
    topic: Callable[[Piece], TopicId | None] = lambda _: None
    outside_visits: bool = False

    def for_topics(self, takes: Callable[[TopicId | None], bool]) -> PrintQueue[Piece, Job_co]:
        """The pieces of those topics alone, for one of several printers."""

        def in_state(connection: Connection, state: SlipState) -> list[Piece]:
            found = self.in_state(connection, state)
            return [piece for piece in found if takes(self.topic(piece))]

        return replace(self, in_state=in_state)

    def begin(self, office: Office, now: Moment) -> Job_co | None:
        """The oldest piece that is still wanted, committed as begun before anything prints.

        Those that are not wanted any more fail on the way.
        """
        while found := self._oldest(office, now):
            piece, todo = found
            with office.database.write(synced=False) as connection:
                if isinstance(todo, NoPaper):
                    self._fail(connection, piece, "wanted", todo, now)
                elif self.move(connection, piece.id, "wanted", "begun"):
                    return todo
        return None

    def printed(self, office: Office, piece_id: int, now: Moment) -> None:
        """The printer has confirmed a piece that was begun. The visit may be over by now."""
        with office.database.write(synced=False) as connection:
            for piece in self._begun(connection, piece_id):
                self.move(connection, piece.id, "begun", "printed")
                self._append(connection, self.printed_event(piece), now)

    def failed(self, office: Office, piece_id: int, reason: PaperReason, now: Moment) -> None:
        """A piece that was begun did not come out, or that is unknown. The visit may be over."""
        with office.database.write(synced=False) as connection:
            for piece in self._begun(connection, piece_id):
                self._fail(connection, piece, "begun", reason, now)

    def give_up(self, office: Office, reason: PaperReason, now: Moment) -> None:
        """Nothing can be printed now: fail all that is wanted."""
        self._fail_all(office, "wanted", reason, now)

    def fail_late(self, office: Office, now: Moment, because: PaperReason | None = None) -> bool:
        """Fail what is wanted for too long, although the printer may hang. Mostly only reads.

        Says whether any is still wanted. `because` is why it is too late, where that is known.
        """
        with office.database.read() as connection:
            wanted = self.in_state(connection, "wanted")
        without_reason = {piece.id: self.skip_reason(piece, now) for piece in wanted}
        for piece in wanted:
            if reason := without_reason[piece.id]:
                told = because if because and reason is NoPaper.TOO_LATE else reason
                with office.database.write(synced=False) as connection:
                    self._fail(connection, piece, "wanted", told, now)
        return None in without_reason.values()

    def settle_interrupted(self, office: Office, now: Moment) -> None:
        """After a crash it is unknown whether what was begun came out: it counts as failed."""
        self._fail_all(office, "begun", NoPaper.UNCONFIRMED, now)

    def _oldest(self, office: Office, now: Moment) -> tuple[Piece, Job_co | NoPaper] | None:
        """Whose turn it is, with the job or why there is none.

        Only reads: estimating a wait takes long, and no ticket is to wait for that.
        """
        with office.snapshot() as snapshot:
            piece = next(iter(self.in_state(snapshot.connection, "wanted")), None)
            if piece is None:
                return None
            try:
                todo = self.skip_reason(piece, now) or self.job(snapshot, piece, now)
            except Unknown:  # its stop or offer is gone: the others go on
                todo = NoPaper.PROFILE_CHANGED
            return piece, todo

    def _begun(self, connection: Connection, piece_id: int) -> list[Piece]:
        return [piece for piece in self.in_state(connection, "begun") if piece.id == piece_id]

    def _fail_all(
        self, office: Office, before: SlipState, reason: PaperReason, now: Moment
    ) -> None:
        with office.database.read() as connection:
            if not self.in_state(connection, before):
                return  # as nearly always: an absent printer is opened again and again
        with office.database.write(synced=False) as connection:
            for piece in self.in_state(connection, before):
                self._fail(connection, piece, before, reason, now)

    def _fail(
        self,
        connection: Connection,
        piece: Piece,
        before: SlipState,
        reason: PaperReason,
        now: Moment,
    ) -> None:
        if self.fail(connection, piece.id, before, reason):
            self._append(connection, self.failed_event(piece, reason), now)

    def _append(self, connection: Connection, event: Event, now: Moment) -> None:
        visit = visits.uncounted(connection)
        if visit or self.outside_visits:
            journal.append(connection, event, now, visit.id if visit else None)


def without_reason(
    move: Callable[[Connection, int, SlipState, SlipState], bool],
) -> Callable[[Connection, int, SlipState, PaperReason], bool]:
    """The `fail` of a paper whose rows do not keep the reason."""
    return lambda connection, piece, before, _: move(connection, piece, before, "failed")


def too_late(wanted: Moment, now: Moment) -> NoPaper | None:
    """Whether paper that has been wanted since then is not worth printing any more."""
    age_s = now.seconds_since(wanted)
    return NoPaper.TOO_LATE if age_s is None or age_s > PAPER_MAX_AGE_S else None
