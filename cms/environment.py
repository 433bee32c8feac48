"""The environment variables of README.md, read once; a wrong one stops the start with one clear line.

A variable that is set to nothing counts as unset, the way docker compose passes on what nobody gave.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent
DATABASE_SCHEMES = {"postgres", "postgresql", "sqlite"}
MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
HOST = re.compile(r"\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
MAIL_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")

_env = environ.Env()


class InvalidEnvironment(SystemExit):
    """Stops the start with one line on standard error that names the variable and what is expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}")
        self.name = name


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def secret(name: str, *, shortest: int) -> str:
    """A value that must be set and at least ``shortest`` characters long."""
    value = text(name)
    if len(value) < shortest:
        raise InvalidEnvironment(name, f"set a random value of at least {shortest} characters")
    return value


def flag(name: str) -> bool:
    value = text(name, "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise InvalidEnvironment(name, "expected 0 or 1")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal() and lowest <= int(value) <= highest):
        raise InvalidEnvironment(name, f"expected a whole number from {lowest} to {highest}")
    return int(value)


def name(name: str, default: str) -> str:
    """The name of something on a server that others may use as well."""
    value = text(name, default)
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,49}", value):
        raise InvalidEnvironment(name, "expected lower-case letters, digits, - and _, 50 at most, a letter first")
    return value


def hosts(name: str, default: str) -> list[str]:
    """Names of hosts, separated by commas; a name that starts with a dot holds for all names below it."""
    found = _parts(text(name, default))
    if not all(HOST.fullmatch(host) for host in found):
        raise InvalidEnvironment(name, "expected host names without http:// or port, such as www.example.org")
    return found


def address(name: str, default: str) -> str:
    """One http(s) address without a path."""
    value = text(name, default).rstrip("/")
    parts = _split(value)
    if not parts or parts.scheme not in {"http", "https"} or value != f"{parts.scheme}://{parts.netloc}":
        raise InvalidEnvironment(name, "expected an address such as https://www.example.org")
    return value


def addresses(name: str) -> list[str]:
    """Several http(s) addresses, separated by commas."""
    found = _parts(text(name))
    if any((parts := _split(value)) is None or parts.scheme not in {"http", "https"} for value in found):
        raise InvalidEnvironment(name, "expected addresses such as https://es1:9200,https://es2:9200")
    return found


def mail_address(name: str, default: str) -> str:
    value = text(name, default)
    if not MAIL_ADDRESS.fullmatch(value):
        raise InvalidEnvironment(name, "expected a mail address such as platform@example.org")
    return value


def directory(name: str, default: Path) -> Path:
    """A folder that can be written; made when it is not there."""
    path = BASE_DIR / Path(text(name, str(default))).expanduser()
    with suppress(OSError):
        path.mkdir(parents=True, exist_ok=True)
    if not os.access(path, os.W_OK | os.X_OK):
        raise InvalidEnvironment(name, f"expected a folder that can be written, not {path}")
    return path


def file(name: str) -> str:
    """The path of a file that can be read, or nothing."""
    value = text(name)
    if value and not (Path(value).is_file() and os.access(value, os.R_OK)):
        raise InvalidEnvironment(name, f"expected a file that can be read, not {value}")
    return value


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings of the database at a ``postgres://`` or ``sqlite:///`` address."""
    value = text(name, f"sqlite:///{default}")
    parts = _split(value, needs_host=False)
    if not parts or parts.scheme not in DATABASE_SCHEMES or not parts.path.strip("/"):
        raise InvalidEnvironment(name, "expected postgres://user:password@host:5432/name or sqlite:////path/to/file")
    return dict(_env.db_url_config(value))


def redis(name: str) -> str:
    value = text(name)
    parts = _split(value, needs_host=not value.startswith("unix:"))
    if value and (not parts or parts.scheme not in {"redis", "rediss", "unix"}):
        raise InvalidEnvironment(name, "expected redis://host:6379/0")
    return value


def mail(name: str, default_folder: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings; without an address mails are files in ``default_folder``."""
    value = text(name)
    if not value:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": str(default_folder)}
    parts = _split(value)
    if not parts or parts.scheme not in MAIL_PORTS:
        raise InvalidEnvironment(name, "expected smtp://user:password@host:25, smtp+tls://... or smtp+ssl://...")
    found = _env.email_url_config(value)
    found["EMAIL_PORT"] = found["EMAIL_PORT"] or MAIL_PORTS[parts.scheme]
    return {key: value for key, value in found.items() if key.startswith("EMAIL_")}


def _parts(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _split(value: str, *, needs_host: bool = True) -> SplitResult | None:
    """The parts of an address, or None when it is not one."""
    try:
        parts = urlsplit(value)
        is_sound = (parts.port or True) and (parts.hostname or not needs_host)
    except ValueError:
        return None
    return parts if is_sound and not re.search(r"\s", value) else None
