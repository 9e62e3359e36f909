"""A service that asks for the age: the text of a shipped profile, and a question more."""

import re
from pathlib import Path

from kiosk.system.paths import ASSETS

SHIPPED = ASSETS / "profiles" / "gelsenkirchen.toml"

LANGUAGES = 'languages = ["de", "de-x-ls", "en", "tr", "ar"]'
AGE = Path(__file__).with_name("age.toml")


def profile_that_asks(folder: Path) -> Path:
    """The file of that profile, written into a folder."""
    file = folder / "asking.toml"
    text = SHIPPED.read_text(encoding="utf-8").replace('id = "gelsenkirchen"', 'id = "asking"', 1)
    text = re.sub(r"(?m)^languages = .*", LANGUAGES, text, count=1)
    file.write_text(text + AGE.read_text(encoding="utf-8"), encoding="utf-8")
    return file
