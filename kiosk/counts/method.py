"""Name of the method of rounding, for whoever reads the ledger and loads no solver for it."""

from __future__ import annotations

from typing import Final

BASE: Final = 5
METHOD: Final = "controlled random rounding to base 5"
