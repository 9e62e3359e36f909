"""What the description of an event says beside its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kiosk.files.names import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

_LINE = re.compile(r"^\s*([^:\n]{1,40}):[ \t]*(\S.*)$", re.MULTILINE)


def said(description: str, columns: Mapping[str, str]) -> dict[str, str]:
    """The lines that begin as the columns of a table are named: `columns` by their plain names."""
    lines = ((columns.get(plain(name)), words) for name, words in _LINE.findall(description))
    return {column: words for column, words in lines if column}
