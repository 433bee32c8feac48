"""Rules about templates and lock files that no linter from outside knows."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.prepare import ROOMS, ROOT


class Rule(NamedTuple):
    pattern: re.Pattern[str]
    explanation: str


def rule(pattern: str, explanation: str) -> Rule:
    return Rule(re.compile(pattern, re.IGNORECASE | re.DOTALL), explanation)


TEMPLATE_RULES = [
    rule(
        r"\{[{%](?:(?![%}]\}).)*?\b(?:post|topic|forum|forum_profile|profile|obj)\.(?:content|signature|description)\s*\|",
        "a filter over machina's text prints raw HTML: use .rendered, or an excerpt made in Python",
    ),
    rule(r"<[^>]*\sstyle\s*=", "the Content Security Policy refuses inline style: use a class"),
    rule(r"<style\b", "the Content Security Policy refuses inline style: use a stylesheet"),
    rule(r"<script\b(?![^>]*\ssrc\s*=)", "the Content Security Policy refuses inline script: use a file"),
    rule(r"<[^>]*\son[a-z]+\s*=", "the Content Security Policy refuses inline handlers: use a file"),
    rule(r"""=\s*["']?\s*javascript:""", "the Content Security Policy refuses javascript: addresses"),
    rule(
        r"<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\ssrc(?:set)?\s*=\s*[\"']?(?:https?:)?//",
        "nothing on a page may come from another host",
    ),
    rule(
        r"<link\b(?![^>]*canonical)[^>]*\shref\s*=\s*[\"']?(?:https?:)?//",
        "nothing on a page may come from another host",
    ),
]
PYTHON_RULES = [
    rule(
        r"format_html\([^)]*\b(?:post|topic|forum|profile)\w*\.(?:content|signature|description)\b(?!\.rendered)",
        "format_html prints machina's text as raw HTML: use .rendered",
    ),
]
LOCK_RULES = [rule(r"://|^--", "a lock file holds versions and hashes, no address of a registry")]


def faults(path: Path, rules: list[Rule]) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    for pattern, explanation in rules:
        for found in pattern.finditer(text):
            line = text.count("\n", 0, found.end()) + 1
            yield f"{path.relative_to(ROOT)}:{line}: {explanation}"


def all_faults() -> Iterator[str]:
    rooms = [ROOT / room for room in ROOMS]
    for folder in (ROOT / "templates", *rooms):
        for path in sorted(folder.rglob("*.html")):
            yield from faults(path, TEMPLATE_RULES)
    for folder in rooms:
        for path in sorted(folder.rglob("*.py")):
            yield from faults(path, PYTHON_RULES)
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        yield from faults(path, LOCK_RULES)


if __name__ == "__main__":
    found = list(all_faults())
    print("\n".join(found) or "No faults in templates and lock files.")
    sys.exit(bool(found))
