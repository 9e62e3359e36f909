"""Validation of files that people write in TOML: config.toml and profiles."""
