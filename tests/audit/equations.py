"""What a package tells, as unknowns and equations for the attack by bounds."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tests.audit.bounds import OFF, Attack, Name
from tests.audit.package import OTHERS, Package, Row, summed

MEASURES = ("waiting", "way", "service")
CLASSES = ("", *map(str, range(0, 65, 5)))


@dataclass(frozen=True)
class Public:
    """Public knowledge: the codes that the glass shows."""

    groups: Mapping[str, str]
    outcomes: tuple[str, ...]
    languages: tuple[str, ...]
    scores: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    items_apart: Mapping[str, tuple[str, ...]]
    reasons: tuple[str, ...]
    survey: Mapping[str, tuple[str, ...]]


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
    _further(found, package, public)
    _margin(found, "block", summed(tables["hours"].items(), 1))
    _table(found, package, "hours", (0, "stop"), (1, "block"))
    _times(found, package)
    _items(found, package, public)
    _feedback(found, package, public)
    _survey(found, package, public)
    _refused(found, package, public)
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
    groups, outcomes = public.groups, package.tables["outcomes"]
    known = {code[0] for name, code in found.ranges if name == "group"}
    for group in known:
        _topics_of(found, package, public, ("topics", "group"), group)
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


def _topics_of(
    found: Attack, package: Package, public: Public, where: tuple[str, str], group: str
) -> None:
    """The topics of a group beneath it; those that are not told stand together."""
    table, margin = where
    told = package.tables[table]
    mine = [row for row in told if row[0] == group]
    shown = {row[1] for row in mine} - {OTHERS}
    rest = sum(its == group for its in public.groups.values()) - len(shown)
    if rest and (group, OTHERS) not in told:
        mine.append((group, OTHERS))
    for row in mine:
        together = rest if row[1] == OTHERS else 1
        found.unknown((table, row), told.get(row, 0), max(1, together))
    found.sum((margin, (group,)), [(table, row) for row in mine])


def _further(found: Attack, package: Package, public: Public) -> None:
    """Further topics of the same people, with a sum of their own."""
    told = summed(package.tables["further"].items(), 0)
    groups = sorted(set(public.groups.values()))
    found.unknown(("further sum", ()), sum(told.values()))
    _margin(found, "further group", {(g,): told.get((g,), 0) for g in groups}, "further sum")
    for group in groups:
        _topics_of(found, package, public, ("further", "further group"), group)


def _times(found: Attack, package: Package) -> None:
    for table, margin in (("times", "group"), ("times_hours", "block")):
        for measure in MEASURES:
            kinds = {row[1] for row in package.tables[table] if row[0] == measure}
            for kind in kinds:
                _measure(found, package, (table, margin), measure, kind)
            _rows_of_times(found, (table, margin), measure, kinds)
    for measure in MEASURES:
        kinds = {row[1] for row in package.tables["times"] if row[0] == measure}
        for kind in kinds:
            _people_of_kind(found, package, measure, kind)
        if kinds:
            found.sum(("total", ()), [(f"{measure} kind", (kind,)) for kind in kinds])
        if "all" not in kinds and (f"{measure} all", CLASSES[:1]) in found.ranges:
            for code in CLASSES:
                classes = [(f"{measure} {kind}", (code,)) for kind in kinds]
                found.sum((f"{measure} all", (code,)), classes)


def _people_of_kind(found: Attack, package: Package, measure: str, kind: str) -> None:
    """With an appointment, or without: the classes sum to them, what was not measured too."""
    rows = {row[2:]: n for row, n in package.tables["times"].items() if row[:2] == (measure, kind)}
    found.unknown((f"{measure} kind", (kind,)), sum(rows.values()))
    found.sum((f"{measure} kind", (kind,)), [(f"{measure} {kind}", (code,)) for code in CLASSES])
    for part, n in summed(rows.items(), 0).items():
        if part != (OTHERS,):
            found.unknown((f"{measure} kind", (kind, *part)), n)
            cells = [("times", (measure, kind, *part, code)) for code in CLASSES]
            found.sum((f"{measure} kind", (kind, *part)), cells)


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


def _rows_of_times(
    found: Attack, where: tuple[str, str], measure: str, kinds: Collection[str]
) -> None:
    """All kinds together are the people of a topic group, or of hours; some may stand in others."""
    table, margin = where
    cells = [name for name in found.ranges if name[0] == table and name[1][0] == measure]
    for part in {name[1][2] for name in cells} - {OTHERS}:
        inside = [name for name in cells if name[1][2] == part]
        if {name[1][1] for name in inside} != set(kinds):
            rest = (f"{table} {measure} rest", (part,))
            found.ranges[rest] = (0, 10**6)
            inside.append(rest)
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
    for item in {row[0] for row in records} & public.items_apart.keys():
        told = {(item, value): records.get((item, value), 0) for value in public.items_apart[item]}
        _with_own_sum(found, (f"{item} sum", ()), "records", told)


def _survey(found: Attack, package: Package, public: Public) -> None:
    """With those who were not asked, and the questions that are not told, it sums to all."""
    told = package.tables["survey"]
    shown = {row[0] for row in told}
    rows = [(question, answer) for question in shown for answer in public.survey[question]]
    for row in rows:
        found.unknown(("survey", row), told.get(row, 0))
    rest = sum(package.tables["feedback"].values()) - sum(told.values())
    hidden = sum(len(answers) for name, answers in public.survey.items() if name not in shown)
    found.unknown(("not asked", ()), rest, 1 + hidden)
    found.sum(("smileys", ()), [("not asked", ()), *(("survey", row) for row in rows)])


def _refused(found: Attack, package: Package, public: Public) -> None:
    told = package.tables["refused"]
    groups = sorted(set(public.groups.values()))
    rows = [(reason, group) for reason in public.reasons for group in groups]
    _with_own_sum(found, ("refused sum", ()), "refused", {row: told.get(row, 0) for row in rows})


def _with_own_sum(
    found: Attack, whole: Name, table: str, rows: Mapping[tuple[str, str], int]
) -> None:
    """A missing row is a zero; the sum was rounded for itself."""
    found.unknown(whole, sum(rows.values()))
    for row, n in rows.items():
        found.unknown((table, row), n)
    found.sum(whole, [(table, row) for row in rows])


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
