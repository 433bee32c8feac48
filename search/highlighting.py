"""The fragment under a hit: the part of its text that holds most of what was asked, with those words marked."""

from collections.abc import Collection

from django.utils.html import escape

from search.language.words import chains, tokens_of, words_of_chain

FRAGMENT_LENGTH = 220
LONGEST_TEXT = 6000
ELLIPSIS = "…"


class Highlighter:
    """Marks the words of a text that a query was found by, whatever form they have there."""

    def __init__(self, tokens: Collection[str]) -> None:
        self.tokens = tokens
        self._known: dict[str, bool] = {}

    def fragment(self, *texts: str) -> str:
        """Escaped HTML: the best stretch of the first text that has most different words of the query."""
        best_text, best_spans, best_variety = texts[0] if texts else "", [], 0
        for text in texts:
            spans = self._spans(text[:LONGEST_TEXT])
            variety = len({text[start:end].casefold() for start, end in spans})
            if variety > best_variety:
                best_text, best_spans, best_variety = text, spans, variety
        start, end = self._window(best_text, best_spans)
        return self._draw(best_text, start, end, best_spans)

    def _spans(self, text: str) -> list[tuple[int, int]]:
        if not self.tokens:
            return []
        return [match.span() for match in chains(text) if self._is_wanted(match.group())]

    def _is_wanted(self, chain: str) -> bool:
        wanted = self._known.get(chain)
        if wanted is None:
            wanted = any(token in self.tokens for word in words_of_chain(chain) for token in tokens_of(word))
            self._known[chain] = wanted
        return wanted

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
