"""A technician's slip in config.toml is told in words that name the setting."""

import re
from pathlib import Path

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, Devices, UploadSettings
from kiosk.settings.config.devices import (
    BUTTONS,
    BoardSettings,
    ButtonsSettings,
    CallDisplaySettings,
    Contact,
    LampSettings,
    PrinterSettings,
    Quiet,
    ScannerSettings,
    SpeakerSettings,
)
from kiosk.settings.config.validation import config_faults, device_faults


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "port = 8080",
            'port = "8080"',
            r"console.port: must be a whole number, not a text in quotes\.",
        ),
        ("port = 8080", "prot = 8080", r":13: console.prot: unknown key; did you mean .port.\?"),
        (
            'profile = "town"',
            "",
            r":1: config.toml: .profile. is missing; add profile = .\.\.\..\.",
        ),
        (
            'driver = "file"',
            'driver = "laser"',
            r":30: devices.printer.driver: cannot be .laser.; known: fake, file, none, serial\.",
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
            '"next" = { pin = 21',
            '"next" = { pni = 21',
            r"contacts.next.pni: unknown key; did you mean .pin.\?",
        ),
        ("fullscreen = false", "fullscreen = 1", r"must be true or false, not a whole number\."),
        ("quiet = []", "quiet = 8", r"quiet: must be a list in \[ \], not a whole number\."),
        ("[glass]", "[glass", r"config.toml:6: this is no TOML: .*, at column 7"),
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
    with pytest.raises(ConfigErrors, match=sentence):
        config.load_config(path)


def test_a_fresh_configuration_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.to_toml(Config("town")))
    assert config.load_config(path) == Config("town")


def wired(**contacts: Contact) -> ButtonsSettings:
    return ButtonsSettings(
        driver="gpio", contacts={f"key.{key}": one for key, one in contacts.items()}
    )


