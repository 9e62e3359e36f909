"""Validation of a talk's record against the profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.domain.errors import ReferralWithoutOutcome

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.domain.record import Record


def check_record(profile: Profile, record: Record) -> None:
    """Raise `Unknown` if the profile lacks the outcome, the referral, an item or a topic.

    Raises `ReferralWithoutOutcome`.
    """
    outcome = profile.outcome(record.outcome)
    for item, choice in record.items:
        profile.talk_item(item).choice(choice)
    for topic in record.further:
        profile.topic(topic)
    if record.referral is not None:
        profile.referral(record.referral)
        if not outcome.referral:
            fitting = [each for each in profile.outcomes if each.referral]
            ids, labels = (tuple(e.id for e in fitting), tuple(e.label for e in fitting))
            raise ReferralWithoutOutcome(record.referral, ids, labels)
