"""What the doctor says of the voice of the glass."""

import shutil
from pathlib import Path

import pytest

from kiosk.devices.finding import Result
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.voice import voice
from kiosk.settings.config import Config, GlassSettings, VoiceSettings, to_toml
from tests.emulators.sound import stand_in


def _configure(host: Host, settings: VoiceSettings) -> None:
    config = Config("gelsenkirchen", glass=GlassSettings(voice=settings))
    host.paths.config.write_text(to_toml(config))


def test_a_voice_as_it_should_be(host: Host) -> None:
    assert voice(host).cause == "The glass does not speak."
    _configure(host, VoiceSettings(driver="file"))
    assert voice(host).cause == "The stand-in 'file' runs."
    _configure(host, VoiceSettings(driver="alsa"))
    assert voice(host).cause == "The glass speaks."


def test_a_player_and_voices_that_are_missing(
    host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    _configure(host, VoiceSettings(driver="alsa"))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = voice(host)
    assert (found.result, "alsa-utils" in found.remedy) == (Result.FAILURE, True)
    (tmp_path / "aplay").symlink_to(str(shutil.which("true", path="/bin:/usr/bin")))
    found = voice(host)
    assert (found.result, "de, de-x-ls, en" in found.cause) == (Result.WARNING, True)


def test_a_socket_that_the_card_does_not_report(
    host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stand_in(tmp_path, "amixer", "exit 1", monkeypatch)
    _configure(host, VoiceSettings(driver="alsa", headphones="jack", jack_card="Phones"))
    found = voice(host)
    assert (found.result, "'Phones' has no switch" in found.cause) == (Result.WARNING, True)


def test_trouble_of_a_running_glass_is_a_finding(host: Host) -> None:
    _configure(host, VoiceSettings(driver="alsa"))
    host.paths.voice_trouble("touch").write_text("The speaker was lost: there is no such card.")
    found = voice(host)
    assert (found.result, "no such card" in found.cause) == (Result.FAILURE, True)


def test_trouble_that_a_glass_takes_back_meanwhile_is_none(host: Host) -> None:
    healthy = voice(host)
    host.paths.voice_trouble("touch").symlink_to("nothing")  # listed, and gone when it is read
    assert voice(host) == healthy
