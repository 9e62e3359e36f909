"""Attack by bounds: the least and most that each true number can be, given all that is published.

Every number that the package tells, and every sum that it tells in several tables, is an unknown
within four of what is published (a row `others` within four for each of those in it); sums are
equations. An attacker may know more: the exact number of some of them.
"""

import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import highspy
import numpy as np

from tests.audit.package import OTHERS, Package, Row, summed

OFF = 4
NEAR = 1e-6
CLASSES = ("", *map(str, range(0, 65, 5)))
Name = tuple[str, Row]


@dataclass
class Bounds:
    """What can be known of one number."""

    least: int
    most: int

    @property
    def width(self) -> int:
        """How many values are possible."""
        return self.most - self.least + 1


@dataclass
class Attack:
    """Unknowns with their ranges, and equations between sums of them."""

    ranges: dict[Name, tuple[int, int]] = field(default_factory=dict)
    equations: list[tuple[Name, list[Name]]] = field(default_factory=list)

    def unknown(self, name: Name, published: int, together: int = 1) -> None:
        """A number that was published, or a sum that is, of so many rounded ones."""
        off = OFF * together
        self.ranges[name] = (max(0, published - off), published + off)

    def sum(self, whole: Name, parts: Iterable[Name]) -> None:
        self.equations.append((whole, list(parts)))

    def know(self, name: Name, exact: int) -> None:
        self.ranges[name] = (exact, exact)

    def bounds(self, names: Iterable[Name]) -> dict[Name, Bounds]:
        """The range of each of these numbers.

        Where the linear program ends at whole numbers, its answer is that of the whole-number one.
        """
        relaxed, index = self._solver(whole=False)
        strict, _ = self._solver(whole=True)
        found = {}
        for name in names:
            least, most = (
                _end(relaxed, strict, index[name], sense)
                for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize)
            )
            found[name] = Bounds(least, most)
        return found

    def by_second_solver(self, name: Name, folder: Path) -> Bounds:
        """The same from GLPK, another code by other people."""
        solver, index = self._solver(whole=True)
        ends = []
        for word, sense in (("--min", 1.0), ("--max", 1.0)):
            solver.changeColCost(index[name], sense)
            model = folder / "attack.mps"
            solver.writeModel(str(model))
            told = folder / "answer.txt"
            command = ["glpsol", "--freemps", str(model), word, "--output", str(told)]
            subprocess.run(command, check=True, capture_output=True, timeout=60)
            answer = re.search(r"^Objective: .*= *(\S+)", told.read_text(), re.MULTILINE)
            assert answer, told.read_text()[:500]
            ends.append(round(float(answer[1])))
        return Bounds(*ends)

    def _solver(self, *, whole: bool) -> tuple[highspy.Highs, dict[Name, int]]:
        names = list(self.ranges)
        index = {name: place for place, name in enumerate(names)}
        solver = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 0.0)):
            solver.setOptionValue(option, value)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(names), len(self.equations)
        lp.col_cost_ = np.zeros(len(names))
        lp.col_lower_ = np.array([self.ranges[name][0] for name in names], dtype=np.double)
        lp.col_upper_ = np.array([self.ranges[name][1] for name in names], dtype=np.double)
        lp.row_lower_ = lp.row_upper_ = np.zeros(len(self.equations))
        starts, columns, values = [0], list[int](), list[float]()
        for total, parts in self.equations:
            columns += [index[total], *(index[part] for part in parts)]
            values += [1.0, *(-1.0 for _ in parts)]
            starts.append(len(columns))
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.array(starts)
        lp.a_matrix_.index_ = np.array(columns)
        lp.a_matrix_.value_ = np.array(values)
        if whole:
            lp.integrality_ = [highspy.HighsVarType.kInteger] * len(names)
        solver.passModel(lp)
        return solver, index


