"""Who may import whom, and where a misplaced line belongs. docs/primer.md draws the picture."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Graph = dict[str, set[str]]

MOST_AT_TOP = 17
"""Beside `__init__` and `__main__`."""

DOORS = ("touch", "console", "panel")

# From the bottom up: a part imports what stands below it.
LEVELS = (
    ("domain",),
    ("system",),
    ("settings",),
    ("files",),
    ("store",),
    ("counts",),  # below service: closing a visit counts it in the same transaction
    ("service",),
    ("drawing", "export"),
    ("devices",),
    (*DOORS, "fleet"),  # the city's program, which no bus runs
    ("wiring",),
    ("operate",),
    ("cli", "__main__"),
)
LEVEL = {part: level for level, parts in enumerate(LEVELS) for part in parts}

# Libraries, and the parts in which alone they live.
HOME = {
    "kivy": ("kiosk.touch",),
    "litestar": ("kiosk.console", "kiosk.fleet"),
    "uvicorn": ("kiosk.console", "kiosk.fleet"),
    "sqlite_utils": ("kiosk.store",),
    "sqlite3": ("kiosk.store", "kiosk.fleet"),
    "sqlalchemy": ("kiosk.fleet",),
}
WIRES = ("escpos", "gpiozero", "lgpio", "paho", "serial")
SHARED_BY_DRIVERS = ("hardware.pins", "hardware.serial_line")
NO_DRIVER = ("__init__", "errors", "fake", "port")
OPENS_NOTHING = ("errors", "families", "port", "serial_names")
VOCABULARY = "hardware.trouble"  # plain words, which the journal keeps too
DATA = (VOCABULARY, "hardware.printer.families")  # for every part

# Standard library that a pure rule has no use for: clock, files, logging, other processes.
IMPURE = ("asyncio", "io", "logging", "os", "pathlib", "socket", "subprocess", "threading", "time")


@dataclass(frozen=True, slots=True)
class Import:
    path: Path
    line: int
    importer: str
    target: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.importer} imports {self.target}"


def breaches(root: Path) -> list[str]:
    """Every import under root that breaks the contract, one sentence each."""
    found = imports_of(root)
    verdicts = ((imported, rule(imported)) for imported in found for rule in RULES)
    broken = [f"{imported}. {verdict}" for imported, verdict in verdicts if verdict]
    return [*_parts_without_level(root), *_crowded_top(root), *broken, *circles(root, found)]


def _parts_without_level(root: Path) -> list[str]:
    parts = {
        _part(".".join(path.relative_to(root).with_suffix("").parts)) for path in sources(root)
    }
    return [
        f"kiosk/{part} is new: give it a level in tests/architecture/contract.py."
        for part in sorted(parts - {"", *LEVEL})
    ]


def _crowded_top(root: Path) -> list[str]:
    found = (path.name for path in (root / "kiosk").iterdir())
    names = sorted(name for name in found if not name.startswith("__"))
    if len(names) <= MOST_AT_TOP:
        return []
    return [f"kiosk/ has {len(names)} names at its top, at most {MOST_AT_TOP}: {', '.join(names)}."]


def circles(root: Path, imports: Sequence[Import]) -> list[str]:
    """Modules, or folders, that import each other, those of type annotations included."""
    modules: Graph = defaultdict(set)
    folders: Graph = defaultdict(set)
    for imported in imports:
        if imported.target.partition(".")[0] not in {"kiosk", "hardware"}:
            continue
        source, target = (_node(root, name) for name in (imported.importer, imported.target))
        modules[source].add(target)
        folders[_folder(source)].add(_folder(target))
    cycles = [*_cycles(modules), *_cycles(folders)]
    return [f"{' and '.join(cycle)} import each other in a circle." for cycle in cycles]


def _node(root: Path, module: str) -> str:
    """A package's own module is told apart from the package: `kiosk.counts.__init__`."""
    return f"{module}.__init__" if root.joinpath(*module.split(".")).is_dir() else module


def _folder(module: str) -> str:
    """The folder of a module; the modules at the top of kiosk stand for themselves."""
    folder = module.rpartition(".")[0]
    return module if folder == "kiosk" else folder


