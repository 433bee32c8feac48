"""The Weekmail to a thousand and to ten thousand members: how long it takes, and what a kill halfway does to it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.report import print_table
from benchmarks.servers import ROOT, environment, run

MEMBERS = (1_000, 10_000)
HEAD = (
    *("members", "items", "spread s", "killed after", "written s", "queries a letter", "letters", "twice", "left"),
    *("sent s", "ms a mail", "peak MB"),
)


def step(folder: Path, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(run(folder, "-m", "benchmarks.letter_run", *arguments, **SETTINGS))
    return found


SETTINGS = {"DJANGO_SETTINGS_MODULE": "cms.settings.dev"}


def kill_halfway(folder: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.letter_run", "write-and-die"]
    subprocess.run(command, cwd=ROOT, env=environment(folder, **SETTINGS), check=False)


def measure(folder: Path, sizes: Sequence[int] = MEMBERS) -> None:
    rows = []
    for members in sizes:
        data = folder / str(members)
        data.mkdir()
        run(data, "-m", "tools.prepare")
        step(data, "fill", str(members))
        spread = step(data, "spread")
        kill_halfway(data)
        written, sent = step(data, "write"), step(data, "send")
        rows.append(
            (
                f"{members:,}",
                f"{written['items']:,}",
                f"{spread['seconds']:.1f}",
                f"{written['there']:,}",
                f"{written['seconds']:.1f}",
                f"{written['queries']:.2f}",
                f"{written['letters']:,}",
                f"{written['twice']}",
                f"{written['left']}",
                f"{sent['seconds']:.1f}",
                f"{sent['seconds'] * 1000 / written['letters']:.1f}",
                f"{max(part['megabytes'] for part in (spread, written, sent))}",
            )
        )
    print_table("The Weekmail, killed halfway and run again; each member follows five subjects", HEAD, rows)
