"""Secret of the upload: a systemd credential, or a file of mode 0600."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path

from kiosk.domain.errors import KioskError

CREDENTIAL = "upload-secret"
"""The name in systemd's folder of credentials, as kiosk-upload.service gives it."""

_OTHERS = 0o077


class SecretUnusable(KioskError):
    """The token or password cannot be read, or is readable by all users."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path = path
        super().__init__(f"{path}: {reason}.")


def authorization(user: str, path: Path) -> str:
    """The value of the header: with a user a password, without one a bearer token."""
    secret = read_secret(path)
    if not user:
        return f"Bearer {secret}"
    return f"Basic {base64.b64encode(f'{user}:{secret}'.encode()).decode()}"


def read_secret(path: Path) -> str:
    """The one line of the file, or of the credential that systemd hands to the service.

    Raises `SecretUnusable`.
    """
    if folder := os.environ.get("CREDENTIALS_DIRECTORY"):
        path = Path(folder, CREDENTIAL)
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read(4096)
    except OSError as error:
        reason = f"the upload's secret cannot be read ({error.strerror}); write the token or"
        raise SecretUnusable(path, f"{reason} password into it, or run this as root") from error
    if not folder and mode & _OTHERS:
        raise SecretUnusable(path, f"others can read the upload's secret; run: chmod 600 {path}")
    return _one_line(path, content)


def _one_line(path: Path, content: bytes) -> str:
    try:
        secret = content.decode().strip()
    except UnicodeDecodeError:
        secret = ""
    if not secret or not secret.isprintable():
        raise SecretUnusable(path, "must have one line: the token or password of the upload")
    return secret
