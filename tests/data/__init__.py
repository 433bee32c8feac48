"""Data that tests read; where each file comes from is in the README.md beside it."""

import json
from pathlib import Path
from typing import Any

HOSTILE = Path(__file__).parent / "hostile"


def lines_of(name: str) -> list[Any]:
    """The values of a file in hostile/ that holds one JSON value a line."""
    return [json.loads(line) for line in (HOSTILE / name).read_text(encoding="utf-8").splitlines()]


def entries_of(name: str) -> list[dict[str, Any]]:
    """The entries of a JSON file in hostile/."""
    entries: list[dict[str, Any]] = json.loads((HOSTILE / name).read_text(encoding="utf-8"))
    return entries
