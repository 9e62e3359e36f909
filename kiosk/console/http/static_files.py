"""Static files, at addresses with a hash of them all: a browser fetches each once a version."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from litestar.static_files import create_static_files_router

from kiosk.system.paths import ASSETS

if TYPE_CHECKING:
    from litestar import Router

_FOLDERS = (Path(__file__).parents[1] / "static", ASSETS / "icons")


def _hash() -> str:
    files = sorted(file for folder in _FOLDERS for file in folder.iterdir() if file.is_file())
    whole = sha256()
    for file in files:
        whole.update(f"{file.name}\0{file.stat().st_size}\0".encode() + file.read_bytes())
    return whole.hexdigest()[:16]


STATIC = f"/static/{_hash()}"


def static_files() -> Router:
    return create_static_files_router(path=STATIC, directories=[*_FOLDERS], include_in_schema=False)
