"""The timetable on the command line, with a shipped profile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.local_time import BERLIN
from kiosk.system.paths import Paths
from tests.cli.conftest import Kiosk
from tests.prepared import new_device

Ask = Callable[..., Any]

HEAD = "Datum;Standort;Beginn;Ende;Themen;Status\n"


@pytest.fixture(autouse=True)
def _device(tmp_path: Path) -> None:
    new_device(Paths(tmp_path / "data"))


@pytest.fixture
def plan(tmp_path: Path) -> Callable[[str], str]:
    """Writes a plan and gives its path."""

    def write(text: str, name: str = "plan.csv") -> str:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return str(tmp_path / name)

    return write


def day(ahead: int) -> str:
    """A day so many days from today, in Berlin."""
    return str(datetime.now(BERLIN).date() + timedelta(days=ahead))


def test_a_plan_is_imported_shown_and_imported_again(
    kiosk: Kiosk, ask: Ask, plan: Callable[..., str]
) -> None:
    file = plan(
        HEAD
        + f"{day(1)};Schalker Markt;09:00;13:00;Wohngeld;\n"
        + f"{day(2)};buer-springemarkt;09:00;13:00;;entfällt\n"
        + f"{day(-3)};Schalker Markt;09:00;13:00;;\n"
    )
    done = kiosk("timetable", "import", file)
    assert done.exit_code == 0
    assert done.stdout == (
        "plan.csv plans 2 visits from today on: 2 new, 0 gone. 1 visit before today left out.\n"
    )
    assert "0 new, 0 gone" in kiosk("timetable", "import", file).stdout
    mine = [line for line in ask("timetable", "show") if line["source"] == "plan.csv"]
    assert [(line["date"], line["stop"], line["cancelled"]) for line in mine] == [
        (day(1), "schalke-markt", False),
        (day(2), "buer-springemarkt", True),
    ]
    assert mine[0]["topics"] == ["wohngeld"]
    shown = kiosk("timetable", "show", "--from", day(1), "--until", day(2)).stdout
    assert "Schalker Markt" in shown
    assert " 1 topic\n" in shown
    assert "cancelled" in shown


def test_a_faulty_plan_reports_all_faults_and_changes_nothing(
    kiosk: Kiosk, ask: Ask, plan: Callable[..., str]
) -> None:
    before = ask("timetable", "show")
    result = kiosk(
        "timetable",
        "import",
        plan(
            HEAD
            + f"{day(1)};Schalker Markt;09:00;13:00;;\n"
            + f"{day(2)};Schalker Mart;09:00;13:00;Wohngelt;\n"
        ),
    )
    assert (result.exit_code, result.stdout) == (1, "")
    assert "plan.csv:3: visit on" in result.stderr
    assert 'did you mean "Schalker Markt"?' in result.stderr
    assert 'did you mean "Wohngeld"?' in result.stderr
    assert result.stderr.endswith("kiosk: nothing was imported.\n")
    assert ask("timetable", "show") == before


def test_files_stand_beside_each_other_until_one_replaces_all(
    kiosk: Kiosk, ask: Ask, plan: Callable[..., str]
) -> None:
    kiosk("timetable", "import", plan(HEAD + f"{day(1)};Schalker Markt;09:00;13:00;;\n"))
    other = plan(HEAD + f"{day(1)};Springemarkt;09:00;13:00;;\n", "other.csv")
    assert "1 visit of plan.csv stay beside" in kiosk("timetable", "import", other).stdout
    assert "1 gone" in kiosk("timetable", "import", "--replace-all", other).stdout
    sources = {line["source"] for line in ask("timetable", "show")}
    assert sources == {"other.csv", "profile"}


def test_two_visits_at_one_stop_at_a_time_are_asked_about(
    kiosk: Kiosk, plan: Callable[..., str]
) -> None:
    kiosk("timetable", "import", plan(HEAD + f"{day(1)};Schalker Markt;09:00;13:00;;\n"))
    other = plan(HEAD + f"{day(1)};Schalker Markt;10:00;14:00;;\n", "other.csv")
    said = kiosk("timetable", "import", "--dry-run", other).stdout
    assert f"Two visits at Schalker Markt overlap: {day(1)} 09:00 and 10:00." in said


def test_a_visit_opens_where_the_timetable_says(
    kiosk: Kiosk, ask: Ask, plan: Callable[..., str]
) -> None:
    kiosk(
        "timetable",
        "import",
        plan(HEAD + f"{day(0)};Springemarkt;00:00;23:59;Wohngeld, BAföG;\n"),
    )
    assert kiosk("visit", "open").exit_code == 0
    shown = ask("visit", "show")
    assert shown["stop"] == "buer-springemarkt"
    assert [topic["id"] for topic in shown["topics"]] == ["bafoeg", "wohngeld"]
    kiosk("visit", "close")
    kiosk("visit", "open", "--stop", "schalke-markt")
    assert ask("visit", "show")["stop"] == "schalke-markt"
    [line] = [line for line in ask("timetable", "show") if line["source"] == "plan.csv"]
    assert line["took_place"] is True


def test_a_missing_file_and_a_span_without_end_are_one_line(kiosk: Kiosk) -> None:
    assert "no such file" in kiosk("timetable", "import", "nowhere.csv").stderr
    refused = kiosk("timetable", "show", "--until", "9999-12-31")
    assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
    assert kiosk("timetable", "show", "--from", "yesterday").exit_code == 2
