"""Errors of the use cases, one sentence each; the facts are fields, for answers in other words."""


class KioskError(Exception):
    """Base of all errors that this program shows to people, each of them one sentence."""


class Refused(KioskError):
    """The action does not fit the present state; nothing was changed."""


class NoVisitOpen(Refused):
    """There is no open visit, so no numbers are given and none are called."""

    def __init__(self) -> None:
        super().__init__("No visit is open: open one first.")


class VisitAlreadyOpen(Refused):
    """Only one visit can be open at a time."""

    def __init__(self, stop: str) -> None:
        self.stop = stop
        super().__init__(f"A visit at {stop} is open: close it first ('kiosk visit close').")


class Unknown(Refused):
    """A name that the profile or the open visit does not have."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        self.kind, self.name, self.known = kind, name, known
        choices = f" Known: {', '.join(known)}." if known else ""
        super().__init__(f"There is no {kind} {name!r}.{choices}")


class TopicNotOffered(Refused):
    """The topic exists, but not at this visit."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        super().__init__(f"The topic {topic!r} is not offered at this visit.")


class WrongState(Refused):
    """A step that the ticket's state does not allow."""

    def __init__(self, number: str, state: str, action: str) -> None:
        self.number, self.state, self.action = number, state, action
        super().__init__(f"Ticket {number} is {state} and cannot be {action}.")


class DeskEmpty(Refused):
    """The action needs a called ticket at the desk, and there is none."""

    def __init__(self, desk: str) -> None:
        self.desk = desk
        super().__init__(f"Nobody has been called to desk {desk}.")


class AnotherAtDesk(Refused):
    """Another ticket is at the desk by now: a second browser has acted there."""

    def __init__(self, desk: str, number: str) -> None:
        self.desk, self.number = desk, number
        super().__init__(f"{number} is at desk {desk} by now: nothing was changed.")


class StillServed(Refused):
    """A person is served at the desk: their outcome has to be given first."""

    def __init__(self, desk: str, number: str) -> None:
        self.desk, self.number = desk, number
        super().__init__(f"{number} is served at desk {desk}: finish, park or transfer it first.")


class NumberGivenAgain(Refused):
    """The number of an ended ticket has been given again, to a person who is still there."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"{number} is another person's number by now: draw a new one.")


class TransferNowhere(Refused):
    """A transfer without a topic and without another desk."""

    def __init__(self) -> None:
        super().__init__("A transfer goes to another desk, to a topic, or both: name one.")


class NumbersExhausted(Refused):
    """All 999 numbers of a letter, or of a profile without letters, are open at the same time."""

    def __init__(self, letter: str) -> None:
        self.letter = letter
        begin = f"{letter}-" if letter else ""
        super().__init__(f"All numbers {begin}001 to {begin}999 are in use.")


class ScoreOutOfRange(Refused):
    """A score that the profile's scale does not have."""

    def __init__(self, score: int, levels: int) -> None:
        self.score, self.levels = score, levels
        super().__init__(f"The score must be from 1 to {levels}, not {score}.")


class PersonsOutOfRange(Refused):
    """A number of persons that must be a typing error."""

    def __init__(self, persons: int, most: int) -> None:
        self.persons, self.most = persons, most
        super().__init__(f"The number of persons must be from 1 to {most}, not {persons}.")


class TooManyTopics(Refused):
    """More further topics than one talk can have been about."""

    def __init__(self, topics: int, most: int) -> None:
        self.topics, self.most = topics, most
        super().__init__(f"A talk has at most {most} further topics, not {topics}.")


class ReferralWithoutOutcome(Refused):
    """A record has a referral, and an outcome that has none. `fitting` are the labels of others."""

    def __init__(self, referral: str, ids: tuple[str, ...], fitting: tuple[str, ...]) -> None:
        self.referral, self.fitting = referral, fitting
        needed = " or ".join(map(repr, ids)) or "that the profile does not have"
        super().__init__(f"A referral to {referral!r} needs the outcome {needed}.")


class IntakeClosed(Refused):
    """Waiting citizens are still served, but no new numbers are given."""

    def __init__(self) -> None:
        super().__init__("No more numbers are given today; waiting people are still called.")


class ContingentUsedUp(Refused):
    """All numbers that this visit gives for a topic have been taken."""

    def __init__(self, topic: str, contingent: int) -> None:
        self.topic, self.contingent = topic, contingent
        super().__init__(f"All {contingent} numbers for the topic {topic!r} have been taken.")


class PhoneShareUsedUp(Refused):
    """Phones have as many numbers as they may; whoever is there can draw one at the glass."""

    def __init__(self) -> None:
        super().__init__("Phones have as many numbers as they may: draw this one at the glass.")


class OnlyByAppointment(Refused):
    """Walk-ins get no number, for this topic or at this service."""

    def __init__(self, topic: str) -> None:
        self.topic = topic
        super().__init__(f"Numbers for the topic {topic!r} are given by appointment only.")


class NoTopicsLeft(Refused):
    """A visit or a desk needs at least one topic."""

    def __init__(self) -> None:
        super().__init__("At least one topic must remain.")


class NoNumberRange(Refused):
    """Two texts between which there are no ticket numbers."""

    def __init__(self, first: str, last: str) -> None:
        self.first, self.last = first, last
        super().__init__(
            f"{first!r} to {last!r} is no range of numbers: write one letter and up to three"
            " digits, such as A-018 and A-031, the smaller first."
        )


class NumbersTaken(Refused):
    """Numbers that this visit has given already cannot be taken in from a roll."""

    def __init__(self, numbers: tuple[str, ...]) -> None:
        self.numbers = numbers
        super().__init__(
            f"Given already in this visit: {', '.join(numbers)}. Nothing was taken in."
        )


class WishOfAnother(Refused):
    """An idempotency key that has led to another ticket, copy or sheet already."""

    def __init__(self) -> None:
        super().__init__("This wish has led to something else already: name a new one.")


class NoPrinter(Refused):
    """The service works without a printer."""

    def __init__(self) -> None:
        super().__init__("There is no printer here: the number has to be remembered.")


class SlipComing(Refused):
    """Another slip of the same ticket is on its way out of the printer."""

    def __init__(self, number: str) -> None:
        self.number = number
        super().__init__(f"The slip of {number} is being printed: wait for it.")


class TooManyCopies(Refused):
    """A ticket has as many copies of its slip as it gets."""

    def __init__(self, number: str, most: int) -> None:
        self.number, self.most = number, most
        super().__init__(
            f"The slip of {number} has been printed again {most} times: no more copies are made,"
            " the number has to be remembered."
        )


class RollTooLong(Refused):
    """More numbers at once than a paper roll plausibly gave."""

    def __init__(self, numbers: int, most: int) -> None:
        self.numbers, self.most = numbers, most
        super().__init__(
            f"These are {numbers} numbers, more than the {most} that can be taken in at once:"
            " look at the last one again."
        )
