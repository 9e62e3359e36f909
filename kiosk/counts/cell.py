"""Cell of a table: its codes, as `ledger_entry.TABLES` names them."""

from __future__ import annotations

Code = str | int | None
Cell = tuple[Code, ...]
