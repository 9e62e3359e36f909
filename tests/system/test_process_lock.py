"""Two processes cannot be the same glass or the same panel."""

from pathlib import Path

import pytest

from kiosk.system.process_lock import AlreadyRunning, RuntimeUnusable, hold_lock


def test_the_second_is_refused_and_says_so(tmp_path: Path) -> None:
    lock = tmp_path / "bus" / "run" / "touch.lock"
    with (
        hold_lock(lock, "The glass 'touch'"),
        pytest.raises(AlreadyRunning, match="'touch' runs already"),
        hold_lock(lock, "The glass 'touch'"),
    ):
        pass


def test_it_is_free_again_when_the_first_has_ended(tmp_path: Path) -> None:
    for _ in range(2):
        with hold_lock(tmp_path / "run" / "panel.lock", "The panel"):
            assert (tmp_path / "run" / "panel.lock").exists()


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("no folder")
    with (
        pytest.raises(RuntimeUnusable, match=r"panel\.lock: cannot be made"),
        hold_lock(tmp_path / "run" / "panel.lock", "The panel"),
    ):
        pass


def test_a_lock_that_is_a_link_is_refused_and_its_target_stays(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("counts")
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "panel.lock").symlink_to(target)
    with (
        pytest.raises(RuntimeUnusable, match=r"panel\.lock: cannot be made"),
        hold_lock(tmp_path / "run" / "panel.lock", "The panel"),
    ):
        pass
    assert target.read_text() == "counts"
