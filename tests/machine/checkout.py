"""The box with a checkout, started with a kernel from outside."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.machine.guest import Guest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.machine.image import Image


class CheckoutGuest(Guest):
    """A disk that forgets, over that of an image."""

    def __init__(self, image: Image, folder: Path) -> None:
        self._image = image
        super().__init__(folder)

    def _new_disk(self) -> None:
        self._disk.unlink(missing_ok=True)
        base = ("-b", str(self._image.disk), "-F", "raw")
        subprocess.run(
            ["qemu-img", "create", "-q", "-f", "qcow2", *base, str(self._disk)], check=True
        )

    def _command(self) -> list[str]:
        patience = "systemd.default_device_timeout_sec=900 systemd.default_timeout_start_sec=900"
        kernel = f"root=/dev/vda rw console=ttyS0 quiet mitigations=off {patience}"
        words = f"""
            qemu-system-x86_64 -nodefaults -no-user-config -display none -no-reboot
            -machine q35 -accel tcg,tb-size=512 -cpu max -smp 1 -m 1G
            -kernel {self._image.kernel} -initrd {self._image.initrd}
            -blockdev driver=qcow2,node-name=disk,file.driver=file,file.filename={self._disk}
            -device virtio-blk-pci,drive=disk
            -serial file:{self._folder}/console.log
            -qmp unix:{self._folder}/monitor.sock,server=on,wait=off
            -device virtio-serial-pci
            -chardev socket,id=shell,path={self._folder}/shell.sock,server=on,wait=off
            -device virtserialport,chardev=shell,name=shell
            -object rng-random,filename=/dev/urandom,id=chance
            -device virtio-rng-pci,rng=chance
            -netdev user,id=net
            -device virtio-net-pci,netdev=net
            -device qemu-xhci,id=usb
            -audiodev wav,id=sound,path={self.sound}
            -device ich9-intel-hda -device hda-output,audiodev=sound
        """
        return [*words.split(), "-append", kernel]
