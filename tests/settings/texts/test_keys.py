"""The keys that the program asks for and the keys of the .po files are the same."""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from kiosk.domain.ids import GERMAN
from kiosk.settings.texts import FOLDER
from kiosk.settings.texts.po_file import read_po_file

SOURCES = Path(__file__).parents[3] / "kiosk"
ASKING = ("text", "texts")
KEY = re.compile(r"[a-z_]+(\.[a-z_]+)+")


@cache
def _nodes() -> list[ast.AST]:
    """Of all modules: to walk through them takes as long as to parse them."""
    modules = (ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES.rglob("*.py"))
    return [node for module in modules for node in ast.walk(module)]


def _keys() -> set[str]:
    return {message.key for message in read_po_file(FOLDER / f"{GERMAN}.po").messages}


def _texts_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for inner in nodes:
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value


def _patterns() -> Iterator[re.Pattern[str]]:
    """`feedback.{word}` asks for every key that begins so."""
    for node in _nodes():
        if isinstance(node, ast.JoinedStr):
            parts = [
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[a-z_]+"
                for part in node.values
            ]
            fixed = [part for part in parts if re.search(r"[a-z]{3}", part)]
            if fixed and r"\." in "".join(parts):
                yield re.compile("".join(parts))


def test_every_text_is_used() -> None:
    written = {*_texts_in(_nodes())}
    patterns = [*_patterns()]
    unused = {
        key for key in _keys() - written if not any(pattern.fullmatch(key) for pattern in patterns)
    }
    assert unused == set()


def test_every_text_that_is_asked_for_is_there() -> None:
    asked = {
        text
        for call in _nodes()
        if isinstance(call, ast.Call)
        and (
            call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        )
        in ASKING
        for argument in call.args
        for text in _texts_in(ast.walk(argument))
        if KEY.fullmatch(text)
    }
    assert "start.take_number" in asked
    assert asked - _keys() == set()
