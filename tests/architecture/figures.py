"""Size and shape of the product's code: `python -m tests.architecture.figures [CHECKOUT]`.

For comparing two commits: lay the older one out with `git worktree add` and name its folder.
"""

import ast
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from tests.architecture.contract import circles, imports_of, sources

_SUPPRESSION = re.compile(r"# (?:noqa|type: ignore)\b")


def figures(root: Path) -> Iterator[tuple[str, str]]:
    """Name and value, line by line; of `kiosk/` and `hardware/` alone."""
    texts = [path.read_text(encoding="utf-8") for path in sources(root)]
    trees = [ast.parse(text) for text in texts]
    lengths = [len(text.splitlines()) for text in texts]
    top = [path for path in (root / "kiosk").iterdir() if not path.name.startswith("__")]
    yield "files", str(len(texts))
    yield "lines of a file", _spread([length for length in lengths if length])
    yield "lines of a function", _spread([size for tree in trees for size in _functions(tree)])
    yield "lines", str(sum(lengths))
    yield "lines of code", str(sum(_code_lines(tree) for tree in trees))
    yield "names at the top of kiosk/", str(len(top))
    yield "circles", str(len(circles(root, imports_of(root))))
    yield "suppressions", str(sum(len(_SUPPRESSION.findall(text)) for text in texts))


def _spread(sizes: Sequence[int]) -> str:
    return f"{len(sizes)} with {median(sizes):g} in the median, {max(sizes)} at most"


def _functions(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (node.end_lineno or node.lineno) - node.lineno + 1


def _code_lines(tree: ast.Module) -> int:
    """Without blank lines, comments and docstrings, each statement on one line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = [line for line in node.body if not _is_text(line)] or [ast.Pass()]
    return sum(bool(line.strip()) for line in ast.unparse(tree).splitlines())


def _is_text(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Constant):
        return False
    return isinstance(statement.value.value, str)


if __name__ == "__main__":
    for name, value in figures(Path(sys.argv[1] if len(sys.argv) > 1 else ".")):
        sys.stdout.write(f"{name:28}{value}\n")
