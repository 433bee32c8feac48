"""A real Elasticsearch for development and tests: the official distribution with its core modules, on this machine.

``python -m tools.elasticsearch`` (``make elasticsearch``) serves one node until it is stopped.
"""

import fcntl
import getpass
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tools.servers import answers, as_user, free_port, hand_over

VERSION = "9.5.0"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
OLDEST_JAVA = 21
USER = "elasticsearch"
# Not in the project: the server's user need not be able to read the folder that the project lies in.
FOLDER = Path("/var/tmp") / f"platform-elasticsearch-{getpass.getuser()}"  # noqa: S108 - checked to be our own
MEMORY = "512m"
START_SECONDS = 120
STOP_SECONDS = 30
DEVELOPMENT_PORT = "9200"


def java() -> Path | None:
    """The home of a JDK that is new enough: the one that ES_JAVA_HOME or JAVA_HOME names, or the newest found."""
    named = [Path(home) for name in ("ES_JAVA_HOME", "JAVA_HOME") if (home := os.environ.get(name))]
    found = shutil.which("java")
    on_path = [Path(found).resolve().parent.parent] if found else []
    installed = sorted(
        [*Path("/usr/lib/jvm").glob("*"), *Path("/Library/Java").glob("*/*/Contents/Home")], key=_java_version
    )
    return next((home for home in (*named, *reversed(installed), *on_path) if _java_version(home) >= OLDEST_JAVA), None)


def _java_version(home: Path) -> int:
    """The major version by the file ``release`` that every Java carries; 0 for what is no JDK."""
    release = home / "release"
    if not (home / "bin" / "javac").exists() or not release.exists():
        return 0
    found = re.search(r'JAVA_VERSION="(\d+)', release.read_text(encoding="utf-8"))
    return int(found[1]) if found else 0


def absence() -> str:
    """What this machine lacks, in one line; empty when a server can be had."""
    if not java():
        return f"needs a Java (JDK) of {OLDEST_JAVA} or newer in JAVA_HOME or the usual folder"
    if not _unpacked().exists() and not shutil.which("mvn"):
        return "needs Maven to fetch the server (Debian: apt install maven)"
    return ""


def _unpacked() -> Path:
    return FOLDER / f"elasticsearch-{VERSION}"


def distribution() -> Path:
    """The folder of the server, fetched by Maven at first use; processes that need it at once wait for each other."""
    FOLDER.mkdir(mode=0o755, exist_ok=True)
    if FOLDER.stat().st_uid != os.getuid():
        raise PermissionError(f"{FOLDER} belongs to somebody else")
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _unpacked().exists():
            _fetch()
    return _unpacked()


