"""A day from the command line, as a technician's script would run it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Kiosk = Callable[..., Result]
Ask = Callable[..., Any]

pytestmark = pytest.mark.usefixtures("device")


def test_a_day_from_opening_to_closing(kiosk: Kiosk, ask: Ask) -> None:
    assert kiosk("visit", "open", "--topics", "wohngeld,bafoeg").exit_code == 0
    shown = ask("visit", "show")
    assert shown["open"] is True
    assert [topic["waiting"] for topic in shown["topics"]] == [0, 0]
    assert {desk["id"] for desk in shown["desks"]} == {"1", "2"}

    taken = ask("ticket", "take", "--topic", "wohngeld", "--language", "tr")
    assert set(taken) == {"id", "number", "ahead", "estimate_minutes"}
    called = ask("desk", "next", "--desk", "1")
    assert (called["number"], called["state"], called["desk"]) == (taken["number"], "called", "1")
    for step in ("recall", "start", "park"):
        assert ask("desk", step, "--desk", "1")["id"] == taken["id"]
    assert ask("desk", "next", "--desk", "1", "--ticket", taken["number"])["state"] == "called"
    finished = ask("desk", "finish", "--desk", "1", "--outcome", "resolved")
    assert finished["state"] == "finished"
    assert ask("desk", "next", "--desk", "1") is None

    listed = ask("ticket", "list")
    assert [sorted(ticket) for ticket in listed] == [
        ["desk", "id", "language", "number", "sequence", "state", "topic"]
    ]
    assert kiosk("feedback", "add", "5").exit_code == 0
    assert kiosk("visit", "trial").stdout == "For 120 seconds no smiley counts.\n"
    assert kiosk("visit", "trial", "--end").stdout == "Smileys count.\n"
    assert "1 served" in kiosk("visit", "close", "--revocable").output
    shown = ask("visit", "show")
    assert (shown["open"], shown["reopen_s"] > 0) == (False, True)
    assert kiosk("visit", "reopen").exit_code == 0
    assert ask("visit", "show")["open"] is True
    assert kiosk("visit", "close").exit_code == 0
    assert kiosk("visit", "reopen").exit_code == 1
    assert ask("ticket", "list") == []


def test_practice_is_marked_and_gives_way(kiosk: Kiosk, ask: Ask) -> None:
    assert "nothing of it counts" in kiosk("visit", "open", "--practice").stdout
    assert ask("visit", "show")["practice"] is True
    ask("ticket", "take", "--topic", "bafoeg")
    assert kiosk("visit", "open", "--practice").exit_code == 1
    assert kiosk("visit", "open").exit_code == 0
    assert ask("visit", "show")["practice"] is False
    assert ask("ticket", "list") == []


def test_a_promised_call_back_is_listed_and_ticked_off(kiosk: Kiosk, ask: Ask) -> None:
    kiosk("visit", "open")
    number = ask("ticket", "take", "--topic", "bafoeg")["number"]
    ask("desk", "next", "--desk", "1")
    ask("desk", "finish", "--desk", "1", "--outcome", "call_back_promised")
    (listed,) = ask("ticket", "callbacks")
    assert (listed["number"], listed["done"]) == (number, False)
    assert "called back" in kiosk("ticket", "callbacks", "--done", number).stdout


def test_a_visit_without_stop_or_plan_is_reported(kiosk: Kiosk) -> None:
    assert "the profile's first one" in kiosk("visit", "open").stderr
    kiosk("visit", "close")
    assert kiosk("visit", "open", "--stop", "schalke-markt").stderr == ""


def test_a_question_of_the_profile_is_answered(kiosk: Kiosk, ask: Ask) -> None:
    kiosk("visit", "open")
    answered = ("ticket", "take", "--topic", "bafoeg", "--answer", "priority")
    assert "Known: yes" in kiosk(*answered, "no").stderr
    ask("ticket", "take", "--topic", "bafoeg")
    assert ask(*answered, "yes")["ahead"] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ticket", "take", "--topic", "wohngeld"), "No visit is open"),
        (("visit", "close"), "No visit is open"),
        (("visit", "trial"), "No visit is open"),
        (("visit", "open", "--stop", "moon"), "no stop 'moon'"),
        (("visit", "open", "--topics", "cheese"), "no topic 'cheese'"),
        (("desk", "next", "--desk", "7"), "no desk '7'"),
        (("feedback", "add", "5"), "No visit is open"),
        (("init", "--profile", "gelsenkirchen"), "--new-secrets"),
        (("init", "--profile", "atlantis"), "atlantis"),
    ],
)
def test_a_refusal_is_one_line_and_exit_1(
    kiosk: Kiosk, words: tuple[str, ...], sentence: str
) -> None:
    result = kiosk(*words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("kiosk: ")
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_wrong_usage_is_exit_2(kiosk: Kiosk) -> None:
    assert kiosk("desk", "next").exit_code == 2
    assert kiosk("init").exit_code == 2
    assert kiosk("feedback", "add", "good").exit_code == 2
    assert kiosk("fly").exit_code == 2
    assert kiosk("run", "--size", "huge").exit_code == 2


def test_a_folder_without_a_device_says_how_to_make_one(kiosk: Kiosk, tmp_path: Path) -> None:
    result = kiosk("visit", "show", "--data", str(tmp_path / "elsewhere"))
    assert result.exit_code == 1
    assert "kiosk init" in result.stderr


def test_an_unknown_setting_is_named(kiosk: Kiosk, tmp_path: Path) -> None:
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace("port = 8080", "prot = 8080"))
    result = kiosk("visit", "show")
    assert result.exit_code == 1
    assert "config.toml" in result.stderr
    assert "prot" in result.stderr


def test_a_lost_configuration_costs_no_data(kiosk: Kiosk, ask: Ask, tmp_path: Path) -> None:
    kiosk("visit", "open", "--stop", "schalke-markt")
    kiosk("ticket", "take", "--topic", "wohngeld")
    (tmp_path / "data" / "config.toml").unlink()
    assert kiosk("init", "--profile", "gelsenkirchen").exit_code == 0
    assert len(ask("ticket", "list")) == 1


def test_a_lost_database_is_made_anew_with_the_settings_kept(kiosk: Kiosk, tmp_path: Path) -> None:
    config = tmp_path / "data" / "config.toml"
    config.write_text(config.read_text().replace("port = 8080", "port = 8099"))
    for path in (tmp_path / "data").glob("kiosk.db*"):
        path.unlink()
    assert "kiosk init" in kiosk("visit", "show").stderr
    assert kiosk("init", "--profile", "gelsenkirchen").exit_code == 0
    assert kiosk("visit", "show").exit_code == 0
    assert "port = 8099" in config.read_text()


def test_a_lost_pin_is_drawn_anew_and_nothing_else_changes(kiosk: Kiosk, ask: Ask) -> None:
    kiosk("visit", "open", "--stop", "schalke-markt")
    first, second = (ask("init", "--new-secrets") for _ in range(2))
    assert first["device_id"] == second["device_id"]
    assert first["staff_pin"] != second["staff_pin"] or first["api_token"] != second["api_token"]
    assert ask("visit", "show")["open"] is True


def test_every_command_explains_itself(kiosk: Kiosk) -> None:
    overview = kiosk("--help")
    assert overview.exit_code == 0
    for name in ("init", "run", "visit", "counts", "export", "doctor"):
        assert name in overview.stdout
