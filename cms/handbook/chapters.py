"""The handbooks of editors and representatives: short chapters in Markdown, one task each.

Their pictures are of the site itself: ``python -m tools.handbook_pictures`` makes them again after a page changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from PIL import Image

FOLDER = Path(__file__).parent
PICTURES = FOLDER.parent / "static" / "handbook"


class Handbook(StrEnum):
    """A handbook, by the folder of its chapters; a file begins with its number, and its first line is the title."""

    EDITORS = "editors"
    REPRESENTATIVES = "representatives"


@dataclass(frozen=True, slots=True)
class Chapter:
    slug: str
    title: str
    content: SafeString


@cache
def chapters(handbook: Handbook) -> tuple[Chapter, ...]:
    """In the order in which one needs them."""
    return tuple(_chapter(path) for path in sorted((FOLDER / handbook).glob("*.md")))


def _chapter(path: Path) -> Chapter:
    title, _, text = path.read_text(encoding="utf-8").partition("\n")
    slug = path.stem.partition("-")[2]
    content = mark_safe(_markdown.render(text))  # noqa: S308 - our own text, and HTML in it is escaped
    return Chapter(slug, title.removeprefix("# ").strip(), content)


def _picture(tokens: Sequence[Any], index: int, options: Any, env: Any) -> str:
    """With its size, so that the text stays where it is while the picture comes."""
    name, alt = tokens[index].attrs["src"], tokens[index].content
    with Image.open(PICTURES / name) as image:
        width, height = image.size
    return format_html(
        '<img src="{}" alt="{}" width="{}" height="{}" loading="lazy">', static(f"handbook/{name}"), alt, width, height
    )


_markdown = MarkdownIt("commonmark", {"html": False})
_markdown.renderer.rules["image"] = _picture  # type: ignore[attr-defined]
