"""`kiosk office` as the city's data team uses it, with packages of a real box."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import msgspec
import pytest
from click.testing import CliRunner, Result

from kiosk.cli import main
from tests.cli.packages import NAME, write_packages
from tests.fleet.played_box import PlayedBox, write
from tests.town import MARKET

Office = Callable[..., Result]


@pytest.fixture
def office(tmp_path: Path, url: str) -> Office:
    def run(*words: object) -> Result:
        environment = {"KIOSK_DATA": str(tmp_path / "office"), "KIOSK_OFFICE_DATABASE": url}
        return CliRunner().invoke(main, ["office", *map(str, words)], env=environment)

    return run


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Three months of a real box."""
    write_packages(tmp_path / "stick")
    return tmp_path / "stick"


def answer(result: Result) -> dict[str, object]:
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    decoded: dict[str, object] = msgspec.json.decode(result.stdout)
    return decoded


def test_from_the_first_stick_to_the_status(office: Office, stick: Path) -> None:
    refused = office("collect", stick)
    assert refused.exit_code == 1
    assert refused.stdout == f"{stick}: 0 taken in, 0 there already, 3 refused.\n"
    assert refused.stderr.count("\n") == 3
    added = answer(office("box", "add", stick, "--name", "Bus 3", "--json"))
    assert (added["device"], added["name"], len(str(added["token"]))) == ("rh-1", "Bus 3", 64)
    taken = answer(office("collect", stick, "--json"))
    assert taken == {"taken": 3, "known": 0, "refused": []}
    (box,) = msgspec.convert(answer(office("status", "--json"))["boxes"], list[dict[str, object]])
    assert (box["name"], box["packages"], box["last_period"]) == ("Bus 3", 3, "2026-09")
    told = office("status").stdout.splitlines()
    assert told[0].startswith("Bus 3 (rh-1): 3 packages, the last of 2026-09, received ")


def test_a_lost_package_is_a_line_in_the_status(office: Office, stick: Path) -> None:
    office("box", "add", stick, "--name", "Bus 3")
    rmtree(stick / NAME.format("2026-08"))
    assert office("collect", stick).exit_code == 0
    assert "  2026-08 is missing (package 2): " in office("status").stdout


def test_a_finding_is_dismissed_by_its_number(office: Office, stick: Path) -> None:
    office("collect", stick)
    findings = msgspec.convert(
        answer(office("status", "--json"))["findings"], list[dict[str, object]]
    )
    numbers = [finding["id"] for finding in findings]
    assert len(numbers) == 3
    for number in numbers:
        assert answer(office("dismiss", number, "--json")) == {"dismissed": number}
    assert office("dismiss", numbers[0]).exit_code == 1
    assert answer(office("status", "--json"))["findings"] == []


def test_boxes_are_added_by_what_they_print_and_named_and_retired(
    office: Office, tmp_path: Path
) -> None:
    box = PlayedBox("rh-7")
    printed = tmp_path / "box.json"
    facts = {"device": "rh-7", "public_key": box.key.public.pem.decode(), "fingerprint": "x"}
    printed.write_bytes(msgspec.json.encode(facts))
    assert office("box", "add", printed, "--name", "Bus 7").exit_code == 0
    assert office("box", "add", printed).exit_code == 1
    assert answer(office("box", "rename", "Bus 7", "Bus Süd", "--json"))["name"] == "Bus Süd"
    assert len(str(answer(office("box", "token", "Bus Süd", "--json"))["token"])) == 64
    box.renew_key("anew")
    printed.write_bytes(msgspec.json.encode({**facts, "public_key": box.key.public.pem.decode()}))
    assert office("box", "key", printed).exit_code == 0
    retired = answer(office("box", "retire", "Bus Süd", "--json"))
    assert retired["name"] == "Bus Süd (rh-7)"
    (found,) = msgspec.convert(
        answer(office("box", "list", "--json"))["boxes"], list[dict[str, object]]
    )
    assert (found["uploads"], len(msgspec.convert(found["fingerprints"], list[str]))) == (False, 2)


def printed_key(tmp_path: Path, device: str) -> Path:
    file = tmp_path / f"{device}.json"
    key = PlayedBox(device).key.public
    facts = {"device": device, "public_key": key.pem.decode(), "fingerprint": "x"}
    file.write_bytes(msgspec.json.encode(facts))
    return file


def test_a_box_retires_once_and_leaves_its_name_to_the_next(office: Office, tmp_path: Path) -> None:
    office("box", "add", printed_key(tmp_path, "rh-7"), "--name", "Bus 7")
    for _ in range(2):
        assert office("box", "retire", "rh-7").stdout.startswith("Bus 7 (rh-7) has retired")
    (status,) = office("status").stdout.splitlines()
    assert status.startswith("Bus 7 (rh-7): has not delivered anything; retired on ")
    added = office("box", "add", printed_key(tmp_path, "rh-8"), "--replaces", "rh-7")
    assert added.stdout.startswith("Added Bus 7 (rh-8).")
    listed = office("box", "list").stdout.splitlines()
    assert [line.partition(":")[0] for line in listed] == ["Bus 7 (rh-8)", "Bus 7 (rh-7)"]


@pytest.mark.parametrize("name", ["", " ", "Bus 7\nBus 8", "B" * 41])
def test_a_name_that_no_list_could_show_is_refused(
    office: Office, tmp_path: Path, name: str
) -> None:
    office("box", "add", printed_key(tmp_path, "rh-7"), "--name", "Bus 7")
    refused = office("box", "rename", "Bus 7", name)
    assert (refused.exit_code, "a name of 1 to 40 letters" in refused.stderr) == (1, True)
    if name.strip():
        other = printed_key(tmp_path, "rh-8")
        assert office("box", "add", other, "--name", name).exit_code == 1


@pytest.mark.parametrize("suffix", [".html", ".xlsx"])
def test_a_report_is_one_file(office: Office, stick: Path, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"bericht{suffix}"
    assert office("report", "--to", file).exit_code == 1
    office("box", "add", stick, "--name", "Bus 3")
    office("collect", stick)
    told = answer(office("report", "--to", file, "--from", "2026-08", "--json"))
    assert told == {"file": str(file), "packages": 2, "people": 70}
    assert file.stat().st_size > 5_000
    assert office("report", "--to", file, "--box", "Bus 4").exit_code == 1
    assert office("report", "--to", tmp_path / "bericht.doc").exit_code == 2


def test_what_is_no_box_is_reported_in_one_line(office: Office, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren")
    mixed = [PlayedBox(f"rh-{n}").close("2026-Q1", {MARKET: 200}) for n in range(2)]
    for file in (tmp_path / "letter.txt", write(tmp_path / "mixed", mixed)):
        refused = office("box", "add", file)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1), refused.output
