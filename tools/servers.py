"""Servers of one run: a folder they may write in, a user they may be, a port that is free."""

import os
import pwd
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


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
