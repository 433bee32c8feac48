"""The site and the reference as processes of their own, each under gunicorn with two workers."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: list[str], port: int, **environment: str) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _wait_for(address, process)
        yield address
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise SystemExit(f"The server for {address} ended with code {process.returncode}.")
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise SystemExit(f"No answer from {address} in {READY_SECONDS} s.")


@contextmanager
def demo_site(data_dir: Path) -> Iterator[str]:
    """The site as ``make run`` serves it, with all state in ``data_dir``; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "tools.run"]
    with _running(command, port, PORT=str(port), DATA_DIR=str(data_dir)) as address:
        yield address


@contextmanager
def trivial_site() -> Iterator[str]:
    port = free_port()
    options = ["--workers=2", "--threads=1", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    with _running([sys.executable, "-m", "gunicorn", *options, "benchmarks.trivial:application"], port) as address:
        yield address
