"""Refusals about appointments: their codes, and making or changing them at a desk."""

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


class UnknownCode(Refused):
    """No appointment has this code. The sentence does not repeat it.

    `mistyped` says that its check digit is wrong, so that it can be no code of this box.
    """

    def __init__(self, *, mistyped: bool) -> None:
        self.mistyped = mistyped
        hint = " A digit may be wrong." if mistyped else ""
        super().__init__(f"No appointment has this code.{hint}")


class AppointmentOnOtherDay(Refused):
    """The code is right, the day is not. `date` is 2026-11-24, `begins` 10:00, in local time."""

    def __init__(self, date: str, begins: str) -> None:
        self.date, self.begins = date, begins
        super().__init__(f"This appointment is on {date} at {begins}.")


class AppointmentAtOtherStop(Refused):
    """The code is right, the place is not. `stop` is the name of the right one."""

    def __init__(self, stop: str) -> None:
        self.stop = stop
        super().__init__(f"This appointment is at the stop {stop!r}.")


class AppointmentUsed(Refused):
    """The appointment has led to a number, and that person was served or has left."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"This appointment had the number {number}, which has ended.")


class AppointmentForOtherTopic(Refused):
    """A topic was named with the code, and the appointment is for another one."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        super().__init__(f"This appointment is for the topic {topic!r}.")


class TooManyCodes(Refused):
    """Throttled after too many unknown codes: none is taken for `wait_s` seconds."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"Too many unknown codes: try again in {wait_s} seconds.")
