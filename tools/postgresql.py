"""A PostgreSQL for one run of the tests or of a benchmark."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.parts import PARTS
from tools.servers import free_port, server, server_folder


@dataclass(frozen=True)
class Server:
    programs: Path
    port: int

    def create(self, database: str, *, copied_from: str = "template1") -> str:
        """Make a database, an empty one unless it is a copy of another, and give its address."""
        options = ["--host=127.0.0.1", f"--port={self.port}", "--username=postgres", f"--template={copied_from}"]
        subprocess.run([self.programs / "createdb", *options, database], check=True)
        return self.address(database)

    def address(self, database: str = "postgres") -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"


@contextmanager
def running_postgresql(**options: str) -> Iterator[Server]:
    """An empty server without a password, on this machine only; ``options`` are those of postgresql.conf.

    Nothing of it outlives the block, so it does not wait for its disk.
    """
    programs = Path(str(PARTS["postgresql"].find()))
    with server_folder("postgres") as (folder, as_user):
        data, port = folder / "data", free_port()
        create = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run([programs / "initdb", *create, data], check=True, stdout=subprocess.DEVNULL, **as_user)
        said = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
        arguments = [part for name, value in {**said, **options}.items() for part in ("-c", f"{name}={value}")]
        with server([programs / "postgres", "-D", data, *arguments], folder, as_user, port, end=signal.SIGINT):
            yield Server(programs, port)
