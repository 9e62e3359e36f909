"""What the doctor says of the loudspeaker."""

from pathlib import Path

import pytest

from kiosk.devices.finding import Finding, Result
from kiosk.devices.kind import Checkup
from kiosk.devices.speaker import SPEAKER
from kiosk.operate.doctor.host import Host
from kiosk.operate.doctor.wires import device
from kiosk.settings.config import Config, Devices, to_toml
from kiosk.settings.config.devices import SpeakerSettings
from kiosk.wiring.sound import recorded_voice
from tests.town import TOWN


def _configure(host: Host, settings: SpeakerSettings) -> None:
    config = Config("gelsenkirchen", devices=Devices(speaker=settings))
    host.paths.config.write_text(to_toml(config))


def checked(host: Host, driver: str) -> Finding | None:
    voice = recorded_voice(host.paths)
    checkup = Checkup(lambda: TOWN, lambda: voice, lambda: None)
    return SPEAKER.check(SpeakerSettings(driver=driver), checkup)  # type: ignore[arg-type]


@pytest.mark.parametrize("driver", ["fake", "wav", "alsa"])
def test_a_speaker_as_it_should_be(host: Host, driver: str) -> None:
    assert checked(host, driver) is None


def test_what_speaks_or_plays_is_missing(
    host: Host, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for driver, package in (("wav", "espeak-ng"), ("alsa", "alsa-utils"), ("pipewire", "pipewire")):
        found = checked(host, driver)
        assert found
        assert (found.result, package in found.remedy) == (Result.FAILURE, True)


def test_a_language_without_texts_is_named(host: Host) -> None:
    _configure(host, SpeakerSettings(driver="wav", languages=["de", "xx"]))
    found = device(host, "speaker")
    assert found.result is Result.FAILURE
    assert "devices.speaker.languages: There is no language 'xx'. Known: " in found.cause
    assert " de, " in found.cause


def test_a_clip_that_cannot_be_played_is_named(host: Host) -> None:
    _configure(host, SpeakerSettings(driver="wav"))
    folder = host.paths.clips / "de"
    folder.mkdir(parents=True)
    (folder / "17.wav").write_bytes(b"no sound")
    found = device(host, "speaker")
    assert (found.result, "de/17.wav" in found.cause) == (Result.WARNING, True)
