"""What editors put above the answers to a question, in the screens of wagtail.contrib.search_promotions."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from wagtail.contrib.search_promotions.models import SearchPromotion

from cms.memory import remembered
from search.documents import document_id
from search.queries import normalised
from search.sources import BY_MODEL

SCHEMES = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class PromotedLink:
    """A page of another site."""

    title: str
    url: str
    description: str


@dataclass(frozen=True, slots=True)
class Promoted:
    """What editors recommend to who asks one thing."""

    ids: tuple[str, ...] = ()
    """Documents, in the order of the editors; some may not be findable now."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    """What editors say about each of them, by id; may be empty."""

    links: tuple[PromotedLink, ...] = ()


NOTHING = Promoted()


def promoted_for(text: str) -> Promoted:
    return _by_text().get(normalised(text), NOTHING)


@remembered
def _by_text() -> Mapping[str, Promoted]:
    """All there is, read as a whole: editors recommend little, and visitors ask anything."""
    pages: dict[str, dict[str, str]] = defaultdict(dict)
    links: dict[str, list[PromotedLink]] = defaultdict(list)
    for promotion in SearchPromotion.objects.select_related("query", "page"):
        text = normalised(promotion.query.query_string)
        if promotion.page:
            source = BY_MODEL.get(promotion.page.specific_class)
            if source:
                pages[text].setdefault(document_id(source.kind, promotion.page_id), promotion.description)
        elif promotion.external_link_url.startswith(SCHEMES):
            title = promotion.external_link_text or promotion.external_link_url
            links[text].append(PromotedLink(title, promotion.external_link_url, promotion.description))
    return {text: Promoted(tuple(pages[text]), pages[text], tuple(links[text])) for text in pages.keys() | links.keys()}
