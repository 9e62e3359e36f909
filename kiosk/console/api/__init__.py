"""The JSON API under /api/v1. What it says is promised to the outside: see docs/api.md."""
