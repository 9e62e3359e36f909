"""A technician's slip in config.toml is told in words that name the setting."""

from pathlib import Path

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, Devices
from kiosk.settings.config.devices import (
    BoardSettings,
    CallDisplaySettings,
    PrinterSettings,
    Quiet,
    ScannerSettings,
    SpeakerSettings,
)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "port = 8080",
            'port = "8080"',
            r"console.port: must be a whole number, not a text in quotes\.",
        ),
        ("port = 8080", "prot = 8080", r":LINE: console.prot: unknown key; did you mean .port.\?"),
        (
            'profile = "town"',
            "",
            r":1: config.toml: .profile. is missing; add profile = .\.\.\..\.",
        ),
        (
            'driver = "file"',
            'driver = "laser"',
            r":LINE: devices.printer.driver: cannot be .laser.; known: fake, file, none, serial\.",
        ),
        ("paper_mm = 80", "paper_mm = 76", r"printer.paper_mm: cannot be 76; known: 58, 80\."),
        (
            'clock = "always trusted"',
            'clock = "no"',
            r":4: clock: cannot be .no.; known: always trusted, trusted when synchronised\.",
        ),
        (
            'pin = 21, pull = "up", bounce_ms = 10',
            'pin = 21, pull = "up", bounce_ms = 0',
            r"devices.buttons.contacts.next.bounce_ms: must be from 1 to 250, not 0\.",
        ),
        (
            'pin = 13, pull = "up"',
            'pin = 13, pull = "left"',
            r"contacts.smiley.3.pull: cannot be .left.; known: down, up\.",
        ),
        (
            "next = { pin = 21",
            "next = { pni = 21",
            r"contacts.next.pni: unknown key; did you mean .pin.\?",
        ),
        ("fullscreen = false", "fullscreen = 1", r"must be true or false, not a whole number\."),
        ("quiet = []", "quiet = 8", r"quiet: must be a list in \[ \], not a whole number\."),
        ("[glass]", "[glass", r"config.toml:7: this is no TOML: .*, at column 7"),
        (
            "quiet = []",
            'quiet = [{ begins = "7:00", ends = "08:00", percent = 0 }]',
            r"devices.speaker.quiet, entry 1, begins: must be a time .* such as 07:30\.",
        ),
        ('framing = "8N1"', 'framing = "8X1"', r"framing: must be data bits, .* such as 8N1\."),
        ('framing = "8N1"', r'framing = "8N1\n"', r"framing: must be data bits"),
        ('address = "01"', 'address = "1"', r"address: must be two digits, such as 01\."),
        ('size = "1280x800"', 'size = "800"', r"glass.size: must be .* such as 1280x800\."),
        (
            "mm_per_px = 0.0",
            "mm_per_px = -1.0",
            r"glass.mm_per_px: must be from 0 to 1, not -1",
        ),
        (
            "mm_per_px = 0.0",
            "mm_per_px = nan",
            r"glass.mm_per_px: must be from 0 to 1, not nan",
        ),
        ("mm_per_px = 0.0", "mm_per_px = 0.001", r"glass.mm_per_px: must be 0, for the usual,"),
        (
            "port = 8080",
            "port = 99999",
            r"console.port: must be from 1 to 65535, not 99999",
        ),
        ("port = 8080", "port = 0", r"console.port: must be from 1 to 65535, not 0"),
        ("baud = 115200", "baud = 77777777777", r"devices.scanner.baud: cannot be 77777777777"),
        ("baud = 9600", "baud = -9600", r"devices.call_display.baud: cannot be -9600"),
        ("baud = 9600", "baud = 12345", r"devices.call_display.baud: cannot be 12345"),
        ("baud = 0", "baud = 123", r"devices.printer.baud: cannot be 123"),
        ('glass = "touch"', 'glass = "../x"', r"devices.buttons.glass: must be the name of a"),
        ('glass = "touch"', 'glass = ""', r"devices.buttons.glass: must be the name of a glass"),
        ('output = "default"', 'output = "-D x"', r"output: must be a name without blanks"),
    ],
)
def test_a_fault_names_the_setting(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "config.toml"
    fresh = config.to_toml(Config("town"))
    assert old in fresh
    path.write_text(fresh.replace(old, new))
    named = sentence.replace("LINE", str(line_of(old, fresh)))
    with pytest.raises(ConfigErrors, match=named):
        config.load_config(path)


def line_of(words: str, content: str) -> int:
    """The line on which they stand first."""
    return content[: content.index(words)].count("\n") + 1


def test_a_fresh_configuration_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.to_toml(Config("town")))
    assert config.load_config(path) == Config("town")


