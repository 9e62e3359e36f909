"""The inspection socket on a disk that plays no part."""

from pathlib import Path

import pytest

from kiosk.system.process_lock import RuntimeUnusable
from kiosk.touch.inspection import Inspection


def test_without_its_folder_the_glass_says_so_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RuntimeUnusable, match="let the user of this service write") as refusal:
        Inspection(tmp_path / "gone" / "touch.sock", lambda: None)
    assert str(refusal.value).count("\n") == 0


def test_a_socket_that_cannot_take_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "touch.sock").mkdir()
    with pytest.raises(RuntimeUnusable, match=r"touch\.sock"):
        Inspection(tmp_path / "touch.sock", lambda: None)


def test_a_vanished_socket_does_not_keep_the_glass_from_ending(
    tmp_path: Path,
) -> None:
    inspection = Inspection(tmp_path / "touch.sock", lambda: None)
    (tmp_path / "touch.sock").unlink()
    (tmp_path / "touch.sock").mkdir()
    inspection.close()
    assert (tmp_path / "touch.sock").is_dir(), "what took its place stays"
