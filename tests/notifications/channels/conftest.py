"""What the tests of the channels share."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.components.processes import HOST


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a certificate for loopback, with its key in the same file."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed (package openssl)")
    file = tmp_path_factory.mktemp("tls") / "server.pem"
    words = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=loopback"
    subprocess.run(
        [
            *words.split(),
            *("-addext", f"subjectAltName=IP:{HOST}"),
            *("-keyout", file.with_suffix(".key"), "-out", file),
        ],
        check=True,
        capture_output=True,
    )
    return file
