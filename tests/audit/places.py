"""Which cells of a package a person was counted in."""

from dataclasses import dataclass, replace

from tests.audit.package import OTHERS, Package, Row
from tests.audit.truth import Person, Quarter, Smiley, appeared

MEASURES = ("waiting", "way", "service")


@dataclass(frozen=True)
class Structure:
    """Which codes a package tells apart."""

    stops: set[Row]
    topics: set[Row]
    outcome_rows: set[Row]
    outcome_groups: set[str]
    hour_stops: set[Row]
    blocks: tuple[tuple[int, int, str], ...]
    languages: set[Row]
    feedback_stops: set[Row]
    times: set[Row]
    times_hours: set[Row]
    kinds: set[Row]
    items: set[str]
    further: set[Row]
    surveys: set[str]


def structure_of(package: Package) -> Structure:
    hours = {row[1] for row in package.tables["hours"] if row[1]}
    return Structure(
        stops=package.codes("demand", 0),
        topics=package.codes("topics", 0, 1),
        outcome_rows=package.codes("outcomes", 0, 1),
        outcome_groups={g for g, topic, _ in package.tables["outcomes"] if topic == OTHERS}
        - {OTHERS},
        hour_stops=package.codes("hours", 0),
        blocks=tuple((int(block[:2]), int(block[3:]), block) for block in sorted(hours)),
        languages=package.codes("languages", 0),
        feedback_stops=package.codes("feedback", 0),
        times=package.codes("times", 0, 1, 2),
        times_hours=package.codes("times_hours", 0, 1, 2),
        kinds=package.codes("times", 0, 1),
        items={row[0] for row in package.tables["records"]},
        further=package.codes("further", 0, 1),
        surveys={row[0] for row in package.tables["survey"]},
    )


def finest(structure: Structure, truth: Quarter) -> Structure:
    """The cells that were rounded before small ones were put together."""
    kinds = {*structure.kinds, *((measure, "all") for measure in MEASURES)}
    topics: set[Row] = {(group, topic) for topic, group in truth.groups.items()}
    parts = [*truth.groups.values(), *(block for *_, block in structure.blocks)]
    times = {(*kind, part) for kind in kinds for part in parts}
    stops: set[Row] = {(stop,) for stop in truth.stops}
    return replace(
        structure,
        stops=stops,
        topics=topics,
        outcome_rows=topics,
        further=topics,
        hour_stops=stops,
        languages={(language,) for language in truth.languages},
        feedback_stops=stops,
        times=times,
        times_hours=times,
    )


def block_of(structure: Structure, hour: int) -> str:
    return next((block for begin, end, block in structure.blocks if begin <= hour < end), "")


def places_of(
    structure: Structure, person: Person, visits: tuple[tuple[str, str], ...]
) -> dict[str, list[Row]]:
    """The rows of each table in which a person is counted."""
    stop, group, block = person.stop, person.group, block_of(structure, person.hour)
    topic = person.topic if (group, person.topic) in structure.topics else OTHERS
    row = (group, person.topic)
    if row not in structure.outcome_rows:
        row = (group, OTHERS) if group in structure.outcome_groups else (OTHERS, OTHERS)
    language = person.language if (person.language,) in structure.languages else OTHERS
    found: dict[str, list[Row]] = {
        "visits": [(visits[person.day][1], stop)],
        "demand": [(stop if (stop,) in structure.stops else OTHERS, group)],
        "topics": [(group, topic)],
        "outcomes": [(*row, person.outcome)],
        "hours": [(stop if (stop,) in structure.hour_stops else OTHERS, block)],
        "languages": [(language,)],
        "records": [(item, value) for item, value in items_of(person) if item in structure.items],
        "further": [
            row if row in structure.further else (row[0], OTHERS) for row in person.further
        ],
        "times": [],
        "times_hours": [],
    }
    for measure, minutes in classes_of(person):
        kind = person.kind if (measure, person.kind) in structure.kinds else "all"
        shown = (measure, kind, group) in structure.times
        found["times"].append((measure, kind, group if shown else OTHERS, minutes))
        shown = (measure, "all", block) in structure.times_hours
        found["times_hours"].append((measure, "all", block if shown else OTHERS, minutes))
    return found


def items_of(person: Person) -> list[Row]:
    said = person.interpreter is not None
    found: list[Row] = [
        ("persons", str(person.persons) if said else "not_said"),
        ("interpreter", person.interpreter or "not_said"),
        ("advice", person.advice or "not_said"),
    ]
    if person.kind == "appointment":
        found.append(("appointment", appeared(person)))
    return found


def classes_of(person: Person) -> list[Row]:
    minutes = (person.waited_min, person.way_min, person.service_min)
    return [
        (measure, "" if passed is None else str(min(60, passed // 5 * 5)))
        for measure, passed in zip(MEASURES, minutes, strict=True)
    ]


def smiley_places(structure: Structure, smiley: Smiley) -> dict[str, list[Row]]:
    stop = smiley.stop if (smiley.stop,) in structure.feedback_stops else OTHERS
    score = str(smiley.score)
    hours = block_of(structure, smiley.hour)
    told = smiley.asked and smiley.planned in structure.surveys
    survey: list[Row] = [(smiley.planned, smiley.answer)] if told else []
    return {"feedback": [(stop, score)], "feedback_hours": [(hours,)], "survey": survey}


def true_tables(structure: Structure, truth: Quarter) -> dict[str, dict[Row, int]]:
    """The exact numbers behind each row of a package."""
    found: dict[str, dict[Row, int]] = {}
    counted = [places_of(structure, person, truth.visits) for person in truth.people]
    counted += [smiley_places(structure, smiley) for smiley in truth.smileys]
    counted += [{"refused": [wish]} for wish in truth.refused]
    for places in counted:
        for table, rows in places.items():
            for row in rows:
                counts = found.setdefault(table, {})
                counts[row] = counts.get(row, 0) + 1
    return found
