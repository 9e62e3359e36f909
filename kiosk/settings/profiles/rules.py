"""Validation of a profile: ids, letters, references, desks, numbers, devices, colours."""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

from kiosk.domain.colour import COLOURS, LEAST_CONTRAST, contrast
from kiosk.settings.config import DEVICE_KINDS
from kiosk.settings.config.devices import PORT
from kiosk.settings.schema.faults import TomlFaultCollector, suggest_closest
from kiosk.system.paths import shipped_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kiosk.settings.schema.checker import TomlTable
    from kiosk.settings.schema.lines import KeyPath

KINDS = ("groups", "topics", "stops", "desks", "partners", "needs", "directory")
REFERENCES = (
    ("topics", "group", "groups"),
    ("topics", "partner", "partners"),
    ("desks", "groups", "groups"),
    ("desks", "topics", "topics"),
    ("directory", "groups", "groups"),
    ("directory", "needs", "needs"),
    ("survey_questions", "stops", "stops"),
    ("timetable", "stop", "stops"),
    ("timetable", "partners", "partners"),
    ("timetable", "topics", "topics"),
)
"""List, key, and the list of which the key names an entry, or several."""

MOST_NUMBERS = 999
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AGS = re.compile(r"[0-9]{8}")
_AREA = re.compile(r"[0-9A-Za-z]{1,16}")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_NETWORK = re.compile(rf"https?://[a-z0-9-]+(\.[a-z0-9-]+)*(:{PORT})?")


