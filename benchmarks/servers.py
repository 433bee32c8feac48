"""What is measured, as processes of their own: the site, the reference, Elasticsearch."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tools import elasticsearch as server
from tools.parts import PARTS
from tools.run import gunicorn
from tools.servers import free_port, server_folder

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 300
ELSEWHERE = ("DATABASE_URL", "ELASTICSEARCH_URL", "REDIS_URL", "EMAIL_URL")


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """Of a site with all state in ``data_dir``, whatever servers this process was told of."""
    own = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    return {**own, "DATA_DIR": str(data_dir), "DEMO": "1", **settings}


def run(data_dir: Path, *arguments: str, **settings: str) -> str:
    """Run a module or script of Python over a site's data; gives what it prints."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment(data_dir, **settings), stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} ended with code {done.returncode}.")
    return done.stdout


@contextmanager
def _running(command: list[str], port: int, environment: Mapping[str, str]) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}/"
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment), stdout=subprocess.DEVNULL, start_new_session=True
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
def demo_site(data_dir: Path, **settings: str) -> Iterator[str]:
    """The site as ``make run`` serves it, with all state in ``data_dir``; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "tools.run"]
    with _running(command, port, environment(data_dir, PORT=str(port), **settings)) as address:
        yield address


@contextmanager
def site_alone(data_dir: Path, **settings: str) -> Iterator[str]:
    """The same without its worker, which would find that the index does not hold what the database does."""
    port = free_port()
    with _running([sys.executable, *gunicorn(port)], port, environment(data_dir, **settings)) as address:
        yield address


@contextmanager
def trivial_site() -> Iterator[str]:
    port = free_port()
    options = ["--workers=2", "--threads=1", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    command = [sys.executable, "-m", "gunicorn", *options, "benchmarks.trivial:application"]
    with _running(command, port, os.environ) as address:
        yield address


@contextmanager
def elasticsearch() -> Iterator[str]:
    """The address of the Elasticsearch that ELASTICSEARCH_URL names, or of one for this run alone.

    Nothing where none can be had; that is told in a line.
    """
    if address := os.environ.get("ELASTICSEARCH_URL"):
        yield address.partition(",")[0].rstrip("/")
    elif absence := PARTS["elasticsearch"].absence:
        print(f"\nElasticsearch: not measured, {absence}.")
        yield ""
    else:
        server.distribution()
        with server_folder(server.USER) as (folder, _):
            node = server.Node(folder)
            with server.running(node):
                yield node.url
