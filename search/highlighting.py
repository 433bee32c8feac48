"""The fragment under a hit: the part of its text that holds most of what was asked, with those words marked."""

from html import escape

from search.language.words import CHAIN, chains, tokens_of_chain

FRAGMENT_LENGTH = 220
LONGEST_TEXT = 4000
ELLIPSIS = "…"


def variety(words: set[str]) -> int:
    """How many of these are different words, whatever their case."""
    return len({word.casefold() for word in words})


class Highlighter:
    """Marks the words of a text that a query was found by, whatever form they have there."""

    def __init__(self, tokens: frozenset[str], enough: int = 2) -> None:
        self.tokens = tokens
        self.enough = enough
        """With so many different words marked a summary is good enough not to look further."""

        self._known: dict[str, bool] = {}

    def fragment(self, summary: str, body: str) -> str:
        """Escaped HTML: the summary, or the stretch of the body that has more of what was asked."""
        text, wanted = summary, self._wanted(summary)
        if variety(wanted) < self.enough:
            in_body = self._wanted(body[:LONGEST_TEXT])
            if variety(in_body) > variety(wanted):
                text, wanted = body, in_body
        found = chains(text[:LONGEST_TEXT]) if wanted else ()
        spans = [match.span() for match in found if match.group() in wanted]
        start, end = self._window(text, spans)
        return self._draw(text, start, end, spans)

    def _wanted(self, text: str) -> set[str]:
        """What is to be marked of this text; most texts hold nothing of it, and only the rest is gone through again."""
        if not self.tokens:
            return set()
        known = self._known
        there = set(CHAIN.findall(text))
        for chain in there - known.keys():
            known[chain] = not self.tokens.isdisjoint(tokens_of_chain(chain))
        return {chain for chain in there if known[chain]}

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