def _fetch() -> None:
    copy = [
        "mvn",
        "--batch-mode",
        "--quiet",
        "dependency:copy",
        f"-Dartifact={ARTIFACT}",
        f"-DoutputDirectory={FOLDER}",
    ]
    done = subprocess.run(copy, capture_output=True, text=True, check=False)
    archive = FOLDER / f"elasticsearch-{VERSION}.zip"
    if not archive.exists():
        raise RuntimeError(f"Maven could not fetch {ARTIFACT}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    unfinished = FOLDER / "unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(unfinished)
    for path in unfinished.rglob("*"):  # an archive of Python's keeps no rights
        path.chmod(0o755 if path.is_dir() or "bin" in path.parts else 0o644)
    next(unfinished.glob("elasticsearch-*")).rename(_unpacked())
    unfinished.rmdir()
    archive.unlink()


class Node:
    """One server. ``settings`` are lines of elasticsearch.yml; ``files`` go into its folder of configuration."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int | None = None,
        settings: Mapping[str, Any] | None = None,
        files: Mapping[str, bytes] | None = None,
        java_options: str = "",
    ) -> None:
        self.folder = folder
        self.port = port or free_port()
        self.settings = dict(settings or {})
        self.files = dict(files or {})
        self.java_options = java_options
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def scheme(self) -> str:
        return "https" if self.settings.get("xpack.security.http.ssl.enabled") else "http"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int | None:
        """Of the server itself; None as long as it is not that far."""
        file = self.folder / "pid"
        return int(file.read_text(encoding="ascii")) if file.exists() else None

    @property
    def log(self) -> Path:
        return self.folder / "output.txt"

    def start(self) -> None:
        """Begin to start; ``wait`` tells when it serves."""
        home, java_home = distribution(), java()
        config = self.folder / "config"
        if not config.exists():
            shutil.copytree(home / "config", config)
        (self.folder / "tmp").mkdir(exist_ok=True)
        (self.folder / "pid").unlink(missing_ok=True)
        for name, content in self.files.items():
            (config / name).write_bytes(content)
        (config / "elasticsearch.yml").write_text(self._configuration(), encoding="utf-8")
        hand_over(self.folder, USER)
        environment = {
            "ES_JAVA_HOME": str(java_home),
            "ES_JAVA_OPTS": f"-Xms{MEMORY} -Xmx{MEMORY} {self.java_options}",
            "ES_PATH_CONF": str(config),
            "ES_TMPDIR": str(self.folder / "tmp"),
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        }
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [home / "bin" / "elasticsearch", "-p", self.folder / "pid"],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=environment,
                start_new_session=True,  # the server is a child of what starts it; both are one group
                **(as_user(USER) | {"cwd": self.folder}),
            )

    def _configuration(self) -> str:
        settings = {
            "node.name": self.folder.name,
            "path.data": self.folder / "data",
            "path.logs": self.folder / "logs",
            "http.host": "127.0.0.1",
            "http.port": self.port,
            "transport.host": "127.0.0.1",
            "discovery.type": "single-node",
            "action.auto_create_index": "false",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "xpack.security.enabled": "false",
            **self.settings,
        }
        return "".join(f"{name}: {value}\n" for name, value in settings.items() if value is not None)

    def wait(self) -> None:
        """Until it serves. Raises RuntimeError, with what it printed, when it does not."""
        deadline = time.monotonic() + START_SECONDS
        while not self.is_serving():
            if not self.is_running() or time.monotonic() > deadline:
                raise RuntimeError(f"Elasticsearch did not start:\n{self.log.read_text(encoding='utf-8')[-4000:]}")
            time.sleep(0.2)

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def is_serving(self) -> bool:
        """Whether it answers; behind a lock, whether it lets nobody in."""
        if self.scheme == "https":
            return answers(self.port)
        try:
            with urllib.request.urlopen(f"{self.url}/_cluster/health", timeout=5) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except urllib.error.HTTPError as error:
            return error.code in {401, 403}
        except OSError:
            return False

    def freeze(self) -> None:
        """Let it do nothing, while its connections stay open; from now on, not a moment later."""
        self._send(signal.SIGSTOP)
        while self.is_running() and not all(state[0] in "TZ" for state in self._states()):
            time.sleep(0.01)

    def thaw(self) -> None:
        self._send(signal.SIGCONT)

    def kill(self) -> None:
        """End it at once, as when its machine fails."""
        if not self.process or not self.is_running():
            return
        if pid := self.pid:
            os.kill(pid, signal.SIGKILL)
            self.thaw()  # what started it sees that it is gone, and ends
        else:
            self._send(signal.SIGKILL)
        self.process.wait(timeout=STOP_SECONDS)

    def stop(self) -> None:
        """End it in good order; a frozen one is thawed for it."""
        if not self.process or not self.is_running():
            return
        self.thaw()
        self.process.terminate()  # it ends the server, and only then itself
        try:
            self.process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()

    def _states(self) -> list[str]:
        """As ``ps`` writes them, of the server and of what started it."""
        listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
        of_group = (line.split() for line in listed.splitlines())
        return [state for group, state in of_group if self.process and int(group) == self.process.pid]

    def _send(self, number: int) -> None:
        """To the server and to what started it."""
        if self.process and self.is_running():
            os.killpg(self.process.pid, number)


def cluster(folders: Sequence[Path], settings: Mapping[str, Any] | None = None, **options: Any) -> list[Node]:
    """Nodes that find each other and form one cluster; not started."""
    transports = [free_port() for _ in folders]
    return [
        Node(
            folder,
            settings={
                "cluster.name": folders[0].name,
                "transport.port": transport,
                "discovery.type": None,
                "discovery.seed_hosts": [f"127.0.0.1:{port}" for port in transports],
                "cluster.initial_master_nodes": [folder.name for folder in folders],
                **(settings or {}),
            },
            **options,
        )
        for folder, transport in zip(folders, transports, strict=True)
    ]


@contextmanager
def running(*nodes: Node) -> Iterator[None]:
    try:
        for node in nodes:
            node.start()
        for node in nodes:
            node.wait()
        yield
    finally:
        for node in nodes:
            node.stop()


def chosen_port() -> int:
    """ELASTICSEARCH_PORT, when it is free; ends the program with one line when it is not."""
    text = os.environ.get("ELASTICSEARCH_PORT") or DEVELOPMENT_PORT
    if not text.isdecimal() or not 0 < int(text) < 65536:
        sys.exit(f"ELASTICSEARCH_PORT: expected a number from 1 to 65535, not {text!r}.")
    if answers(int(text)):
        sys.exit(f"Port {text} is in use. Choose another one: make elasticsearch ELASTICSEARCH_PORT=9201")
    return int(text)


def serve() -> None:
    """One node for development, with data that stays, until it is interrupted."""
    port = chosen_port()
    if missing := absence():
        sys.exit(f"Elasticsearch {missing}.")
    distribution()
    folder = FOLDER / "development"
    folder.mkdir(exist_ok=True)
    node = Node(folder, port=port)
    with running(node):
        print(
            f"Elasticsearch {VERSION} serves (Ctrl-C stops it, its data stays in {folder}). Use it with:",
            f"  export ELASTICSEARCH_URL={node.url}",
            "  .venv/bin/python manage.py rebuild_search",
            sep="\n",
            flush=True,
        )
        while node.is_running():
            time.sleep(0.5)
        sys.exit(f"Elasticsearch ended by itself; {node.log} says why.")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        serve()
    except KeyboardInterrupt:
        print("\nElasticsearch has stopped.")
