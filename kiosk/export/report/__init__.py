"""Report for councils and evaluators: one HTML file over one or several closed periods."""
