"""Servers of one run: a folder they may write in, a user they may be, a port that is free."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

START_SECONDS = 300
STOP_SECONDS = 30


class DidNotStart(Exception):  # noqa: N818 - says what is the case
    """A server ended, or took too long; with what it said."""


@contextmanager
def server(
    command: Sequence[Any], folder: Path, as_user: dict[str, Any], port: int, end: int = signal.SIGTERM
) -> Iterator[None]:
    """Run a server until the block ends, begun when it answers. Raises DidNotStart."""
    log = folder / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, **as_user)
    try:
        wait_until(lambda: answers(port), process, str(command[0]), lambda: log.read_text(encoding="utf-8"))
        yield
    finally:
        process.send_signal(end)
        process.wait(timeout=STOP_SECONDS)


def wait_until(
    is_ready: Callable[[], bool], process: subprocess.Popen[Any], name: str, output: Callable[[], str]
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise DidNotStart(f"{name} did not start:\n{output()}")
        time.sleep(0.1)


@contextmanager
def server_folder(user: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """A folder that a server may write in, and how to run it there."""
    folder = Path(tempfile.mkdtemp(prefix=f"platform-{user}-"))
    hand_over(folder, user)
    try:
        yield folder, as_user(user) | {"cwd": folder}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_user(user: str) -> dict[str, Any]:
    """How to start a program that refuses to be root: as this user when it is known here, else as nobody."""
    if os.geteuid():
        return {}
    account = _account(user)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def hand_over(folder: Path, user: str) -> None:
    """Give a folder, and all in it, to the user that ``as_user`` starts a program as."""
    if not os.geteuid():
        account = _account(user)
        for path in (folder, *folder.rglob("*")):
            os.chown(path, account.pw_uid, account.pw_gid)


def _account(user: str) -> pwd.struct_passwd:
    known = {entry.pw_name for entry in pwd.getpwall()}
    return pwd.getpwnam(user if user in known else "nobody")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
