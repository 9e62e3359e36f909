"""The only SQL: one SQLite file, one module per kind of row."""
