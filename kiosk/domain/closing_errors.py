"""Reasons not to close a visit, not to open it again, or not to close a period without it."""

from kiosk.domain.errors import Refused


class PeopleStillThere(Refused):
    """A visit is not closed by accident over people who are still there, or may come back."""

    def __init__(self, waiting: int, at_desk: int, parked: int, missed: int) -> None:
        self.waiting, self.at_desk, self.parked, self.missed = waiting, at_desk, parked, missed
        count = waiting + at_desk + parked
        super().__init__(
            f"{'1 person is' if count == 1 else f'{count} people are'} still there ({waiting}"
            f" waiting, {at_desk} at a desk, {parked} parked; {missed} missed): call them first, or"
            " close with --force, and they count as gone."
        )


class TooLateToReopen(Refused):
    """Only a visit that was closed a few minutes ago is still here."""

    def __init__(self) -> None:
        super().__init__(
            "No visit was closed in the last minutes: what is counted cannot be opened again."
        )


class VisitNotCounted(Refused):
    """A period is not closed without a visit that may still be opened again."""

    def __init__(self, left_s: float) -> None:
        self.left_s = left_s
        super().__init__(
            f"A visit was closed and can be taken back for {left_s:.0f} seconds; then it is"
            " counted. Try again then, or count it now: kiosk visit close."
        )


class VisitLeftOpen(Refused):
    """Yesterday's numbers are not called into the line of today."""

    def __init__(self, since: str) -> None:
        self.since = since
        super().__init__(
            f"The visit has been open since {since}: close it first (kiosk visit close --force)."
        )
