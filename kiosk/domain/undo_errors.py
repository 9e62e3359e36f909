"""Refusals of undo: nothing to undo, or something has happened since."""

from kiosk.domain.errors import Refused


class NothingToUndo(Refused):
    """A desk has done nothing yet that could be undone."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        super().__init__(f"There is nothing to undo at desk {desk}.")


class AnotherActionSince(Refused):
    """The desk has done something else meanwhile than the action that was to be undone."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        super().__init__(f"Desk {desk} has done something else meanwhile: nothing was undone.")


class TooLateToUndo(Refused):
    """Another desk has acted on the same ticket since."""

    def __init__(self, desk: str, number: str) -> None:
        self.desk, self.number = desk, number
        super().__init__(f"Ticket {number} has changed since at another desk: nothing was undone.")


class DeskTakenSince(Refused):
    """Undoing would bring a person back to a desk where another one is by now."""

    def __init__(self, desk: str, number: str) -> None:
        self.desk, self.number = desk, number
        super().__init__(f"Desk {desk} has ticket {number} by now: nothing was undone.")


class CheckedInSince(Refused):
    """The appointment that the step has made was checked in: its holder has a ticket by now."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"The appointment has ticket {number} by now: nothing was undone.")
