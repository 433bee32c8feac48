"""Texts of the fixtures as the blocks of a page's body."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from markdown_it import MarkdownIt

from cms.demo.fixtures import WrongValueError

Block = tuple[str, Any]

_markdown = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, kw_only=True)
class BlockRecord:
    """One of heading, text, steps, question with answer, or callout with text."""

    heading: str = ""
    text: str = ""
    steps: list[str] | None = None
    question: str = ""
    answer: str = ""
    callout: str = ""

    @property
    def block(self) -> Block:
        if self.heading:
            return "heading", self.heading
        if self.question and self.answer:
            return "question", {"question": self.question, "answer": rich_text(self.answer)}
        if self.steps:
            return "steps", {"title": "", "steps": self.steps}
        if self.callout:
            return "callout", {"title": self.callout, "text": rich_text(self.text)}
        if self.text:
            return "text", rich_text(self.text)
        raise WrongValueError("body", "a block is neither heading, text, steps, question with answer nor callout")


def body(records: Iterable[BlockRecord]) -> list[Block]:
    return [record.block for record in records]


def rich_text(markdown: str) -> str:
    return str(_markdown.render(markdown).strip())


def bullets(items: Iterable[str]) -> Block:
    """A list of plain texts."""
    return "text", format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((item,) for item in items)))


def labelled_bullets(items: Iterable[tuple[str, str]]) -> Block:
    """A list of plain texts, each after its label."""
    return "text", format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}:</b> {}</li>", items))
