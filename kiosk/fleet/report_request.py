"""What a report over the fleet is asked to cover."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """Days between which packages must lie, either of which may lack, and the boxes, if not all.

    Without any day it is the last quarter of which there is a package.
    """

    first: date | None = None
    last: date | None = None
    boxes: Sequence[str] = ()
