"""Reasons not to make or to change an appointment at a desk."""

from kiosk.domain.errors import Refused


class NoOfficeHour(Refused):
    """Nothing is planned at that time and place for this topic, or it is taken by now."""

    def __init__(self, time: str) -> None:
        self.time = time
        super().__init__(
            f"There is no free appointment at {time} at this stop for this topic: choose one of"
            " kiosk appointments hours."
        )


class RealAppointment(Refused):
    """Practice changes nothing for people who are really expected."""

    def __init__(self) -> None:
        super().__init__("This is practice: an appointment made in earnest stays as it is.")
