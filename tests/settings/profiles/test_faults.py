"""Validation of a profile: every fault at once, with line, words and remedy."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.settings import profiles
from tests.settings.profiles.example import SMALLEST, faults_of


def test_the_smallest_profile_is_fine(tmp_path: Path) -> None:
    assert faults_of(tmp_path, SMALLEST) == []


def test_a_windows_editor_does_no_harm(tmp_path: Path) -> None:
    assert faults_of(tmp_path, b"\xef\xbb\xbf" + SMALLEST.replace("\n", "\r\n").encode()) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "Stadtbus"', 'nmae = "Stadtbus"', '2: nmae: unknown key; did you mean "name"?'),
        ('operator = "Stadt"\n', "", '1: the profile: "operator" is missing; add operator = "..."'),
        ('letter = "A"\n', "", '16: group "housing": "letter" is missing; add letter = "..."'),
        ('"Markt"', "3", '12: stop "market", name: must be a text in quotes, not a whole number'),
        ('"Stadtbus"', "true", "2: name: must be a text in quotes, not true or false"),
        ('"Stadtbus"', "2026-11-22", "2: name: must be a text in quotes, not a date"),
        ('["de", "en"]', '"de"', "4: languages: must be a list in [ ], not a text in quotes"),
        ('["de", "en"]', '["de", 5]', "4: languages, entry 2: must be a text in quotes"),
        ('"Wohngeld"', "5", '27: topic "wohngeld", label.de: must be a text in quotes, not a'),
        ("[[desks]]", "[desks]", "6: desks: must be a list in [ ], not a table"),
        ('"Stadtbus"', '"  "', "2: name: is empty"),
        ('"Stadtbus"', r'"Stadt\u0007"', r"2: name: contains the control character '\x07'"),
        ('"Wohngeld"', r'"Wohn\u202Egeld"', r"de: contains the control character '\u202e'"),
        ('"Stadtbus"', f'"{"x" * 81}"', "2: name: is 81 characters long, more than 80"),
        ('"wohngeld"', '"Wohn Geld"', '24: topic "Wohn Geld", id: may have only a-z, 0-9 and'),
        ('"wohngeld"', '"Wohn Geld"', 'single hyphens; write "wohn-geld"'),
        ('"A"', '"AB"', '18: group "housing", letter: must be one letter A-Z; "A" is free'),
        ('"A"', '"ß"', '18: group "housing", letter: must be one letter A-Z; "A" is free'),
        ('"green"', '"grean"', 'there is no colour "grean"; did you mean "green"?'),
        ('"house"', '"hous"', 'there is no pictogram "hous"; did you mean "house"?'),
        ('group = "housing"', 'group = "husing"', '25: topic "wohngeld", group: there is no group'),
        ('group = "housing"', 'group = "housing"\npartner = "x"', 'no partner "x"; known: none'),
        ('groups = ["housing"]', 'groups = ["houses"]', '8: desk "1", groups: there is no group'),
        ('groups = ["housing"]', "groups = []", '16: group "housing": no desk handles its'),
        (
            'de = "Wohngeld"\nen = "Housing benefit"\n',
            'de = "Wohngold"\n',
            '26: topic "wohngeld", label: "en" is missing; add en = "...", or its German text',
        ),
        ('en = "Housing benefit"', 'en = "a"\nxx = "b"', "label.xx: unknown language; known: ar"),
        ("Housing benefit", "w" * 37, '28: topic "wohngeld", label.en: has 37 letters, '),
        ('["de", "en"]', '["de", "xx"]', '4: languages: there are no texts in "xx"; known: ar'),
        ('["de", "en"]', '["en"]', '4: languages: must have "de": staff pages are German'),
        ('["de", "en"]', '["de", "de"]', "4: languages: names a language twice"),
        ('"05513000"', '"5513000"', '14: stop "market", ags: "5513000" is no municipality key'),
    ],
)  # fmt: skip
def test_one_fault(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert old in SMALLEST
    assert fault in "\n".join(faults_of(tmp_path, SMALLEST.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("score_levels = 6", "1: score_levels: must be from 3 to 5, not 6"),
        ("score_levels = true", "1: score_levels: must be a whole number, not true or false"),
        ("calls_before_missed = 0", "1: calls_before_missed: must be from 1 to 9, not 0"),
        (
            'colours.acton = "#2044AA"',
            "1: colours.acton: only the colour of actions can be an own one; write",
        ),
        ('colours.action = "blue"', '1: colours.action: "blue" is no colour; write it as in'),
        ('colours.action = "#FFE600"', "1: colours.action: has a contrast of 1.3 to 1 on white"),
        ("partners = []\nstops_ = 1", "2: stops_: unknown key; did you mean"),
    ],
)
def test_one_fault_in_what_may_be_left_out(tmp_path: Path, line: str, fault: str) -> None:
    assert fault in "\n".join(faults_of(tmp_path, f"{line}\n{SMALLEST}"))


def test_ids_and_letters_are_used_once(tmp_path: Path) -> None:
    again = SMALLEST[SMALLEST.index("[[groups]]") :]
    assert faults_of(tmp_path, SMALLEST + again) == [
        '30: group "housing", id: is used twice; give each its own id',
        '31: group "housing", letter: "A" is taken; "B" is free',
        '37: topic "wohngeld", id: is used twice; give each its own id',
    ]


def test_a_group_without_topics_is_reported_once(tmp_path: Path) -> None:
    start = SMALLEST.index("[[topics]]")
    assert faults_of(tmp_path, SMALLEST[:start] + "[[topics]]\n") == [
        '16: group "housing": has no topics; add a topic with group = "housing"',
        '23: topics, entry 1: "group" is missing; add group = "..."',
        '23: topics, entry 1: "id" is missing; add id = "..."',
        '23: topics, entry 1: "label" is missing; add label = { ... }',
    ]


def test_all_faults_come_at_once_in_the_order_of_lines(tmp_path: Path) -> None:
    broken = SMALLEST
    for old, new in (("name =", "nam ="), ('"A"', '"1"'), ('"green"', "7"), ('en = "H', 'xx = "H')):
        broken = broken.replace(old, new, 1)
    lines = [fault.split(":")[0] for fault in faults_of(tmp_path, broken)]
    assert lines == ["1", "2", "18", "19", "21", "21"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ('id = "x"\nname = = 3\n', "2: this is no TOML: Invalid value, at column 8"),
        ('id = "x"\nid = "y"\n', "2: this is no TOML: Cannot overwrite a value"),
        ('id = "x"\nlist = [\n', "3: this is no TOML: Invalid value"),
        (b'id = "x"\nname = "M\xfcnchen"\n', "2: a letter is not in UTF-8; save the file as UTF-8"),
        (b"#" * 200_001, "is larger than 200000 bytes"),
        ("x = " + "[" * 5000, "1: this is no TOML: "),
        ("x = " + "1" * 5000, "1: this is no TOML: "),
        ("x = [\n" + '"a",\n' * 30_000 + "]", "1: x: unknown key"),
        ("", '1: the profile: "desks" is missing; add [[desks]]'),
    ],
)
def test_a_file_that_is_no_profile(tmp_path: Path, content: str | bytes, fault: str) -> None:
    assert fault in "\n".join(faults_of(tmp_path, content))


def test_an_unknown_profile_name_suggests_the_closest() -> None:
    with pytest.raises(profiles.ProfileErrors) as refusal:
        profiles.load_profile("gelsenkirhcen")
    assert str(refusal.value) == (
        'gelsenkirhcen: there is no such profile; did you mean "gelsenkirchen"?'
    )


def test_a_folder_is_no_profile(tmp_path: Path) -> None:
    with pytest.raises(profiles.ProfileErrors, match="is a directory"):
        profiles.load_profile(str(tmp_path))


def test_the_one_sentence_names_the_first_fault_and_where_to_see_the_others(tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SMALLEST.replace("name =", "nam =", 1))
    with pytest.raises(profiles.ProfileErrors) as refusal:
        profiles.load_profile(str(file))
    assert str(refusal.value) == (
        f'{file}:1: the profile: "name" is missing; add name = "...". '
        f"And 1 more: see `kiosk profile check {file}`."
    )


@given(data=st.data())
def test_whatever_is_torn_out_or_put_in_is_either_read_or_refused(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    start = data.draw(st.integers(0, len(SMALLEST)))
    end = data.draw(st.integers(start, min(start + 40, len(SMALLEST))))
    put_in = data.draw(
        st.sampled_from(["", "3", '""', "[", "]]", "{}", "[[topics]]", '"""', "\x00"])
    )
    faults_of(tmp_path_factory.mktemp("torn"), SMALLEST[:start] + put_in + SMALLEST[end:])
