"""Names and numbers that no line may divide at their hyphen."""

from typing import Final

_UNBROKEN_HYPHEN: Final = "\N{WORD JOINER}-\N{WORD JOINER}"


def unbroken(name: str) -> str:
    """The name with hyphens at which no browser breaks a line; it looks and is read the same."""
    return name.replace("-", _UNBROKEN_HYPHEN)