def check_rules(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Every rule, over what the check of types left of the file."""
    _check_ids(profile, faults)
    _check_letters(profile, faults)
    _check_references(profile, faults)
    _check_service(profile, faults)
    _check_desks(profile, faults)
    _check_numbers(profile, faults)
    _check_keys(profile, faults)
    _check_box(profile, faults)
    _check_colours(profile, faults)


def entries(profile: TomlTable, kind: str, key: str) -> Iterator[tuple[int, Any]]:
    """Position and value of a key in each entry of a list that has it, faultless so far."""
    for at, entry in enumerate(profile.get(kind, ())):
        if entry.get(key):
            yield at, entry[key]


def _check_ids(profile: TomlTable, faults: TomlFaultCollector) -> None:
    if "id" in profile:
        _check_id(("id",), profile["id"], faults)
    for kind in KINDS:
        names = [((kind, at, "id"), name) for at, name in entries(profile, kind, "id")]
        check_ids(names, faults)


def check_ids(names: Iterable[tuple[KeyPath, str]], faults: TomlFaultCollector) -> None:
    """Ids of one kind, each with its path: well formed, and each used once."""
    seen = set()
    for path, name in names:
        _check_id(path, name, faults)
        if name in seen:
            faults.add(path, "is used twice", "give each its own id")
        seen.add(name)


def _check_id(path: KeyPath, name: str, faults: TomlFaultCollector) -> None:
    if not _ID.fullmatch(name):
        suggestion = re.sub("[^a-z0-9]+", "-", name.lower()).strip("-")
        faults.add(
            path,
            "may have only a-z, 0-9 and single hyphens",
            f'write "{suggestion}"' if suggestion else "",
        )


def _check_letters(profile: TomlTable, faults: TomlFaultCollector) -> None:
    letters = list(entries(profile, "groups", "letter"))
    used = {letter for _, letter in letters}
    free = next((letter for letter in ascii_uppercase if letter not in used), "")
    seen = set()
    for at, letter in letters:
        if letter not in tuple(ascii_uppercase):
            faults.add(("groups", at, "letter"), "must be one letter A-Z", f'"{free}" is free')
        elif letter in seen:
            faults.add(("groups", at, "letter"), f'"{letter}" is taken', f'"{free}" is free')
        seen.add(letter)


def _check_references(profile: TomlTable, faults: TomlFaultCollector) -> None:
    checks = [(kind, key, _names(profile, to)) for kind, key, to in REFERENCES]
    for kind in ("groups", "needs"):
        checks.append((kind, "colour", list(COLOURS)))
        checks.append((kind, "pictogram", shipped_names("icons", "svg")))
    for kind, key, known in checks:
        for at, value in entries(profile, kind, key):
            names = [name for name in (value if isinstance(value, list) else [value]) if name]
            for name in dict.fromkeys(names):
                if name not in known:
                    what = f'there is no {key.removesuffix("s")} "{name}"'
                    faults.add((kind, at, key), what, suggest_closest(name, known))
                elif names.count(name) > 1:
                    faults.add((kind, at, key), f'names "{name}" twice', "leave one out")


def _check_service(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """Every number can be called: a group has topics, and each of them a desk."""
    for kind in ("groups", "stops", "desks"):
        if kind in profile and not profile[kind]:
            faults.add((kind,), "is empty", f"add at least one [[{kind}]]")
    topics = [
        (at, topic.get("group"), topic.get("id"))
        for at, topic in enumerate(profile.get("topics", ()))
    ]
    groups_served, topics_served = _named(profile, "groups"), _named(profile, "topics")
    for at, group in entries(profile, "groups", "id"):
        inside = {topic for _, its_group, topic in topics if its_group == group}
        if not inside:
            what = "has no topics"
            faults.add(("groups", at), what, f'add a topic with group = "{group}"')
        elif group not in groups_served and not inside & topics_served:
            what = "no desk handles its topics, so nobody would be called"
            faults.add(("groups", at), what, f'add "{group}" to the groups of a desk')
        elif group not in groups_served:
            for position, its_group, topic in topics:
                if its_group == group and topic and topic not in topics_served:
                    what = "no desk handles it, so nobody would be called"
                    suggestion = f'add "{topic}" to the topics of a desk'
                    faults.add(("topics", position), what, suggestion)


def _check_desks(profile: TomlTable, faults: TomlFaultCollector) -> None:
    for at, desk in enumerate(profile.get("desks", ())):
        if not desk.get("groups") and not desk.get("topics"):
            faults.add(("desks", at), "handles nothing", 'add groups = ["..."] or topics')


def _check_numbers(profile: TomlTable, faults: TomlFaultCollector) -> None:
    for key, least, most in (
        ("score_levels", 3, 5),
        ("calls_before_missed", 1, 9),
        ("appointment_grace_min", 0, 120),
        ("long_wait_min", 5, 480),
        ("appointment_every_min", 5, 120),
        ("intake_ends_min", 0, 240),
    ):
        if not least <= profile.get(key, least) <= most:
            faults.add((key,), f"must be from {least} to {most}, not {profile[key]}")
    for at, topic in enumerate(profile.get("topics", ())):
        numbers = topic.get("contingent", 1)
        if not 1 <= numbers <= MOST_NUMBERS:
            what = f"must be from 1 to {MOST_NUMBERS}, not {numbers}"
            faults.add(("topics", at, "contingent"), what, "leave it out for no limit")
        elif topic.get("by_appointment") and "contingent" in topic:
            what = "a topic by appointment gives no numbers to walk-ins"
            faults.add(("topics", at, "contingent"), what, "leave it or by_appointment out")


def _check_keys(profile: TomlTable, faults: TomlFaultCollector) -> None:
    for at, ags in entries(profile, "stops", "ags"):
        if not _AGS.fullmatch(ags):
            what = f'"{ags}" is no municipality key of eight digits'
            faults.add(("stops", at, "ags"), what, 'write it as text, as in "05513000"')
    for at, area in entries(profile, "stops", "area"):
        if not _AREA.fullmatch(area):
            what = f'"{area}" is no key of an area: up to 16 letters A-Z and digits'
            faults.add(("stops", at, "area"), what, 'write it as in "554"')


_MOST_WIFI_BYTES = 32
_WIFI_PASSWORD = re.compile(r"[ -~]{8,63}")


def _check_box(profile: TomlTable, faults: TomlFaultCollector) -> None:
    """What the box carries, and where phones find it."""
    for device in filter(None, profile.get("without", ())):
        if device not in DEVICE_KINDS:
            faults.add(
                ("without",),
                f'there is no device "{device}"',
                suggest_closest(device, DEVICE_KINDS),
            )
    network = profile.get("bus_network", "")
    if network and not _NETWORK.fullmatch(network):
        what = f'"{network}" is no address of a box: http:// or https://, a host, perhaps a port'
        bare = "/".join(network.lower().split("/")[:3])
        sample = bare if _NETWORK.fullmatch(bare) else "http://10.42.0.1:8080"
        faults.add(("bus_network",), what, f'write it as in "{sample}"')
    if profile.get("numbers_by_phone") and not network:
        what = "phones can draw no numbers, for there is no network on which they find the box"
        faults.add(("numbers_by_phone",), what, "name it: bus_network")
    wifi = profile.get("bus_wifi", "")
    if len(wifi.encode()) > _MOST_WIFI_BYTES:
        what = f'"{wifi}" is no name of a Wi-Fi network: it has more than {_MOST_WIFI_BYTES} bytes'
        faults.add(("bus_wifi",), what, "write it as phones show it")
    password = profile.get("bus_wifi_password", "")
    if password and not _WIFI_PASSWORD.fullmatch(password):
        what = "is no password of a Wi-Fi: 8 to 63 letters, digits and signs of a keyboard"
        faults.add(("bus_wifi_password",), what, "leave it out for a network without one")


def _check_colours(profile: TomlTable, faults: TomlFaultCollector) -> None:
    for name, colour in profile.get("colours", {}).items():
        path = ("colours", name)
        if name != "action":
            faults.add(path, "only the colour of actions can be an own one", 'write "action"')
        elif colour is not None and not _COLOUR.fullmatch(colour):
            faults.add(path, f'"{colour}" is no colour', 'write it as in "#2044AA"')
        elif colour is not None and (ratio := contrast(colour, "#FFFFFF")) < LEAST_CONTRAST:
            what = f"has a contrast of {ratio:.1f} to 1 on white, less than {LEAST_CONTRAST}"
            faults.add(path, what, "choose a darker one")


def _names(profile: TomlTable, kind: str) -> list[str]:
    return [name for _, name in entries(profile, kind, "id")]


def _named(profile: TomlTable, key: str) -> set[str]:
    """The groups or topics that some desk names."""
    return {name for _, names in entries(profile, "desks", key) for name in names}
