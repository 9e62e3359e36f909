"""Name of the method of rounding, apart from the solver so that readers of the ledger load none."""

from __future__ import annotations

from typing import Final

BASE: Final = 5
METHOD: Final = "controlled random rounding to base 5"
