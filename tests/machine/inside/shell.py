"""Runs the tests' commands in the box: a line of JSON in, a line of JSON out."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import BinaryIO

_LOOK_AGAIN_S = 0.05


def main(port: str) -> None:
    with open(port, "r+b", buffering=0) as line:  # noqa: PTH123 - a device
        tell(line, {"id": 0})
        received = b""
        while True:
            part = line.read(65536)
            if not part:  # the other end is not connected
                time.sleep(_LOOK_AGAIN_S)
                continue
            *complete, received = (received + part).split(b"\n")
            for order in complete:
                tell(line, obey(json.loads(order)))


def obey(order: dict[str, str]) -> dict[str, object]:
    """Run a command as root; what it said on both outputs, and how it ended."""
    done = subprocess.run(
        ["/bin/sh", "-c", order["command"]],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    said = done.stdout.decode(errors="replace")
    return {"id": order["id"], "ended": done.returncode, "said": said}


def tell(line: BinaryIO, answer: dict[str, object]) -> None:
    left = memoryview(json.dumps(answer).encode() + b"\n")
    while left:  # the port takes some kilobytes at a time
        left = left[line.write(left) :]


if __name__ == "__main__":
    main(sys.argv[1])