BOTH = "/dev/serial/by-id/usb-FTDI*"
MORNING = Quiet("09:00", "09:00", 0)


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (
            Devices(scanner=ScannerSettings("serial", "")),
            "devices.scanner.port: must be a path such as /dev/serial/by-id/usb-*, not ''",
        ),
        (
            Devices(printer=PrinterSettings("serial", port="dev/ttyUSB0")),
            (
                "devices.printer.port: must be a path such as /dev/serial/by-id/usb-*,"
                " not 'dev/ttyUSB0'"
            ),
        ),
        (
            Devices(scanner=ScannerSettings("serial", "/**")),
            "devices.scanner.port: ** is no part of a name; a single * stands for any letters",
        ),
        (
            Devices(
                call_display=CallDisplaySettings("alpha", BOTH),
                scanner=ScannerSettings("serial", BOTH),
            ),
            (
                f"devices.scanner.port: {BOTH} is taken by devices.call_display.port; name one line"
                " for each"
            ),
        ),
        (
            Devices(call_display=CallDisplaySettings("segments", address="AB")),
            (
                "devices.call_display.address: the driver segments needs two digits, such as 01,"
                " not 'AB'"
            ),
        ),
        (
            Devices(call_display=CallDisplaySettings("ditel", address="FF")),
            "devices.call_display.address: the driver ditel needs two digits, such as 01, not 'FF'",
        ),
        (
            Devices(call_display=CallDisplaySettings("ditel", address="00")),
            "devices.call_display.address: no display of the driver ditel answers to 00",
        ),
        (
            Devices(speaker=SpeakerSettings(languages=[])),
            'devices.speaker.languages: must name one at least; or set driver = "none"',
        ),
        (
            Devices(speaker=SpeakerSettings(languages=["de", "en", "de"])),
            "devices.speaker.languages: names 'de' twice",
        ),
        (
            Devices(speaker=SpeakerSettings(quiet=[MORNING])),
            "devices.speaker.quiet, entry 1: begins and ends at 09:00",
        ),
        (
            Devices(board=BoardSettings("linux", root="sys")),
            "devices.board.root: must be a folder such as /, not 'sys'",
        ),
        (
            Devices(board=BoardSettings("linux", root="")),
            "devices.board.root: must be a folder such as /, not ''",
        ),
    ],
)
def test_impossible_settings_are_reported(tmp_path: Path, devices: Devices, sentence: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.to_toml(Config("town", devices=devices)))
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    [fault] = told.value.faults
    assert fault.what == sentence
    setting = sentence.partition(":")[0].removesuffix(", entry 1").rpartition(".")[2]
    assert setting in path.read_text().splitlines()[fault.line - 1]


def test_lines_of_absent_devices_are_not_checked(tmp_path: Path) -> None:
    unused = Devices(
        printer=PrinterSettings("none", port=""),
        call_display=CallDisplaySettings("alpha", BOTH, address="FF"),
        scanner=ScannerSettings("none", BOTH),
        speaker=SpeakerSettings("none", languages=[]),
        board=BoardSettings("none", root=""),
    )
    path = tmp_path / "config.toml"
    path.write_text(config.to_toml(Config("town", devices=unused)))
    assert config.load_config(path).devices == unused


def test_all_faults_are_reported_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    fresh = config.to_toml(Config("town"))
    path.write_text(fresh.replace("port = 8080", "prot = 8080").replace('"file"', '"flie"', 1))
    with pytest.raises(ConfigErrors) as refusal:
        config.load_config(path)
    port, driver = (line_of(words, fresh) for words in ("port = 8080", '"file"'))
    assert refusal.value.lines() == [
        f'{path}:{port}: console.prot: unknown key; did you mean "port"?',
        f'{path}:{driver}: devices.printer.driver: cannot be "flie"; did you mean "file"?',
    ]
