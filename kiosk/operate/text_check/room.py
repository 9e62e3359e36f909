"""Room for texts: labels on the narrowest button, words on the narrowest glass, lines on paper.

In em, since every panel sets its letters by their millimetres.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kiosk.drawing.line_breaking import Letters, break_lines
from kiosk.drawing.paper.draw import HINT, TEXT, TOPIC, WIDTH_PX
from kiosk.drawing.paper.strip import inner_px
from kiosk.touch.layout.theme import STRONG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kiosk.domain.profile import Profile

_EM_PX: Final = 50
BUTTON_PX: Final = round(68 / STRONG.em_mm * _EM_PX)
"""What the pictogram leaves of a button: 68 mm."""
MOST_LABEL_LINES: Final = 2
_GLASS_PX: Final = 9 * _EM_PX
"""An upright 7-inch panel: 78 mm between its margins."""

_LINES_ON_PAPER: Final = {
    "number.title": TEXT,
    "number.ahead": TEXT,
    "slip.wait": TEXT,
    "slip.wait_about": TEXT,
    "slip.wait_long": TEXT,
    "slip.appointment": TEXT,
    "slip.appointment_code": TEXT,
    "slip.hint": HINT,
    "slip.page": HINT,
    "slip.code_is_number": HINT,
    "slip.appointment_hint": HINT,
    "slip.call_back": TOPIC,
    "slip.call_back_hint": HINT,
    "sheet.title": TOPIC,
    "phrase.title": TOPIC,
    "sheet.save": HINT,
}
_ELSEWHERE: Final = ("slip.", "sheet.", "phrase.", "page.", "call.")
_SAMPLES: Final = {"low": "80", "count": "90", "minutes": "90", "number": "A-017", "desk": "12"}
_SHORTEN: Final = "shorten it, or divide a long word with a soft hyphen"


def room_faults(key: str, text: str, *, right_to_left: bool) -> Iterator[tuple[str, str]]:
    """What of a text of the product does not fit."""
    shown = re.sub(r"\{(\w*)\}", lambda name: _SAMPLES.get(name[1], "Montag"), text)
    letters = Letters(_EM_PX, bold=False, right_to_left=right_to_left)
    on_glass = not key.startswith(_ELSEWHERE) and key[-4:] != ".say"
    if on_glass and break_lines(shown, letters, _GLASS_PX).torn:
        yield "has a word that is wider than an upright panel of 7 inches", _SHORTEN
    if style := _LINES_ON_PAPER.get(key):
        on_paper = Letters(style.size_px, bold=style.bold, right_to_left=right_to_left)
        lines = len(break_lines(shown, on_paper, inner_px(min(WIDTH_PX.values()))).lines)
        if lines > style.most_lines:
            what = f"takes {lines} lines on narrow paper, more than {style.most_lines}"
            yield what, _SHORTEN


def label_faults(label: str) -> Iterator[tuple[str, str]]:
    """What of a label of a profile does not fit on its button."""
    broken = break_lines(label, Letters(_EM_PX, bold=True), BUTTON_PX)
    if broken.torn:
        yield "has a word that would be torn on a button", _SHORTEN
    elif len(broken.lines) > MOST_LABEL_LINES:
        yield f"takes {len(broken.lines)} lines on a button, more than {MOST_LABEL_LINES}", _SHORTEN


def torn_labels(profile: Profile) -> list[str]:
    """The labels of a profile that do not fit on their buttons, one line each."""
    owners = [
        *(("topic group", group.id, group.label) for group in profile.groups),
        *(("topic", topic.id, topic.label) for topic in profile.topics),
        *(
            (f'survey question "{question.id}", answer', answer.id, answer.label)
            for question in profile.survey_questions
            for answer in question.answers
        ),
    ]
    return [
        f'{kind} "{name}", label.{language}: {what}; {remedy}'
        for kind, name, labels in owners
        for language, label in labels.items()
        for what, remedy in label_faults(label)
    ]
