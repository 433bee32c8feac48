"""Requests per second and p95 of the pages that visitors read most, beside a trivial Django view."""

import json
import re
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from benchmarks.report import print_table
from benchmarks.servers import demo_site, trivial_site
from tools.parts import PARTS

SECONDS = 8
WARM_UP_SECONDS = 3
CONNECTIONS = 4
TARGET_RATE, TARGET_P95 = 150, 35
SCRIPT = Path(__file__).with_name("p95.lua")


@dataclass(frozen=True)
class Load:
    rate: float
    """Requests per second."""
    p95: float
    """Milliseconds."""
    errors: int


def load(address: str, seconds: int = SECONDS) -> Load:
    """Ask for one address as fast as it answers."""
    wrk = str(PARTS["wrk"].find())
    command = [wrk, "--threads=1", f"--connections={CONNECTIONS}", f"--script={SCRIPT}", f"--duration={seconds}s"]
    answer = subprocess.run([*command, address], check=True, capture_output=True, text=True)
    found = re.search(r"RESULT (\S+) (\S+) (\d+)", answer.stdout)
    if not found:
        raise SystemExit(f"wrk gave no result for {address}: {answer.stdout}")
    return Load(float(found[1]), float(found[2]), int(found[3]))


def addresses(site: str) -> dict[str, str]:
    """One address per kind of page; the forum's are found through the search."""
    with urllib.request.urlopen(urljoin(site, "/api/zoeken/?soort=forumonderwerp")) as answer:
        topic = json.load(answer)["resultaten"][0]["url"]
    return {
        "home": "/",
        "category": "/netwerken/",
        "entry": "/netwerken/netwerk-toetsbekwaamheid/",
        "subject": "/onderwerpen/leerwegonafhankelijke-toetsing/",
        "matrix": "/onderwerpen/",
        "search": "/zoeken/?q=toetsing",
        "forum index": "/forum/",
        "forum": topic.partition("topic/")[0],
        "topic": topic,
    }


def measure(data_dir: Path) -> None:
    if not PARTS["wrk"].find():
        print(f"Pages: not measured, wrk is {PARTS['wrk'].absence}.")
        return
    with demo_site(data_dir) as site, trivial_site() as reference:
        rows = []
        pages = addresses(site)
        for address in (reference, *(urljoin(site, path) for path in pages.values())):
            load(address, WARM_UP_SECONDS)
        for name, path in pages.items():
            trivial, page = load(reference), load(urljoin(site, path))
            verdict = "yes" if page.rate >= TARGET_RATE and page.p95 <= TARGET_P95 and not page.errors else "no"
            rows.append(
                (
                    name,
                    f"{page.rate:.0f}",
                    f"{page.p95:.1f}",
                    f"{page.errors}",
                    f"{trivial.rate:.0f}",
                    f"{trivial.rate / page.rate:.1f}",
                    verdict,
                )
            )
    print_table(
        f"Pages for a visitor, gunicorn with 2 workers, {CONNECTIONS} connections, {SECONDS} s each",
        ("page", "req/s", "p95 ms", "errors", "trivial req/s", "times slower", f">={TARGET_RATE}/s, <={TARGET_P95} ms"),
        rows,
    )
