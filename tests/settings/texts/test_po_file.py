"""The reader of PO files understands them as Babel, the translators' tool, does."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from kiosk.settings.profiles.translations import FOLDER as PROFILE_TEXTS
from kiosk.settings.texts import FOLDER, TextFileBroken, Texts
from kiosk.settings.texts.po_file import read_po_file

SHIPPED = sorted([*FOLDER.glob("*.po"), *PROFILE_TEXTS.glob("*.po")])


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_the_shipped_files_are_read_as_babel_reads_them(path: Path) -> None:
    with path.open("rb") as stream:
        catalog = read_po(stream, abort_invalid=True)
    wanted = {
        (message.context or "", message.id if isinstance(message.id, str) else message.id[0]): (
            (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        )
        for message in catalog
        if message.id and not message.fuzzy
    }
    file = read_po_file(path)
    assert {(each.context, each.key): each.forms for each in file.messages} == wanted
    assert file.plural_forms[0] == catalog.num_plurals


def test_escapes_long_strings_and_marks(tmp_path: Path) -> None:
    path = tmp_path / "xx.po"
    path.write_text(
        'msgid ""\nmsgstr ""\n"X-Read-By: Ana, 2027-01-31\\n"\n\n'
        '#, fuzzy\nmsgid "guessed"\nmsgstr "x"\n\n'
        '#. a comment\nmsgctxt "label"\nmsgid "long"\nmsgstr ""\n"one \\"two\\"\\n"\n"three \\\\"\n'
    )
    file = read_po_file(path)
    assert file.reader == "Ana, 2027-01-31"
    [message] = file.messages
    assert (message.context, message.key, message.line) == ("label", "long", 10)
    assert message.forms == ('one "two"\nthree \\',)


@pytest.mark.parametrize(
    ("content", "line"),
    [('msgid "a"\nmsgstr "b', 2), ('msgid "a"\nmsgit "b"', 2), ('"a"', 1), ('msgstr "a"', 1)],
)
def test_a_syntax_error_is_reported_with_its_line(tmp_path: Path, content: str, line: int) -> None:
    (tmp_path / "de.po").write_text(content)
    with pytest.raises(TextFileBroken, match=f"line {line} is not understood"):
        Texts.load(tmp_path)


def test_a_missing_plural_form_is_an_error(tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Plural-Forms: nplurals=3; plural=n;\\n"\n\n'
    for forms in ('msgstr[0] "a"\nmsgstr[1] "b"', 'msgstr[0] "a"\nmsgstr[1] ""\nmsgstr[2] "c"'):
        (tmp_path / "de.po").write_text(f'{head}msgid "x"\nmsgid_plural "x"\n{forms}\n')
        with pytest.raises(TextFileBroken, match="line 4, x, needs 3 plural forms"):
            Texts.load(tmp_path)
