"""The one stylesheet that pages load, put together from the stylesheets of the components.

A page then asks for a single file, while every component keeps a stylesheet of its own. Cascade layers decide
which rule wins, so the order of the parts is only alphabetical.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage

PARTS = Path(__file__).parent / "static" / "css"
NAME = "css/site.css"


def stylesheet() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(PARTS.rglob("*.css")))


class StylesheetFinder(BaseFinder):
    """Offers ``css/site.css`` to runserver, WhiteNoise and collectstatic."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.DATA_DIR / "stylesheet")

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path != NAME:
            return []
        found = str(self._write())
        return [found] if find_all else found

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, FileSystemStorage]]:
        self._write()
        yield NAME, self.storage

    def _write(self) -> Path:
        """Write the file when a part changed; another process may be reading it, so it is swapped in whole."""
        target = Path(self.storage.path(NAME))
        css = stylesheet()
        if not target.exists() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(f".{os.getpid()}")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(target)
        return target
