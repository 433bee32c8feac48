"""Bring the folder of data in line with the code: tables, demo content, search index and static files.

That is done once, and again after the code changed; any other start finds its mark and goes straight to serving.
All state of an embedded site lies in DATA_DIR.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cms", "pages", "forum_integration", "search")


# Loading the platform takes longer than most commands, so they run in one process.
RUN_ALL = """
import sys
from django.core.management import execute_from_command_line
for command in sys.argv[1:]:
    execute_from_command_line(["manage.py", *command.split(), "--verbosity=0"])
"""


def prepare() -> Path:
    """Make DATA_DIR ready to serve the demo from, and give it."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "cms.settings.dev", "DEMO": "1"}
    data = Path(os.environ.setdefault("DATA_DIR", str(ROOT / "var"))).resolve()
    data.mkdir(parents=True, exist_ok=True)
    mark, code = data / "prepared", fingerprint()
    has_content = mark.exists() and has_database(data)
    if has_content and is_complete(data) and mark.read_text(encoding="utf-8") == code:
        return data
    print("Preparing the database, the content, the search index and the static files ...", flush=True)
    shutil.rmtree(data / "static", ignore_errors=True)
    manage("migrate", "rebuild_search", *([] if has_content else ["load_demo"]), "collectstatic --no-input")
    mark.write_text(code, encoding="utf-8")
    return data


def is_complete(data: Path) -> bool:
    return (data / "search").exists() and (data / "static").exists()


def has_database(data: Path) -> bool:
    return "DATABASE_URL" in os.environ or (data / "db.sqlite3").exists()


def fingerprint(folders: Iterable[str] = ROOMS, *, without: Collection[str] = ()) -> str:
    """Stands for the code, the packages and the database in use; differs as soon as one of them does.

    ``without`` names files and folders, without their suffix, that do not count.
    """
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    for path in sorted(path for folder in folders for path in (ROOT / folder).rglob("*")):
        name = path.relative_to(ROOT)
        if path.is_file() and path.suffix != ".pyc" and not {*name.parts, name.stem} & {*without}:
            digest.update(f"{name} {path.stat().st_size} ".encode())
            digest.update(path.read_bytes())
    digest.update((ROOT / "requirements" / "production.txt").read_bytes())
    return digest.hexdigest()


def manage(*commands: str) -> None:
    if subprocess.run([sys.executable, "-c", RUN_ALL, *commands], cwd=ROOT).returncode:
        sys.exit("Preparing failed; the lines above say why.")


if __name__ == "__main__":
    prepare()
