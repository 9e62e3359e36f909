"""Markdown tables of the audit's page."""

from collections.abc import Iterator


def row(*cells: object) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def head(*names: str) -> Iterator[str]:
    yield row(*names)
    yield row(*("---" for _ in names))


def met(passed: object) -> str:
    return "yes" if passed else "**no**"
