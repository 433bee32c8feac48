"""Searching while others save and the index is built anew: what fails, what is missing, when a save can be found."""

import http.client
import json
import secrets
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from benchmarks.report import print_table
from benchmarks.search import on_elasticsearch, remove
from benchmarks.servers import ROOT, demo_site, elasticsearch, environment, run
from benchmarks.timing import p95

SECONDS, SAVES, CLIENTS = 60.0, 600, 8
THINGS = 5_000
PAUSE_SECONDS = 0.2
"""How long a client reads before its next question."""

WATCHERS, LOOK_AGAIN_SECONDS = 8, 0.05
PATIENCE_SECONDS = 30
QUESTIONS = (
    "toetsing",
    "flexibel onderwijs",
    "leeruitkomsten",
    "lectoraat didactiek",
    "lerarentekort",
    "rooster",
    "hybride lere",
    "hoe begin je met flexibele routes",
)
FILL = "import sys, django; django.setup(); from benchmarks import things; things.fill(int(sys.argv[1]))"


@dataclass
class Outcome:
    """What searchers met while others wrote."""

    milliseconds: list[float] = field(default_factory=list)
    """Of each search."""

    errors: list[str] = field(default_factory=list)
    seconds_until_found: list[float] = field(default_factory=list)
    """Of each save, from its commit."""

    missing: list[str] = field(default_factory=list)
    """Addresses of what was saved and not found in time, or no longer found in the end."""

    seconds: float = 0.0
    """From the first save to the last one."""


class Searchers:
    """Visitors of one site, each with one question after another."""

    def __init__(self, site: str, engine: str) -> None:
        self.host = urlsplit(site).netloc
        self.engine = engine
        self.outcome = Outcome()

    def search(self, text: str) -> dict[str, Any]:
        """The answer; one of another engine counts as an error, as does a page that is none."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", f"/api/zoeken/?{urlencode({'q': text})}")
            answer = connection.getresponse()
            content = answer.read()
        except OSError as error:
            self.outcome.errors.append(f"{text}: {error!r}")
            return {"resultaten": []}
        finally:
            connection.close()
        if answer.status != 200:
            self.outcome.errors.append(f"{text}: {answer.status}")
            return {"resultaten": []}
        found: dict[str, Any] = json.loads(content)
        if found["motor"] != self.engine:
            self.outcome.errors.append(f"{text}: answered by {found['motor']}")
        return found

    def finds(self, word: str, url: str) -> bool:
        return any(hit["url"] == url for hit in self.search(word)["resultaten"])

    def search_until(self, end: threading.Event, questions: Sequence[str]) -> None:
        for text in cycle(questions):
            if end.is_set():
                return
            start = time.perf_counter()
            if not self.search(text)["resultaten"]:
                self.outcome.errors.append(f"{text}: nothing found")
            self.outcome.milliseconds.append((time.perf_counter() - start) * 1000)
            end.wait(PAUSE_SECONDS)

    def wait_for(self, word: str, url: str, at: float) -> None:
        while not self.finds(word, url):
            if time.time() > at + PATIENCE_SECONDS:
                self.outcome.missing.append(url)
                return
            time.sleep(LOOK_AGAIN_SECONDS)
        self.outcome.seconds_until_found.append(time.time() - at)


def search_while_writing(
    site: str, settings: Mapping[str, str], engine: str, *, seconds: float, saves: int, clients: int
) -> Outcome:
    """Search with so many clients for as long as the saving lasts; after a third of it the index is built anew.

    ``settings`` is the environment of the site, with which others save into it.
    """
    searchers, end = Searchers(site, engine), threading.Event()
    python: dict[str, Any] = {
        "cwd": ROOT,
        "env": {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", **settings},
        "text": True,
    }
    saver = [sys.executable, "-m", "benchmarks.saver", str(saves), str(seconds)]
    rebuild = [sys.executable, "manage.py", "rebuild_search"]
    saved: list[dict[str, Any]] = []
    with ThreadPoolExecutor(clients) as searching, ThreadPoolExecutor(WATCHERS) as waiting:
        try:
            for number in range(clients):
                searching.submit(searchers.search_until, end, QUESTIONS[number:] + QUESTIONS[:number])
            with subprocess.Popen(saver, stdout=subprocess.PIPE, **python) as writer:
                builder: subprocess.Popen[str] | None = None
                for line in writer.stdout or ():
                    saved.append(json.loads(line))
                    waiting.submit(searchers.wait_for, **saved[-1])
                    if builder is None and len(saved) > saves / 3:
                        builder = subprocess.Popen(rebuild, stdout=subprocess.DEVNULL, **python)
            if builder is None or builder.wait() or writer.returncode or len(saved) < saves:
                searchers.outcome.errors.append(f"{len(saved)} saved, and a rebuild that did not succeed")
        finally:
            end.set()
    outcome = searchers.outcome
    outcome.seconds = saved[-1]["at"] - saved[0]["at"] if saved else 0.0
    outcome.missing += [one["url"] for one in saved if not searchers.finds(one["word"], one["url"])]
    return outcome


def measure(folder: Path) -> None:
    run(folder, "-m", "tools.prepare")
    run(folder, "-c", FILL, str(THINGS))
    rows = []
    with elasticsearch() as address:
        for engine in ["ingebouwd", *(["elasticsearch"] if address else [])]:
            index = f"bench-{secrets.token_hex(4)}"
            here = {"ELASTICSEARCH_URL": address, "ELASTICSEARCH_INDEX": index} if engine == "elasticsearch" else {}
            run(folder, "manage.py", "rebuild_search", **here)
            with demo_site(folder, **here) as site:
                settings = environment(folder, **here)
                outcome = search_while_writing(site, settings, engine, seconds=SECONDS, saves=SAVES, clients=CLIENTS)
            different = run(folder, "manage.py", "shell", "-v0", "-c", DIFFERENCES, **here).split()
            if here:
                remove(on_elasticsearch(address, index))
            for error in outcome.errors[:5]:
                print(error)
            rows.append(row(engine, outcome, len(different)))
    print_table(
        f"{CLIENTS} clients search while {SAVES} pages and posts are saved and one rebuild runs over {THINGS:,} things",
        ("", "seconds", "searches", "p50 ms", "p95 ms", "errors", "missing", "found after p50 s", "p95 s", "longest s"),
        rows,
    )


DIFFERENCES = "from search import indexing; print(*sorted(indexing.differences()))"


def row(name: str, outcome: Outcome, different: int) -> tuple[str, ...]:
    found, searches = outcome.seconds_until_found, outcome.milliseconds
    return (
        name,
        f"{outcome.seconds:.0f}",
        f"{len(searches):,}",
        f"{statistics.median(searches):.0f}",
        f"{p95(searches):.0f}",
        f"{len(outcome.errors)}",
        f"{len(outcome.missing) + different}",
        f"{statistics.median(found):.2f}",
        f"{p95(found):.2f}",
        f"{max(found):.2f}",
    )
