"""From tickets to published tables: collect, close, round, freeze. See docs/counts.md."""
