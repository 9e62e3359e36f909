"""What an office may say of an update."""

from __future__ import annotations

import msgspec
import pytest

from kiosk.export.upload.update_messages import StatusAnswer


@pytest.mark.parametrize("digest", ["../../kiosk.db", "0" * 63, "A" * 64, "0" * 64 + "\n"])
def test_a_digest_that_is_none_names_no_file(digest: str) -> None:
    update = {"version": "2", "size": 1, "sha256": digest}
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(msgspec.json.encode({"update": update}), type=StatusAnswer)
