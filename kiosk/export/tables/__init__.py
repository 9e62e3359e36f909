"""Tables of a package: their rows with codes, and German words for the codes."""
