"""What engines that know Dutch do alike with what they found."""

from search.documents import SearchDocument
from search.highlighting import Highlighter
from search.language.words import name_key
from search.planning import QueryPlan
from search.queries import SearchQuery, Sort
from search.results import Hit


def order_of(query: SearchQuery) -> Sort:
    """Without text nothing is more relevant than another: then the newest come first."""
    return query.sort if query.text.strip() or query.sort == Sort.TITLE else Sort.NEWEST


def marker_of(plan: QueryPlan) -> Highlighter:
    return Highlighter(plan.marked_tokens(), enough=min(2, len(plan.words)))


def hit_on(document: SearchDocument, plan: QueryPlan, marker: Highlighter, query: SearchQuery) -> Hit:
    formerly = next((n for n in document.predecessor_names if plan.name_key and name_key(n) == plan.name_key), "")
    return Hit.of(
        document,
        fragment=marker.fragment(document.summary, document.body),
        formerly=formerly,
        is_promoted=document.id in query.promoted,
    )
