"""The display that shows whose turn it is."""
