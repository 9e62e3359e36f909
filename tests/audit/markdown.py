"""Markdown of the audit's page: tables and sections."""

import re
from collections.abc import Iterator


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def head(*names: str) -> Iterator[str]:
    yield row(*names)
    yield row(*("---" for _ in names))


def met(passed: object) -> str:
    return "yes" if passed else "**no**"


def sections_by_title(page: str) -> dict[str, str]:
    """The sections of a page, each with its heading and one line feed at its end."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    return {part.partition("\n")[0]: f"{part.rstrip()}\n" for part in parts if part}
