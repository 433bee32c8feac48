"""The programs from outside Python that tests and benchmarks use: where they are, and how to get them.

``python -m tools.parts browser wrk`` installs what is missing where that is possible, as root on Debian or Ubuntu;
what cannot be had stays away, and whoever needs it says so by name.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import elasticsearch


@dataclass(frozen=True)
class Part:
    """An outside program; ``find`` gives the file (or for PostgreSQL the folder) to run it from."""

    name: str
    package: str
    find: Callable[[], Path | None]
    reason: Callable[[], str] = str

    @property
    def absence(self) -> str:
        """Why it is not there, in words for the closing summary; empty when it is."""
        return "" if self.find() else self.reason() or f"not on this machine (Debian: apt install {self.package})"


def on_path(*names: str) -> Callable[[], Path | None]:
    return lambda: next((Path(found) for name in names if (found := shutil.which(name))), None)


def _chromium() -> Path | None:
    """The browser that CHROMIUM names, the system's, or the one that Playwright downloaded."""
    named = Path(os.environ.get("CHROMIUM", ""))
    return named if named.is_file() else on_path("chromium", "chromium-browser", "google-chrome")() or _playwrights()


def _playwrights() -> Path | None:
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.exists() else None


def _postgresql() -> Path | None:
    """The folder with initdb and postgres, which Debian keeps off the PATH; the newest of several."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    initdb = debian[-1] if debian else on_path("initdb")()
    return initdb.parent if initdb else None


def _nginx() -> Path | None:
    """Debian keeps it off the PATH of whoever is not root."""
    debian = Path("/usr/sbin/nginx")
    return debian if debian.exists() else on_path("nginx")()


def _elasticsearch() -> Path | None:
    """The folder of the server; what can be fetched at first use counts as there."""
    return elasticsearch.java() if not elasticsearch.absence() else None


PARTS = {
    part.name: part
    for part in (
        Part("browser", "chromium", _chromium),
        Part("postgresql", "postgresql", _postgresql),
        Part("nginx", "nginx", _nginx),
        Part("redis", "redis-server", on_path("redis-server")),
        Part("elasticsearch", "maven", _elasticsearch, elasticsearch.absence),
        Part("wrk", "wrk", on_path("wrk")),
    )
}


def get(names: list[str]) -> None:
    """Install the named parts that are missing; a failure is no error here, ``Part.absence`` tells."""
    packages = [part.package for name in names if not (part := PARTS[name]).find()]
    if packages and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing", ", ".join(packages), "from the system's packages ...", flush=True)
        # In run level 1 Debian's packages install their servers without starting them.
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], env=environment, stdout=subprocess.DEVNULL)
        for package in packages:  # one that this Debian does not have keeps no other away
            install = [*apt, "install", "--yes", "--no-install-recommends", package]
            subprocess.run(install, env=environment, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    if "browser" in names and not PARTS["browser"].find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    get(sys.argv[1:])