@pytest.mark.parametrize(
    ("devices", "sentence"),
    [
        (
            Devices(buttons=wired(ok=Contact(28))),
            "devices.buttons.contacts.key.ok: there is no GPIO 28, only 0 to 27",
        ),
        (
            Devices(buttons=wired(up=Contact(5), ok=Contact(5))),
            "devices.buttons.contacts.key.ok: GPIO 5 is taken by devices.buttons.contacts.key.up",
        ),
        (
            Devices(buttons=wired(up=Contact(5)), lamp=LampSettings("gpio", {"key.up": 5})),
            "devices.lamp.pins.key.up: GPIO 5 is taken by devices.buttons.contacts.key.up",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(4)), board=BoardSettings("linux", ignition="gpio", pin=4)
            ),
            "devices.buttons.contacts.key.ok: GPIO 4 is taken by devices.board.pin",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(15)), scanner=ScannerSettings("serial", "/dev/serial0")
            ),
            "devices.buttons.contacts.key.ok: GPIO 15 is taken by devices.scanner.port",
        ),
        (
            Devices(
                buttons=wired(ok=Contact(14)), scanner=ScannerSettings("serial", "/dev/ttyAMA[0]")
            ),
            "devices.buttons.contacts.key.ok: GPIO 14 is taken by devices.scanner.port",
        ),
        (
            Devices(buttons=wired(ok=Contact(3, "down"))),
            "devices.buttons.contacts.key.ok: the board itself pulls GPIO 3 up, not down",
        ),
        (
            Devices(buttons=ButtonsSettings(contacts={"smiley.6": Contact(5)})),
            "devices.buttons.contacts: there is no button 'smiley.6'; there are "
            + ", ".join(BUTTONS),
        ),
        (
            Devices(lamp=LampSettings(pins={"door": 5})),
            "devices.lamp.pins: there is no button 'door'; there are " + ", ".join(BUTTONS),
        ),
        (
            Devices(buttons=ButtonsSettings("gpio", {})),
            "devices.buttons.contacts: the driver gpio needs a pin for each button",
        ),
        (
            Devices(lamp=LampSettings("gpio")),
            "devices.lamp.pins: the driver gpio needs a pin for each lamp",
        ),
    ],
)
def test_pins_that_nobody_can_wire_so_are_told(devices: Devices, sentence: str) -> None:
    assert device_faults(devices) == [sentence]


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
def test_what_nobody_can_mean_is_told(tmp_path: Path, devices: Devices, sentence: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(config.to_toml(Config("town", devices=devices)))
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    [fault] = told.value.faults
    assert fault.what == sentence
    setting = sentence.partition(":")[0].removesuffix(", entry 1").rpartition(".")[2]
    assert setting in path.read_text().splitlines()[fault.line - 1]


def test_lines_of_what_is_not_there_are_nobodys_business(tmp_path: Path) -> None:
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


def test_a_fault_about_pins_stops_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    devices = Devices(buttons=wired(ok=Contact(28), up=Contact(40)))
    path.write_text(config.to_toml(Config("town", devices=devices)))
    with pytest.raises(ConfigErrors) as refusal:
        config.load_config(path)
    lines = path.read_text().splitlines()
    told = [
        (lines[each.line - 1][:8], each.what.removeprefix("devices.buttons.contacts."))
        for each in refusal.value.faults
    ]
    assert told == [
        ('"key.ok"', "key.ok: there is no GPIO 28, only 0 to 27"),
        ('"key.up"', "key.up: there is no GPIO 40, only 0 to 27"),
    ]


def test_all_faults_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    fresh = config.to_toml(Config("town"))
    path.write_text(fresh.replace("port = 8080", "prot = 8080").replace('"file"', '"flie"', 1))
    with pytest.raises(ConfigErrors) as refusal:
        config.load_config(path)
    assert refusal.value.lines() == [
        f'{path}:13: console.prot: unknown key; did you mean "port"?',
        f'{path}:30: devices.printer.driver: cannot be "flie"; did you mean "file"?',
    ]


def test_pins_of_what_is_not_there_are_nobodys_business() -> None:
    usual = ButtonsSettings(contacts={"next": Contact(99)})
    elsewhere = Devices(
        printer=PrinterSettings("file", port="/dev/serial0"),
        buttons=usual,
        board=BoardSettings(pin=15),
    )
    assert device_faults(elsewhere) == []
    assert device_faults(Devices(buttons=ButtonsSettings("gpio"))) == []


SERVER = "https://stadt.example/radhaus"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (UploadSettings(url=SERVER), "kind: must be https or webdav where there is a url"),
        (UploadSettings("https"), "url: must be an address such as https://stadt.example/radhaus"),
        (UploadSettings("https", "http://stadt.example"), "nothing goes unencrypted"),
        (UploadSettings("https", "https://a:b@stadt.example"), "belong into user and secret_file"),
        (UploadSettings("https", f"{SERVER}?token=1"), "url: must end with its path"),
        (UploadSettings("https", f"{SERVER}/Größe"), "url: must end with its path"),
        (UploadSettings("https", "https://stadt.example:x"), "is no address"),
        (UploadSettings("webdav", SERVER, method="POST"), "method: a WebDAV folder takes PUT only"),
        (UploadSettings("webdav", SERVER, user="a:b"), "user: a name has no colon"),
        (UploadSettings("https", SERVER, secret_file=""), "secret_file: must be a whole path"),
        (UploadSettings("https", SERVER, ca_file="ca.pem"), "ca_file: must be a whole path"),
    ],
)
def test_an_upload_that_cannot_be_meant_so_is_told(settings: UploadSettings, sentence: str) -> None:
    (fault,) = config_faults(Config("town", upload=settings))
    assert fault.startswith("upload.")
    assert sentence in fault


def test_an_upload_that_can_be_meant_so(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    wanted = Config(
        "town", upload=UploadSettings("webdav", SERVER, user="bus", ca_file="/etc/ca.pem")
    )
    path.write_text(config.to_toml(wanted))
    assert config.load_config(path) == wanted


def test_all_faults_of_an_upload_are_told_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    wanted = Config("town", upload=UploadSettings("webdav", "http://stadt.example", method="POST"))
    path.write_text(config.to_toml(wanted))
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    assert len(told.value.lines()) == 2
    assert all(re.search(r"config.toml:1[0-9]: upload\.", line) for line in told.value.lines())
