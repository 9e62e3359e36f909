"""The appliance on a machine with a TPM 2.0: swtpm beside QEMU."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

from tests.machine.appliance import DISK_SIZE, ApplianceGuest
from tests.machine.guest import BOOT_S
from tests.waiting import PATIENCE_S, eventually

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.appliance import Appliance

_UNTIL: Final = "for i in $(seq 2400); do {condition} && exit 0; sleep 0.5; done; exit 1"


class TpmGuest(ApplianceGuest):
    """`has_tpm` says whether the next start finds one."""

    def __init__(self, appliance: Appliance, folder: Path, device_file: str | None) -> None:
        self.has_tpm = True
        self._swtpm: subprocess.Popen[bytes] | None = None
        self._state = folder / "tpm"
        self._state.mkdir(exist_ok=True)
        super().__init__(appliance, folder, device_file)

    def exchange_tpm(self) -> None:
        """Another board, or one whose TPM was cleared."""
        self._await_swtpm()
        shutil.rmtree(self._state)
        self._state.mkdir()

    def switch_on_until(self, condition: str) -> None:
        """Until a command of the shell ends well in it, which may be long before it is ready."""
        self._start()
        self.wait_until(condition)

    def wait_until(self, condition: str) -> None:
        self.run(_UNTIL.format(condition=condition), 2 * BOOT_S)

    def times_on_disk(self, word: str) -> int:
        """How often a word stands on the disk of a box that is off, wherever that is."""
        raw = self._folder / "stolen.img"
        convert = ("qemu-img", "convert", "-f", "qcow2", "-O", "raw", self._disk, raw)
        subprocess.run(convert, check=True)
        assert raw.stat().st_size == int(DISK_SIZE.removesuffix("G")) << 30
        grep = ("grep", "--text", "--only-matching", "--fixed-strings", word, raw)
        found = subprocess.run(grep, capture_output=True, check=False).stdout
        raw.unlink()
        return len(found.splitlines())

    def close(self) -> None:
        super().close()
        self._await_swtpm()

    def _await_swtpm(self) -> None:
        """It ends with the QEMU that it is for."""
        if self._swtpm:
            self._swtpm.wait(PATIENCE_S)

    def _connect(self, *more: str) -> None:
        if not self.has_tpm:
            super()._connect(*more)
            return
        control = self._folder / "tpm.control"
        command = ("swtpm", "socket", "--tpm2", "--terminate", "--tpmstate", f"dir={self._state}")
        device = ("-tpmdev", "emulator,id=tpm0,chardev=tpm", "-device", "tpm-tis,tpmdev=tpm0")
        self._await_swtpm()
        control.unlink(missing_ok=True)
        self._swtpm = subprocess.Popen([*command, "--ctrl", f"type=unixio,path={control}"])
        eventually(control.exists, "swtpm")
        super()._connect("-chardev", f"socket,id=tpm,path={control}", *device, *more)
