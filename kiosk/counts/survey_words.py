"""Words of survey questions, kept until their period is closed: a question may leave its profile.

Without them a question that was over by the end of its quarter would be told by its code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.ledger_entry import QuestionNames, survey_names
from kiosk.store import counters, key_values
from kiosk.store.counters import SURVEY

if TYPE_CHECKING:
    from kiosk.domain.profile import Profile
    from kiosk.store.database import Connection

_KEY: Final = "survey_words"


def keep(connection: Connection, profile: Profile) -> None:
    """Keep the words of the profile, and of what was counted before and has left it."""
    known = kept(connection)
    if not (profile.survey_questions or known):
        return
    months = counters.open_months(connection)
    counted = {key.question for month in months for key in SURVEY.of(connection, month)}
    left = {name: words for name, words in known.items() if name in counted}
    key_values.put(connection, _KEY, msgspec.json.encode(left | survey_names(profile)).decode())


def kept(connection: Connection) -> dict[str, QuestionNames]:
    """The words of all questions of which answers may be counted and not closed."""
    stored = key_values.get(connection, _KEY)
    return msgspec.json.decode(stored, type=dict[str, QuestionNames]) if stored else {}
