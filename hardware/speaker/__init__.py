"""The loudspeaker for calls."""