def _end(
    relaxed: highspy.Highs, strict: highspy.Highs, column: int, sense: highspy.ObjSense
) -> int:
    """The least or most of one unknown."""
    for solver in (relaxed, strict):
        solver.changeColCost(column, 1.0)
        solver.changeObjectiveSense(sense)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(solver.getSolution().col_value)
        solver.changeColCost(column, 0.0)
        if np.all(np.abs(values - np.round(values)) < NEAR):
            break
    return round(float(values[column]))


@dataclass(frozen=True)
class Public:
    """What everybody can read on the glass: the codes that there are."""

    groups: Mapping[str, str]
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    scores: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]


def attack(package: Package, public: Public) -> Attack:
    """Everything that a package tells."""
    found = Attack()
    tables = package.tables
    found.unknown(("total", ()), sum(tables["visits"].values()))
    visits = tables["visits"]
    stops = summed(visits.items(), 1)
    _margin(found, "stop", stops)
    for row, n in visits.items():
        found.unknown(("visits", row), n)
    for stop in stops:
        found.sum(("stop", stop), [("visits", row) for row in visits if row[1:] == stop])
    asked = summed(tables["demand"].items(), 1)
    for group in {(group,) for group in public.groups.values()}:
        asked.setdefault(group, 0)
    _margin(found, "group", asked)
    _table(found, package, "demand", (0, "stop"), (1, "group"))
    _topics(found, package, public)
    _margin(found, "block", summed(tables["hours"].items(), 1))
    _table(found, package, "hours", (0, "stop"), (1, "block"))
    _times(found, package)
    _items(found, package, public)
    _feedback(found, package, public)
    return found


def _margin(found: Attack, name: str, sums: Mapping[Row, int], total: str = "total") -> None:
    for code, published in sums.items():
        found.unknown((name, code), published)
    found.sum((total, ()), [(name, code) for code in sums])


def _table(
    found: Attack, package: Package, table: str, rows: tuple[int, str], columns: tuple[int, str]
) -> None:
    """A table of two columns beneath its margins; a missing row is a zero."""
    cells = package.tables[table]
    margins = {
        margin: {code for name, code in found.ranges if name == margin}
        for _, margin in (rows, columns)
    }
    shown = {(cell[rows[0]],) for cell in cells} - {(OTHERS,)}
    hidden = margins[rows[1]] - shown
    parts = [*shown, *([(OTHERS,)] if hidden else [])]
    for row in parts:
        together = len(hidden) if row == (OTHERS,) else 1
        for column in margins[columns[1]]:
            found.unknown((table, row + column), cells.get(row + column, 0), together)
        inside = [(table, row + column) for column in margins[columns[1]]]
        if row == (OTHERS,):
            found.ranges[f"{table} others", ()] = (0, 10**6)
            found.sum((f"{table} others", ()), inside)
            found.sum((f"{table} others", ()), [(rows[1], code) for code in hidden])
        else:
            found.sum((rows[1], row), inside)
    for column in margins[columns[1]]:
        found.sum((columns[1], column), [(table, row + column) for row in parts])


def _topics(found: Attack, package: Package, public: Public) -> None:
    groups = public.groups
    topics, outcomes = package.tables["topics"], package.tables["outcomes"]
    known = {code[0] for name, code in found.ranges if name == "group"}
    for group in known:
        mine = [row for row in topics if row[0] == group]
        shown = {row[1] for row in mine} - {OTHERS}
        rest = sum(its == group for its in groups.values()) - len(shown)
        if rest and (group, OTHERS) not in topics:
            mine.append((group, OTHERS))
        for row in mine:
            together = rest if row[1] == OTHERS else 1
            found.unknown(("topics", row), topics.get(row, 0), max(1, together))
        found.sum(("group", (group,)), [("topics", row) for row in mine])
    told = summed(outcomes.items(), 2)
    _margin(found, "outcome", {(o,): told.get((o,), 0) for o in public.outcomes})
    codes = [code for name, code in found.ranges if name == "outcome"]
    rows = {row[:2] for row in outcomes}
    for row in rows:
        together = 1 if row[1] != OTHERS else len(groups)
        for code in codes:
            found.unknown(("outcomes", row + code), outcomes.get(row + code, 0), together)
    for code in codes:
        found.sum(("outcome", code), [("outcomes", row + code) for row in rows])
    named = {row for row in rows if row[1] != OTHERS}
    for row in named & {name for table, name in found.ranges if table == "topics"}:
        found.sum(("topics", row), [("outcomes", row + code) for code in codes])
    for group in known & {row[0] for row in rows if row[1] == OTHERS}:
        inside = [("outcomes", row + code) for row in rows if row[0] == group for code in codes]
        found.sum(("group", (group,)), inside)


