"""The [upload] section: what cannot be meant so."""

import re
from pathlib import Path

import pytest

from kiosk.settings import config
from kiosk.settings.config import Config, ConfigErrors, UploadSettings
from kiosk.settings.config.validation import config_faults

SERVER = "https://stadt.example/radhaus"


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (UploadSettings(url=SERVER), "kind: must be https or webdav where there is a url"),
        (UploadSettings("https"), "url: must be an address such as https://stadt.example/radhaus"),
        (UploadSettings("https", "http://stadt.example"), "nothing goes unencrypted"),
        (UploadSettings("https", "https://a:b@stadt.example"), "belong into user and secret_file"),
        (UploadSettings("https", f"{SERVER}?token=1"), "url: must end with its path"),
        (UploadSettings("https", f"{SERVER}/Größe"), "url: must end with its path"),
        (UploadSettings("https", "https://stadt.example:x"), "is no address"),
        (UploadSettings("webdav", SERVER, method="POST"), "method: a WebDAV folder takes PUT only"),
        (UploadSettings("webdav", SERVER, user="a:b"), "user: a name has no colon"),
        (UploadSettings("https", SERVER, secret_file=""), "secret_file: must be a whole path"),
        (UploadSettings("https", SERVER, ca_file="ca.pem"), "ca_file: must be a whole path"),
    ],
)
def test_impossible_upload_settings_are_reported(settings: UploadSettings, sentence: str) -> None:
    (fault,) = config_faults(Config("town", upload=settings))
    assert fault.startswith("upload.")
    assert sentence in fault


def test_an_upload_that_can_be_meant_so(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    wanted = Config(
        "town", upload=UploadSettings("webdav", SERVER, user="bus", ca_file="/etc/ca.pem")
    )
    path.write_text(config.to_toml(wanted))
    assert config.load_config(path) == wanted


def test_all_faults_of_an_upload_are_reported_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    wanted = Config("town", upload=UploadSettings("webdav", "http://stadt.example", method="POST"))
    path.write_text(config.to_toml(wanted))
    with pytest.raises(ConfigErrors) as told:
        config.load_config(path)
    lines = path.read_text().splitlines()
    assert len(told.value.lines()) == 2
    for fault in told.value.lines():
        place = re.search(r"config.toml:([0-9]+): upload\.([a-z_]+)", fault)
        assert place
        assert lines[int(place[1]) - 1].startswith(f"{place[2]} = ")
