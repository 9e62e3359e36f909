"""Attack by bounds: the least and most that each true number can be, given all that is published.

Every number that the package tells, and every sum that it tells in several tables, is an unknown
within four of what is published (a row `others` within four for each of those in it); sums are
equations. An attacker may know more: the exact number of some of them.
"""

import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import highspy
import numpy as np

from tests.audit.package import Row
from tests.waiting import PATIENCE_S

OFF = 4
NEAR = 1e-6
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
            subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)
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
