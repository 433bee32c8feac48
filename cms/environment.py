"""The environment variables of the contract, read once and refused with one clear line."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ

BASE_DIR = Path(__file__).resolve().parent.parent

_env = environ.Env()


class InvalidEnvironment(SystemExit):
    """Stops the start with one line on standard error that names the variable and what is expected."""

    def __init__(self, name: str, expected: str) -> None:
        super().__init__(f"{name}: {expected}")
        self.name = name


def _read(name: str, expected: str, reader: Callable[[], Any]) -> Any:
    try:
        return reader()
    except (environ.ImproperlyConfigured, ValueError, KeyError, TypeError) as error:
        raise InvalidEnvironment(name, expected) from error


def text(name: str, default: str = "") -> str:
    return _env.str(name, default=default).strip()


def secret(name: str, *, shortest: int) -> str:
    """A value that must be set and at least ``shortest`` characters long."""
    value = text(name)
    if len(value) < shortest:
        raise InvalidEnvironment(name, f"set a random value of at least {shortest} characters")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise InvalidEnvironment(name, "expected 0 or 1")
    return value in {"1", "true", "yes"}


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    value = _read(name, f"expected a whole number from {lowest} to {highest}", lambda: _env.int(name, default=default))
    if not lowest <= value <= highest:
        raise InvalidEnvironment(name, f"expected a whole number from {lowest} to {highest}")
    return int(value)


def names(name: str, default: str = "") -> list[str]:
    """Values separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def address(name: str, default: str = "") -> str:
    """One http(s) address without a slash at its end; empty when the variable is unset."""
    value = text(name, default).rstrip("/")
    if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
        raise InvalidEnvironment(name, "expected an address such as https://www.example.org")
    return value


def addresses(name: str) -> list[str]:
    """Several http(s) addresses, separated by commas."""
    found = names(name)
    for value in found:
        if urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname:
            raise InvalidEnvironment(name, "expected addresses such as https://es1:9200,https://es2:9200")
    return found


def directory(name: str, default: Path) -> Path:
    """An existing folder; made when its parent exists."""
    path = Path(text(name) or default).expanduser()
    path = path if path.is_absolute() else BASE_DIR / path
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidEnvironment(name, f"expected a folder that can be written, not {path}") from error
    return path


def database(name: str, default: Path) -> dict[str, Any]:
    """Django's settings of the database at a ``postgres://`` or ``sqlite:///`` address."""
    expected = "expected postgres://user:password@host:5432/name or sqlite:////path/to/file"
    found = _read(name, expected, lambda: _env.db_url(name, default=f"sqlite:///{default}"))
    engine = found.get("ENGINE", "")
    if engine not in {"django.db.backends.sqlite3", "django.db.backends.postgresql"}:
        raise InvalidEnvironment(name, expected)
    return dict(found)


def mail(name: str, default_folder: Path) -> dict[str, Any]:
    """Django's EMAIL_* settings; without an address mails are files in ``default_folder``."""
    expected = "expected smtp://user:password@host:25, smtp+tls://... or smtp+ssl://..."
    if not text(name):
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(default_folder),
        }
    found = _read(name, expected, lambda: _env.email_url(name))
    return {key: value for key, value in found.items() if key.startswith("EMAIL_")}


def is_test_run() -> bool:
    return "pytest" in sys.modules
