"""The forum for a member, with a hundred times as much in it, beside machina as it is shipped over the same rows."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.report import print_table
from benchmarks.servers import ROOT, environment, run
from benchmarks.timing import in_turns, milliseconds, p95
from tools.parts import PARTS
from tools.postgresql import Server, running_postgresql

COPIES = {"1%": 10, "all": 1_000}
"""Of fifty topics with twenty posts each: 500 and 50,000 topics, 10,000 and 1,000,000 posts."""

ANSWERS = {"1%": 200, "all": 20_000}
"""Of those posts, to the longest question."""

MEMBER, LONG = "lid@example.org", "Een lange vraag"
"""Who reads, and the title of the longest question."""

ROUNDS = 40
MOST_QUERIES, MOST_TIMES_SLOWER = 20, 1.5
SETTINGS = {"platform": "cms.settings.dev", "machina": "benchmarks.machina_shipped"}
MEMORY = {"shared_buffers": "1GB", "maintenance_work_mem": "512MB", "max_wal_size": "8GB"}


@dataclass
class Reader:
    """A member in a process of its own."""

    process: subprocess.Popen[str]
    addresses: dict[str, str] = field(init=False)
    found: dict[str, dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.addresses = self._told()

    def open(self, page: str) -> None:
        print(self.addresses[page], file=self.process.stdin, flush=True)
        self.found[page] = self._told()

    def _told(self) -> Any:
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise SystemExit(f"A reader of the forum ended with code {self.process.wait()}.")
        return json.loads(line)


@contextmanager
def reading(folder: Path, forum: str, database: str) -> Iterator[Reader]:
    settings = environment(folder, DATABASE_URL=database, DJANGO_SETTINGS_MODULE=SETTINGS[forum])
    command = [sys.executable, "-m", "benchmarks.forum_reader"]
    with subprocess.Popen(
        command, cwd=ROOT, env=settings, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Reader(process)
        process.terminate()


def fill(folder: Path, server: Server) -> dict[str, str]:
    """The addresses of the databases, by size."""
    made = {"DATABASE_URL": server.create("forum"), "DJANGO_SETTINGS_MODULE": SETTINGS["platform"]}
    run(folder, "-m", "tools.prepare", **made)
    run(folder, "manage.py", "migrate", "-v0", **made | {"DJANGO_SETTINGS_MODULE": SETTINGS["machina"]})
    run(folder, "-m", "benchmarks.forum_rows", "make", **made)
    databases = {size: server.create(f"forum{number}", copied_from="forum") for size, number in COPIES.items()}
    for size, database in databases.items():
        rows = str(COPIES[size]), str(ANSWERS[size])
        run(folder, "-m", "benchmarks.forum_rows", "copy", *rows, **made | {"DATABASE_URL": database})
    return databases


def measure(folder: Path) -> None:
    if absence := PARTS["postgresql"].absence:
        print(f"\nForum: not measured, {absence}.")
        return
    with running_postgresql(**MEMORY) as server, ExitStack() as stack:
        print_times(
            {
                (forum, size): stack.enter_context(reading(folder, forum, database))
                for size, database in fill(folder, server).items()
                for forum in SETTINGS
            }
        )


def print_times(readers: Mapping[tuple[str, str], Reader]) -> None:
    rows = []
    for page in readers["platform", "all"].addresses:
        having = {which: reader for which, reader in readers.items() if page in reader.addresses}
        first = {which: milliseconds(partial(reader.open, page)) for which, reader in having.items()}
        times = in_turns({" ".join(which): [partial(reader.open, page)] * ROUNDS for which, reader in having.items()})
        for forum in dict.fromkeys(forum for forum, _ in having):
            few, many = having[forum, "1%"].found[page], having[forum, "all"].found[page]
            before, after = times[f"{forum} 1%"], times[f"{forum} all"]
            slower = p95(after) / p95(before)
            is_met = many["queries"] <= MOST_QUERIES and slower <= MOST_TIMES_SLOWER and many["status"] == 200
            rows.append(
                (
                    f"{page}: {forum}",
                    *(f"{number}" for number in (many["status"], few["queries"], many["queries"])),
                    *(
                        f"{time:.0f}"
                        for measured in (before, after)
                        for time in (statistics.median(measured), p95(measured))
                    ),
                    f"{slower:.2f}",
                    f"{first[forum, 'all']:.0f}",
                    "yes" if is_met else "no",
                )
            )
    print_table(
        f"The forum for a member, with {COPIES['all'] * 1000:,} posts and with a hundredth of them",
        (
            "",
            "status",
            "queries at 1%",
            "queries",
            "p50 ms at 1%",
            "p95",
            "p50 ms",
            "p95",
            "times slower",
            "first ms",
            "met",
        ),
        rows,
    )
