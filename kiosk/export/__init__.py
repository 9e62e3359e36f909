"""Export: packages of tables, derived from the ledger alone. See docs/export.md."""
