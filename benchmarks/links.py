"""The link radar past five thousand addresses: how near it comes to the time that politeness itself takes."""

import resource
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from benchmarks.report import print_table
from cms.link_radar import addresses
from cms.link_radar.polite import PAUSE_SECONDS, check_all
from cms.models import Outcome

LINKS = 5_000
HOSTS = (5_000, 1_000, 250)
HEAD = ("hosts", "links", "requests", "seconds", "politeness takes", "ratio", "too soon", "wrong", "MB more")


class Website(BaseHTTPRequestHandler):
    """Every website there is; each tenth page is gone."""

    asked: dict[str, list[float]] = {}

    def answer(self) -> None:
        self.asked.setdefault(self.headers["Host"], []).append(time.monotonic())
        is_there = self.path != "/robots.txt" and not self.path.endswith("0")
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_HEAD = do_GET = answer  # noqa: N815 - the names that http.server calls

    def log_message(self, *args: object) -> None:
        """Nothing is said of each request."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def measure(folder: Path) -> None:
    server = Server(("127.0.0.1", 0), Website)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_port
    settings.LINK_RADAR_PORTS = {port}
    addresses.lookup = lambda host, port: ["127.0.0.1"]
    addresses.is_public = lambda address: True
    rows = [_row(hosts, port) for hosts in HOSTS]
    server.shutdown()
    print_table("The link radar, a round without end", HEAD, rows)


def _row(hosts: int, port: int) -> tuple[str, ...]:
    Website.asked = {}
    urls = [f"http://site{number % hosts}.example:{port}/{number}" for number in range(LINKS)]
    before, start = _peak(), time.monotonic()
    answers, _ = check_all(urls, {}, seconds=3600)
    seconds = time.monotonic() - start
    most_asked = max(len(moments) for moments in Website.asked.values())
    polite = (most_asked - 1) * PAUSE_SECONDS
    pairs = [pair for moments in Website.asked.values() for pair in pairwise(moments)]
    expected = {url: Outcome.FAILED if url.endswith("0") else Outcome.WORKS for url in urls}
    return (
        f"{hosts:,}",
        f"{LINKS:,}",
        f"{sum(map(len, Website.asked.values())):,}",
        f"{seconds:.1f}",
        f"{polite:.0f}",
        f"{seconds / polite:.2f}",
        str(sum(later - sooner < PAUSE_SECONDS - 0.05 for sooner, later in pairs)),
        str(sum(answers.get(url) is None or answers[url].outcome != outcome for url, outcome in expected.items())),
        f"{_peak() - before:.0f}",
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
