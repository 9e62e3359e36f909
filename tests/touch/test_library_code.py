from pathlib import Path

from PIL import Image

from kiosk.touch.library_code import LibraryCode

PILLOW = "_imaging."


def resident_kib(library: str) -> int:
    """How much of its code this process has in memory."""
    kib, of_library = 0, False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        if " r-xp " in line:
            of_library = f"/{library}" in line
        elif of_library and line.startswith("Rss:"):
            kib, of_library = kib + int(line.split()[1]), False
    return kib


def picture() -> bytes:
    return Image.linear_gradient("L").rotate(30).resize((60, 40)).tobytes()


def test_code_that_was_given_back_runs_as_before() -> None:
    before, code = picture(), LibraryCode(PILLOW)
    assert resident_kib(PILLOW) > 0
    code.give_back()
    assert resident_kib(PILLOW) == 0
    assert picture() == before
    code.give_back()
    assert resident_kib(PILLOW) == 0


def test_a_library_that_is_not_there_changes_nothing() -> None:
    LibraryCode("libNoSuchLibrary").give_back()
