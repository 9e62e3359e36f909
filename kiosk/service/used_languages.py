"""Languages of this bus in the order of their use, as far as the published counts tell it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import msgspec

from kiosk.counts.ledger_entry import decode_entry
from kiosk.domain.ids import LanguageCode
from kiosk.store import ledger_rows

if TYPE_CHECKING:
    from kiosk.service.office import Snapshot

PERIODS: Final = 4
"""So many closed periods count: a year of quarters. Who comes changes with the years."""


def languages_by_use(snapshot: Snapshot) -> tuple[LanguageCode, ...]:
    """The languages of the profile that were published in the last periods, most used first.

    The entries are read as they are, without a check of their chain: nothing is published of
    this. What cannot be read counts for nothing. See docs/decisions/0054.
    """
    counted: Counter[str] = Counter()
    for row in ledger_rows.list_all(snapshot.connection)[-PERIODS:]:
        try:
            cells = decode_entry(row.body).tables.get("languages", [])
        except msgspec.MsgspecError:
            continue
        counted.update({str(code): count for (code, *_), count in cells})
    spoken = snapshot.profile.languages
    return tuple(LanguageCode(code) for code, _ in counted.most_common() if code in spoken)