def _times(found: Attack, package: Package) -> None:
    kinds = {row[1] for row in package.tables["times"]}
    for table, margin in (("times", "group"), ("times_hours", "block")):
        for measure in ("waiting", "way", "service"):
            for kind in kinds:
                _measure(found, package, (table, margin), measure, kind)
            if len(kinds) == 1:
                _rows_of_times(found, (table, margin), measure, *kinds)


def _measure(
    found: Attack, package: Package, where: tuple[str, str], measure: str, kind: str
) -> None:
    """Classes of one measure: the same sums by group and by hours."""
    table = where[0]
    cells = {row: n for row, n in package.tables[table].items() if row[:2] == (measure, kind)}
    classes = summed(cells.items(), 3)
    margin = f"{measure} {kind}"
    for code in CLASSES:
        if (margin, (code,)) not in found.ranges:
            found.unknown((margin, (code,)), classes.get((code,), 0))
    parts = {row[2] for row in cells}
    many = len([name for name, _ in found.ranges if name == where[1]])
    for part in parts:
        for code in CLASSES:
            row = (measure, kind, part, code)
            found.unknown((table, row), cells.get(row, 0), many if part == OTHERS else 1)
    for code in CLASSES:
        inside = [(table, (measure, kind, part, code)) for part in parts]
        found.sum((margin, (code,)), inside)


def _rows_of_times(found: Attack, where: tuple[str, str], measure: str, kind: str) -> None:
    table, margin = where
    cells = [name for name in found.ranges if name[0] == table and name[1][:2] == (measure, kind)]
    for part in {name[1][2] for name in cells} - {OTHERS}:
        inside = [name for name in cells if name[1][2] == part]
        found.sum((margin, (part,)), inside)


def _items(found: Attack, package: Package, public: Public) -> None:
    languages, records = package.tables["languages"], package.tables["records"]
    if languages:
        rows = {(code,): languages.get((code,), 0) for code in public.languages}
        hidden = {row for row, n in rows.items() if not n}
        rows = {row: n for row, n in rows.items() if n} | {(OTHERS,): languages.get((OTHERS,), 0)}
        for row, n in rows.items():
            together = max(1, len(hidden)) if row == (OTHERS,) else 1
            found.unknown(("languages", row), n, together)
        found.sum(("total", ()), [("languages", row) for row in rows])
    for item in {row[0] for row in records} & public.items.keys():
        mine = [(item, value) for value in public.items[item]]
        for value in mine:
            found.unknown(("records", value), records.get(value, 0))
        found.sum(("total", ()), [("records", value) for value in mine])


def _feedback(found: Attack, package: Package, public: Public) -> None:
    cells, by_hours = package.tables["feedback"], package.tables["feedback_hours"]
    found.unknown(("smileys", ()), sum(cells.values()))
    told = summed(cells.items(), 1)
    _margin(found, "score", {(s,): told.get((s,), 0) for s in public.scores}, "smileys")
    parts = {row[0] for row in cells}
    for part in parts:
        for score in public.scores:
            together = 12 if part == OTHERS else 1
            found.unknown(("feedback", (part, score)), cells.get((part, score), 0), together)
    for score in public.scores if parts else ():
        found.sum(("score", (score,)), [("feedback", (part, score)) for part in parts])
    for row, n in by_hours.items():
        found.unknown(("feedback_hours", row), n)
    found.ranges["feedback_hours", ("missing",)] = (0, OFF * len(by_hours) + OFF)
    found.sum(("smileys", ()), [("feedback_hours", row) for row in [*by_hours, ("missing",)]])
