"""Names and numbers within sentences: hyphens that break no line. Isolates: `drawing/bidi.py`."""

from typing import Final

_UNBROKEN_HYPHEN: Final = "\N{WORD JOINER}-\N{WORD JOINER}"


def unbroken(name: str) -> str:
    """The name with hyphens at which no browser breaks a line; it looks and is read the same."""
    return name.replace("-", _UNBROKEN_HYPHEN)
