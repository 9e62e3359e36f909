"""Names and numbers within sentences: bidi isolates, and hyphens that break no line."""

from typing import Final

_UNBROKEN_HYPHEN: Final = "\N{WORD JOINER}-\N{WORD JOINER}"
_FIRST_STRONG: Final = "\N{FIRST STRONG ISOLATE}"
_END: Final = "\N{POP DIRECTIONAL ISOLATE}"


def unbroken(name: str) -> str:
    """The name with hyphens at which no browser breaks a line; it looks and is read the same."""
    return name.replace("-", _UNBROKEN_HYPHEN)


def isolated(name: str) -> str:
    """The name in its own direction, with the signs at its ends; unlike `bdi` also in titles."""
    return f"{_FIRST_STRONG}{name}{_END}"
