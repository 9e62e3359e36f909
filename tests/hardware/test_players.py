"""Loudspeakers behind programs: the real aplay on a card of files, and players that misbehave."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hardware.errors import CannotOpen, DeviceBusy, DeviceLost, DeviceSilent
from hardware.speaker.alsa import AlsaSpeaker
from hardware.speaker.chime import chime
from hardware.speaker.pipewire import PipeWireSpeaker
from hardware.speaker.port import Utterance
from hardware.speaker.voice import EspeakVoice
from tests.emulators.sound import FileCard, stand_in, strength, tone
from tests.waiting import PATIENCE_S, eventually

BEEP = tone(440, 0.05)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def _is_gone(pid_file: Path) -> bool:
    """Ended, and waited for: not even a zombie is left."""
    return not Path("/proc", pid_file.read_text().strip()).exists()


def test_a_call_comes_out_of_alsa_as_it_was_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, speaker = FileCard(tmp_path, monkeypatch), AlsaSpeaker("bus")
    said = EspeakVoice().speak(Utterance("de", "Nummer A, 17, bitte zu Platz 3."))
    speaker.open()
    for sound in (chime(), said, said.scaled(0.5)):
        speaker.play(sound)
    rung, spoken, softer = card.heard()
    assert strength(rung, 880) > 0.05
    assert len(spoken.samples) == pytest.approx(len(said.samples), abs=spoken.rate_hz / 10)
    assert spoken.peak == pytest.approx(said.peak, abs=0.001)
    assert softer.peak == pytest.approx(said.peak / 2, abs=0.001)


def test_a_missing_output_names_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FileCard(tmp_path, monkeypatch)
    with pytest.raises(CannotOpen, match="headphones: No such file or directory"):
        AlsaSpeaker("headphones").open()


@pytest.mark.parametrize(
    ("kind", "program"), [(AlsaSpeaker, "aplay"), (PipeWireSpeaker, "pw-play")]
)
def test_a_missing_player_names_itself(
    kind: type[AlsaSpeaker | PipeWireSpeaker],
    program: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotOpen, match=f"the program {program} is not installed"):
        kind("default").open()


def test_a_card_that_another_program_holds_is_busy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "aplay: main:831: audio open error: Device or resource busy"
    stand_in(tmp_path, "aplay", f"echo '{words}' >&2; exit 1", monkeypatch)
    with pytest.raises(DeviceBusy, match="bus: Device or resource busy"):
        AlsaSpeaker("bus").open()


def _pulled_after_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str, patience_s: float = PATIENCE_S
) -> AlsaSpeaker:
    """A player that is well once, and then does as told; from then on it has so much time."""
    script = f"[ -e {tmp_path}/opened ] || {{ touch {tmp_path}/opened; exit 0; }}\n{then}"
    stand_in(tmp_path, "aplay", script, monkeypatch)
    speaker = AlsaSpeaker("bus", PATIENCE_S)
    speaker.open()
    speaker._patience_s = patience_s  # noqa: SLF001 - a busy machine needs longer to open it
    return speaker


def test_a_card_pulled_in_the_middle_of_a_call_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = "aplay: pcm_write:2127: write error: No such device"
    speaker = _pulled_after_opening(tmp_path, monkeypatch, f"echo '{words}' >&2; exit 1")
    with pytest.raises(DeviceLost, match="bus: No such device") as lost:
        speaker.play(BEEP)
    assert not isinstance(lost.value, DeviceSilent)


def test_a_player_that_hangs_is_killed_and_leaves_no_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hangs = f"trap '' TERM; echo $$ >{tmp_path}/pid; exec sleep 600"
    speaker = _pulled_after_opening(tmp_path, monkeypatch, hangs, 2.0)
    before = _open_files()
    began_s = time.monotonic()
    with pytest.raises(DeviceSilent):
        speaker.play(BEEP)
    assert time.monotonic() - began_s < PATIENCE_S
    assert _is_gone(tmp_path / "pid")
    assert _open_files() == before


def test_a_player_that_hangs_does_not_outlive_a_panel_that_was_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "aplay", f"echo $$ >{tmp_path}/pid; exec sleep 600", monkeypatch)
    opens = "from hardware.speaker.alsa import AlsaSpeaker as A; A('x', patience_s=0.5).open()"
    panel = subprocess.Popen([sys.executable, "-c", opens])
    eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text().strip())
    panel.send_signal(signal.SIGKILL)
    panel.wait()
    eventually(lambda: _is_gone(tmp_path / "pid"), "the end of the player")


@pytest.mark.parametrize(
    "output", ["plughw:CARD=Device,DEV=0", "hw:Device", "plughw:0,0", "sysdefault:CARD=Device"]
)
def test_a_card_that_is_pulled_is_missed_before_the_next_call(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "aplay", "exit 0", monkeypatch)
    card = tmp_path / "class/sound/card0"
    card.mkdir(parents=True)
    (card / "id").write_text("Device\n")
    speaker = AlsaSpeaker(output, sys=tmp_path)
    speaker.open()
    speaker.check()
    (card / "id").unlink()
    card.rmdir()
    with pytest.raises(DeviceLost, match="there is no such card"):
        speaker.check()
    with pytest.raises(CannotOpen, match="there is no such card"):
        speaker.open()
