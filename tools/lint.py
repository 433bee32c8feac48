"""Check how the code is written, without running it; every check runs, also after one that failed."""

import os
import secrets
import subprocess
import sys
import tempfile

from tools.prepare import ROOT

PUBLIC_SITE = {"ALLOWED_HOSTS": "www.example.org", "SITE_URL": "https://www.example.org"}
CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "style": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy"],
    "templates": ["-m", "djlint", "--lint", "--quiet", "templates"],
    "templates, own rules": ["-m", "tools.lint_templates"],
    "layers": ["-c", "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["manage.py", "check", "--deploy", "--fail-level=WARNING", "--settings=cms.settings.production"],
}


def main() -> None:
    with tempfile.TemporaryDirectory() as data:
        environment = {**os.environ, **PUBLIC_SITE, "SECRET_KEY": secrets.token_urlsafe(64), "DATA_DIR": data}
        failed = [name for name, command in CHECKS.items() if not passes(name, command, environment)]
    if failed:
        sys.exit(f"Failed: {'; '.join(failed)}")
    print("All checks passed.")


def passes(name: str, command: list[str], environment: dict[str, str]) -> bool:
    print(f"-- {name}", flush=True)
    return not subprocess.run([sys.executable, *command], cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    main()