def _cycles(graph: Graph) -> list[list[str]]:
    """Groups of nodes that reach each other."""
    reached = {node: _reached(graph, node) for node in graph}
    groups = {
        tuple(
            sorted(other for other in reached if other in reached[node] and node in reached[other])
        )
        for node in graph
    }
    return [list(group) for group in sorted(groups) if len(group) > 1]


def _reached(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    to_visit = [start]
    while to_visit:
        for target in graph.get(to_visit.pop(), ()):
            if target not in found:
                found.add(target)
                to_visit.append(target)
    return found


def sources(root: Path) -> list[Path]:
    return sorted(path for top in ("kiosk", "hardware") for path in (root / top).rglob("*.py"))


def imports_of(root: Path) -> list[Import]:
    """Every import of kiosk and hardware."""
    return [imported for path in sources(root) for imported in _imports(root, path)]


def _imports(root: Path, path: Path) -> Iterator[Import]:
    place = path.relative_to(root)
    importer = ".".join(place.with_suffix("").parts)
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for target in _targets(root, place, node):
                yield Import(place, node.lineno, importer, target)


def _targets(root: Path, place: Path, node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    above = place.parts[: len(place.parts) - node.level] if node.level else ()
    source = ".".join([*above, *([node.module] if node.module else [])])
    folder = root.joinpath(*source.split("."))
    return [
        f"{source}.{alias.name}" if _is_module(folder / alias.name) else source
        for alias in node.names
    ]


def _is_module(path: Path) -> bool:
    return path.is_dir() or path.with_suffix(".py").is_file()


def _part(module: str) -> str:
    """`queue` of `kiosk.queue.next`; empty for `kiosk` itself and for what is not in kiosk."""
    top, _, rest = module.partition(".")
    part = rest.partition(".")[0]
    return "" if top != "kiosk" or part == "__init__" else part


def _inside(module: str, home: str) -> bool:
    return module == home or module.startswith(f"{home}.")


def direction(imported: Import) -> str | None:
    source, target = _part(imported.importer), _part(imported.target)
    if source == target or not {source, target} <= LEVEL.keys():
        return None
    if LEVEL[target] < LEVEL[source]:
        return None
    if LEVEL[target] > LEVEL[source]:
        return f"{source} stands below {target}: move the line up into kiosk/{target}."
    if source in DOORS:
        return "Each door is a process of its own: what two doors need belongs in kiosk/service."
    return None


def pure_domain(imported: Import) -> str | None:
    library = imported.target.partition(".")[0]
    if _part(imported.importer) != "domain" or library == "kiosk":
        return None
    if imported.target == VOCABULARY:
        return None
    if library in sys.stdlib_module_names and library not in IMPURE:
        return None
    return "Rules are pure: the line belongs in kiosk/service, its result comes in as an argument."


def libraries_at_home(imported: Import) -> str | None:
    homes = HOME.get(imported.target.partition(".")[0])
    if homes is None or any(_inside(imported.importer, home) for home in homes):
        return None
    return f"The line belongs under {' or '.join(homes).replace('.', '/')}."


def wires_in_drivers(imported: Import) -> str | None:
    if imported.target.partition(".")[0] not in WIRES:
        return None
    top, *rest = imported.importer.split(".")
    if top == "hardware" and len(rest) > 1 and rest[-1] not in NO_DRIVER:
        return None
    if imported.importer in SHARED_BY_DRIVERS:
        return None
    return "The line belongs in a driver file, hardware/<device>/<means>.py."


def hardware_alone(imported: Import) -> str | None:
    if not _inside(imported.importer, "hardware") or not _inside(imported.target, "kiosk"):
        return None
    return "hardware knows nothing of kiosk: the line belongs in kiosk/panel or kiosk/wiring."


def drivers_picked_once(imported: Import) -> str | None:
    if not _inside(imported.target, "hardware") or not _inside(imported.importer, "kiosk"):
        return None
    source, port = _part(imported.importer), imported.target.split(".")[-1] in OPENS_NOTHING
    if (
        source == "wiring"
        or imported.target in DATA
        or (port and LEVEL.get(source, 0) >= LEVEL["service"])
    ):
        return None
    if port:
        return f"{source} knows no hardware: the line belongs in kiosk/service or above."
    return "Only kiosk/wiring picks drivers: import the port here, take the driver as argument."


RULES = (
    direction,
    pure_domain,
    libraries_at_home,
    wires_in_drivers,
    hardware_alone,
    drivers_picked_once,
)
