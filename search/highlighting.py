"""The fragment under a hit: the part of its text that holds most of what was asked, with those words marked."""

from html import escape

from search.language.words import chains, tokens_of_chain

FRAGMENT_LENGTH = 220
LONGEST_TEXT = 4000
ELLIPSIS = "…"


def variety(text: str, spans: list[tuple[int, int]]) -> int:
    """How many different words are marked."""
    return len({text[start:end].casefold() for start, end in spans})


class Highlighter:
    """Marks the words of a text that a query was found by, whatever form they have there."""

    def __init__(self, tokens: frozenset[str], enough: int = 2) -> None:
        self.tokens = tokens
        self.enough = enough
        """With so many different words marked a summary is good enough not to look further."""

        self._known: dict[str, bool] = {}

    def fragment(self, summary: str, body: str) -> str:
        """Escaped HTML: the summary, or the stretch of the body that has more of what was asked."""
        text, spans = summary, self._spans(summary)
        found = variety(text, spans)
        if found < self.enough:
            in_body = self._spans(body[:LONGEST_TEXT])
            if variety(body, in_body) > found:
                text, spans = body, in_body
        start, end = self._window(text, spans)
        return self._draw(text, start, end, spans)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if not self.tokens:
            return []
        known, spans = self._known, []
        for match in chains(text):
            chain = match.group()
            wanted = known.get(chain)
            if wanted is None:
                wanted = known[chain] = not self.tokens.isdisjoint(tokens_of_chain(chain))
            if wanted:
                spans.append(match.span())
        return spans

    @staticmethod
    def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
        """Where to cut: the stretch with most marks, begun at the start of a sentence or word."""
        if len(text) <= FRAGMENT_LENGTH:
            return 0, len(text)
        first = max(
            (start for start, _ in spans),
            key=lambda start: sum(start <= other < start + FRAGMENT_LENGTH - 40 for other, _ in spans),
            default=0,
        )
        if first < FRAGMENT_LENGTH // 2:
            start = 0
        else:
            sentence = max(text.rfind(mark, first - 80, first) for mark in (". ", "? ", "! ", "\n"))
            start = sentence + 1 if sentence >= 0 else text.rfind(" ", first - 60, first) + 1
        end = start + FRAGMENT_LENGTH
        if end < len(text):
            space = text.rfind(" ", start, end)
            end = space if space > start else end
        return start, min(end, len(text))

    @staticmethod
    def _draw(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
        pieces, place = [], start
        for first, last in spans:
            if first >= place and last <= end:
                pieces += [escape(text[place:first]), "<mark>", escape(text[first:last]), "</mark>"]
                place = last
        pieces.append(escape(text[place:end]))
        body = " ".join("".join(pieces).split())
        return f"{ELLIPSIS if start else ''}{body}{ELLIPSIS if end < len(text) else ''}"
