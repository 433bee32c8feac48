"""What people write in the forum, made into HTML that is safe to print: Markdown first, then an allow list of tags.

Rendering happens once, when a post is saved. Raise ``VERSION`` with every change here and run
``manage.py render_posts``: it renders again what an older version made.
"""

import html
import re
import unicodedata

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

VERSION = 1
LONGEST_TEXT = 20_000  # characters; the slowest hostile text of this length takes half a second
MOST_BARE_LINKS = 100  # looking for addresses takes quadratic time when a text is nothing but "https://"
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
LINK_ELSEWHERE = re.compile(r'<a (?!href="/forum/)')  # a quotation links to the post that it is from
TOP_HEADING = 4  # a post stands under an h3 of ours

_cleaner = nh3.Cleaner(
    tags={"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h4", "h5", "h6"},
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
)
_stripper = nh3.Cleaner(tags=set())


def _keep_headings_in_order(state: StateCore) -> None:
    """Let the writer's headings start at h4 and go down one level at a time, whatever was typed."""
    typed_above: list[int] = []
    for token in state.tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            while typed_above and typed_above[-1] >= typed:
                typed_above.pop()
            typed_above.append(typed)
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(TOP_HEADING + len(typed_above) - 1, 6)}"


def _markdown(*, links: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": links, "maxNesting": 20})
    parser.disable("image")  # pictures from elsewhere would follow the reader
    if parser.linkify and links:
        parser.enable("linkify")
        parser.linkify.set({"fuzzy_link": False, "fuzzy_email": False})  # only what is typed as an address
    parser.core.ruler.push("heading_order", _keep_headings_in_order)
    return parser


_with_links, _without_links = _markdown(links=True), _markdown(links=False)


def render(text: str) -> str:
    parser = _with_links if text.count("://") <= MOST_BARE_LINKS else _without_links
    return _cleaner.clean(parser.render(text)).strip()


def number_of_links(text: str) -> int:
    """How many addresses elsewhere somebody typed, whether or not they became links."""
    return max(len(ADDRESS.findall(text)), len(LINK_ELSEWHERE.findall(render(text))))


def plain(rendered: str) -> str:
    """The words of rendered text on one line, without any markup; escape it like other text when printing."""
    return " ".join(html.unescape(_stripper.clean(rendered)).split())


def excerpt(rendered: str, length: int = 240) -> str:
    """The first ``length`` characters of rendered text, cut between words."""
    words = plain(rendered)
    if len(words) <= length:
        return words
    return words[:length].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


STEERING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # turns the direction of what follows


def without_controls(text: str) -> str:
    """Typed text without what steers a screen or a feed; a NUL stays, for the form to refuse."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        char
        for char in text
        if char in "\n\t\x00" or (unicodedata.category(char) not in {"Cc", "Cs"} and char not in STEERING)
    )
