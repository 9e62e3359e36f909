"""How this box is wired, drawn as SVG from its own configuration."""
