"""Configuration, profiles and texts, read from assets and the data folder and validated."""
