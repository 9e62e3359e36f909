"""Size limits of files and functions."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("kiosk", "hardware", "tests")
MOST_LINES_OF_FILE = 300
MOST_LINES_OF_FUNCTION = 40
SOURCES = {".py", ".js", ".css", ".html", ".kv", ".sql", ".toml"}


def sources() -> list[Path]:
    files = (path for top in FOLDERS for path in (ROOT / top).rglob("*"))
    return [path for path in files if path.suffix in SOURCES]


def functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Those within a module or statement; no expression has one."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.stmt | ast.excepthandler | ast.match_case):
            yield from functions(inner)
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                yield inner


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in sources()}
    assert lengths
    assert {str(path): many for path, many in lengths.items() if many > MOST_LINES_OF_FILE} == {}


def test_no_function_is_longer_than_a_screen() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": many
        for path in sources()
        if path.suffix == ".py"
        for node in functions(ast.parse(path.read_text(encoding="utf-8")))
        if (many := (node.end_lineno or 0) - node.lineno + 1) > MOST_LINES_OF_FUNCTION
    }
    assert long == {}
