"""A bundle as script/image signs it, with a root file system of random bytes."""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
COMPATIBLE = "radhaus-amd64"


def new_keys(folder: Path) -> Path:
    """Keys of an operator; `keyring.pem` says who is trusted."""
    subprocess.run([CHECKOUT / "script/image", "--new-keys", folder], check=True)
    return folder


def signed_bundle(folder: Path, version: str, keys: Path, size: int, seed: int) -> Path:
    """RAUC's own, of that many random bytes."""
    content = folder / f"content-{version}"
    content.mkdir(parents=True)
    (content / "root.img").write_bytes(random.Random(seed).randbytes(size))
    lines = (
        *("[update]", f"compatible={COMPATIBLE}", f"version={version}"),
        *("[bundle]", "format=verity", "[image.rootfs]", "filename=root.img"),
    )
    (content / "manifest.raucm").write_text("\n".join(lines) + "\n", encoding="utf-8")
    bundle = folder / f"radhaus-{version}_amd64.raucb"
    signer = [f"--cert={keys / 'certificate.pem'}", f"--key={keys / 'key.pem'}"]
    subprocess.run(["rauc", *signer, "bundle", content, bundle], check=True, capture_output=True)
    return bundle
