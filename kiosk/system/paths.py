"""Paths of the data folder and of the shipped assets.

DIR comes from `--data`, then KIOSK_DATA, then systemd's STATE_DIRECTORY, then var/.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ASSETS = Path(__file__).resolve().parents[2] / "assets"


@dataclass(frozen=True, slots=True)
class Paths:
    """The files of one device."""

    data: Path

    @property
    def database(self) -> Path:
        return self.data / "kiosk.db"

    @property
    def config(self) -> Path:
        return self.data / "config.toml"

    def glass_socket(self, glass: str) -> Path:
        """The inspection socket of a glass."""
        return self.data / f"{glass}.sock"

    def glass_wish(self, glass: str) -> Path:
        """The wish that is under way at a glass."""
        return self.runtime / f"{glass}-wish.json"

    def lock(self, name: str) -> Path:
        """Held by the one process that is this glass, or the panel."""
        return self.runtime / f"{name}.lock"

    def heartbeat(self, door: str) -> Path:
        """The file on which a running door holds its lock; see `heartbeat`."""
        return self.runtime / f"{door}.heartbeat"

    def heartbeats(self) -> list[Path]:
        """Those of all doors that have been open on this box."""
        return list(self.runtime.glob("*.heartbeat"))

    @property
    def slips(self) -> Path:
        """Pictures of the file printer."""
        return self.data / "slips"

    @property
    def sounds(self) -> Path:
        """Sounds of the file speaker."""
        return self.data / "sounds"

    @property
    def clips(self) -> Path:
        """Recorded calls, a folder for each language."""
        return self.data / "clips"

    @property
    def voices(self) -> Path:
        """Voices of Piper for the glass, one file and its description each."""
        return self.data / "voices"

    def spoken(self, glass: str) -> Path:
        """What the file voice of a glass has said."""
        return self.runtime / f"{glass}-spoken.jsonl"

    def headphones(self, glass: str) -> Path:
        """Lies there while the stand-in for a glass's headphones is plugged in."""
        return self.runtime / f"{glass}-headphones"

    def voice_trouble(self, glass: str) -> Path:
        """Why the voice of a glass fails, while it does."""
        return self.runtime / f"{glass}-voice-trouble"

    @property
    def scans(self) -> Path:
        """The named pipe of the file scanner."""
        return self.runtime / "scanner"

    @property
    def backups(self) -> Path:
        """Encrypted backups of this box."""
        return self.data / "backups"

    @property
    def health_report(self) -> Path:
        """What the doctor found when it last looked for others; see `health_report`."""
        return self.runtime / "doctor.json"

    @property
    def clock_answer(self) -> Path:
        """What became of the time that staff have confirmed last; see `clock_request`."""
        return self.runtime / "clock-answer"

    @property
    def support_bundle(self) -> Path:
        """The encrypted file for the help desk that staff have asked for last."""
        return self.runtime / "support.tar.gz.age"

    @property
    def restored(self) -> Path:
        """Files of a backup that take the place of those in the data folder; see `replacement`."""
        return self.data / "restored"

    @property
    def tls(self) -> Path:
        """What makes the staff pages secure: the console's own, and closed to the other doors."""
        return self.data / "tls"

    @property
    def authority_certificate(self) -> Path:
        return self.tls / "authority.crt"

    @property
    def authority_key(self) -> Path:
        return self.tls / "authority.key"

    @property
    def runtime(self) -> Path:
        """Small files that matter only while the box runs."""
        return self.data / "run"


def data_folder(given: str | None) -> Path:
    """The data folder, from the command line or the environment."""
    chosen = given or os.environ.get("KIOSK_DATA") or os.environ.get("STATE_DIRECTORY") or "var"
    return Path(chosen).absolute()


def poweroff_request(paths: Paths) -> Path:
    """The file that asks for a shutdown: in the folder that systemd gives the panel for one run."""
    return Path(os.environ.get("RUNTIME_DIRECTORY") or paths.runtime) / "poweroff"


def shipped_names(folder: str, ending: str) -> list[str]:
    """The names of the files that come with the product in a folder of assets."""
    return sorted(path.stem for path in (ASSETS / folder).glob(f"*.{ending}"))
