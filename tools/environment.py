"""Make the project's Python environment in .venv and keep it equal to a lock file.

``python3 tools/environment.py production`` (or ``development``) installs requirements/<name>.txt, and does
nothing at all when that was done before and the lock file is still the same.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this file is what an older Python starts with
    sys.exit(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. Try: make PYTHON=python3.12 ...")

import hashlib
import subprocess
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
# The development lock holds the production one, pin by pin.
INCLUDED = {"production": ["production"], "development": ["development", "production"]}


def ensure(name: str) -> None:
    """Install the lock file ``name``; ends the program with one line when the machine cannot."""
    if PYTHON.exists() and _installed(name) == _locked(name):
        return
    if not _works():
        _create()
    print(f"Installing requirements/{name}.txt in .venv, which takes some minutes ...", flush=True)
    install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    if subprocess.run([PYTHON, *install, "--requirement", _lock_file(name)], check=False).returncode:
        sys.exit(f"Installing requirements/{name}.txt failed; the lines above say why.")
    for included in INCLUDED[name]:
        _stamp(included).write_text(_locked(included), encoding="utf-8")


def _works() -> bool:
    """Whether .venv has a Python with pip; an upgrade of the system's Python or a half-made .venv has not."""
    return PYTHON.exists() and not subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode


def _create() -> None:
    try:
        venv.create(ENVIRONMENT, clear=True, symlinks=True, with_pip=True)
    except (subprocess.CalledProcessError, ImportError):
        sys.exit("This Python cannot make a virtual environment; on Debian or Ubuntu: apt install python3-venv")


def _lock_file(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _locked(name: str) -> str:
    return hashlib.sha256(_lock_file(name).read_bytes()).hexdigest()


def _stamp(name: str) -> Path:
    return ENVIRONMENT / f"{name}.sha256"


def _installed(name: str) -> str:
    return _stamp(name).read_text(encoding="utf-8") if _stamp(name).exists() else ""


if __name__ == "__main__":
    ensure(sys.argv[1])
