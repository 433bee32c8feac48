import socket
import subprocess
import sys

import pytest

from tests.fixtures.databases import embedded_environment
from tools.prepare import ROOT


def start(**environment):
    return subprocess.run(
        [sys.executable, "-m", "tools.run"],
        cwd=ROOT,
        env={**embedded_environment(), **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_taken_port_is_named_in_one_line(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = start(PORT=str(port), DATA_DIR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} cannot be used")
    assert len(done.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["zes", "0", "65536", "-1", ""])
def test_a_wrong_port_is_refused_in_one_line(tmp_path, port):
    done = start(PORT=port, DATA_DIR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr == f"PORT: expected a number from 1 to 65535, not {port!r}.\n"
