"""What leaves the device: packages of tables, derived from the ledger alone. See docs/export.md."""
