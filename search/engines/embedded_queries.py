"""A query plan and its filters as tantivy queries. Built from terms only: visitors' text is never parsed as a query."""

from collections.abc import Callable, Iterable, Sequence

import tantivy
from tantivy import Occur, Query

from cms.categories import Kind
from search.documents import Facet, Status
from search.language.words import PART, STEM, is_everyday
from search.planning import EVERYDAY, SAME_STEM, PlannedWord, QueryPlan
from search.queries import SearchQuery, StatusChoice
from search.ranking import (
    ACTIVE_BEFORE_ENDED,
    EVEN_FIELDS,
    FIELD_WEIGHTS,
    LABEL,
    PAIR,
    PAIR_PRESENT,
    PRESENT,
    SUBJECT,
    TIE_BREAKER,
    WHOLE_NAME,
)

FACET_FIELDS = {
    Facet.CATEGORY: "category",
    Facet.SUBJECT: "subjects",
    Facet.SECTOR: "sectors",
    Facet.REGION: "regions",
    Facet.KIND: "kind",
}

Frequency = Callable[[str, str], int]


class QueryBuilder:
    """Translates for one index; ``frequency(field, token)`` leaves out what is nowhere."""

    def __init__(self, schema: tantivy.Schema, frequency: Frequency, rarity: Callable[[int], float]) -> None:
        self.schema = schema
        self.frequency = frequency
        self.rarity = rarity

    def term(self, field: str, value: str) -> Query:
        return Query.term_query(self.schema, field, value, "basic" if field == "all" else "freq")

    def any_of(self, field: str, values: Iterable[str]) -> Query:
        return Query.boolean_query([(Occur.Should, Query.term_query(self.schema, field, v, "basic")) for v in values])

    def filters(self, query: SearchQuery, without: Facet | None = None) -> list[Query]:
        """One query per facet that narrows, and the status."""
        found = [
            self.any_of(FACET_FIELDS[facet], query.chosen(facet))
            for facet in Facet
            if facet != without and query.chosen(facet)
        ]
        if query.status != StatusChoice.ALL:
            found.append(self.any_of("status", [str(query.status)]))
        return found

    def matching(self, plan: QueryPlan, filters: Sequence[Query]) -> Query:
        """What belongs to the answer, without order."""
        parts = [*filters, *([self.gate(plan)] if not plan.is_empty else [])]
        if not parts:
            return Query.all_query()
        return Query.boolean_query([(Occur.Must, Query.const_score_query(part, 0.0)) for part in parts])

    def ranked(self, plan: QueryPlan, matching: Query, status: StatusChoice) -> Query:
        """What belongs to the answer, scored."""
        scores = [
            *self.word_scores(plan),
            *self.label_scores(plan),
            *self.pair_scores(plan),
            *self.subject_scores(plan),
        ]
        if plan.name_key:
            scores.append(Query.const_score_query(self.any_of("key", [plan.name_key]), WHOLE_NAME))
        if status == StatusChoice.ALL:
            scores.append(Query.const_score_query(self.any_of("status", [Status.ACTIVE]), ACTIVE_BEFORE_ENDED))
        return Query.boolean_query([(Occur.Must, matching), *((Occur.Should, score) for score in scores)])

    def gate(self, plan: QueryPlan) -> Query:
        """Documents that hold enough of the query.

        tantivy counts clauses and not weights, so a telling word is there as often as it has steps.
        """
        clauses: list[tuple[Occur, Query]] = []
        for position, steps in enumerate(plan.steps):
            if found := self.holds(plan.words[position], plan.subjects_of(position)):
                clauses += [(Occur.Should, found)] * steps
        if not clauses:
            return Query.empty_query()
        enough = Query.boolean_query(clauses, minimum_number_should_match=plan.needed_steps)
        if subjects := [(Occur.Should, self.term("subjects", slug)) for slug in plan.sufficient_subjects]:
            enough = Query.boolean_query([(Occur.Should, enough), *subjects])
        return Query.boolean_query([(Occur.Must, enough), *map(self.not_this_subject, plan.ruled_out)])

    def not_this_subject(self, slug: str) -> tuple[Occur, Query]:
        """Leaves out the document of a subject, not the things about it."""
        itself = [(Occur.Must, self.term("kind", Kind.SUBJECT)), (Occur.Must, self.term("subjects", slug))]
        return Occur.MustNot, Query.boolean_query(itself)

    def holds(self, word: PlannedWord, subjects: Sequence[str]) -> Query | None:
        """Documents that hold this word in some form, or are about the subject it means."""
        ways = [self.term("all", token) for token, _ in word.tokens if self.frequency("all", token)]
        ways += [self.term("subjects", slug) for slug in subjects]
        if word.all_of:
            ways.append(
                Query.boolean_query([(Occur.Must, self.any_of("all", [STEM + p, PART + p])) for p in word.all_of])
            )
        if not ways:
            return None
        return Query.const_score_query(Query.boolean_query([(Occur.Should, way) for way in ways]), 0.0)

    def best_field(self, tokens: Iterable[tuple[str, float]], factor: float = 1.0) -> Iterable[Query]:
        """At most one query: the best place where one of the tokens stands, and a little for the others."""
        ways = []
        for token, strength in tokens:
            rarity = self.rarity(self.frequency("all", token))
            for field, weight in FIELD_WEIGHTS.items():
                if frequency := self.frequency(field, token):
                    found, score = self.term(field, token), weight * strength * factor * rarity
                    if field in EVEN_FIELDS:
                        ways.append(Query.const_score_query(found, score))
                    else:
                        ways.append(Query.boost_query(found, score / self.rarity(frequency)))
        if ways:
            yield Query.disjunction_max_query(ways, TIE_BREAKER)

    def word_scores(self, plan: QueryPlan) -> Iterable[Query]:
        for position, word in enumerate(plan.words):
            factor = EVERYDAY if len(plan.words) > 1 and is_everyday(word.word.exact) else 1.0
            yield from self.best_field(word.tokens, factor)
            if found := self.holds(word, plan.subjects_of(position)):
                yield Query.const_score_query(found, PRESENT * word.weight)

    def label_scores(self, plan: QueryPlan) -> Iterable[Query]:
        """Of what holds other words of the query: what one word says it is, as in "lectoraat toetsing"."""
        if plan.is_sentence:
            return
        for position, word in enumerate(plan.words):
            labels = [t for t, strength in word.tokens if strength >= SAME_STEM and self.frequency("labels", t)]
            if not labels:
                continue
            held = (self.holds(w, plan.subjects_of(at)) for at, w in enumerate(plan.words) if at != position)
            if others := [found for found in held if found]:
                both = [self.any_of("labels", labels), Query.boolean_query([(Occur.Should, found) for found in others])]
                asked = Query.boolean_query([(Occur.Must, part) for part in both])
                yield Query.const_score_query(asked, LABEL * word.weight)

    def pair_scores(self, plan: QueryPlan) -> Iterable[Query]:
        for pair in plan.pairs:
            yield from self.best_field([(pair.token, pair.strength)], PAIR)
            together = PAIR_PRESENT * pair.strength * self.rarity(self.frequency("all", pair.token))
            yield Query.const_score_query(self.term("all", pair.token), together)
        yield from self.best_field([(name.token, name.strength) for name in plan.other_names])

    def subject_scores(self, plan: QueryPlan) -> Iterable[Query]:
        for match in plan.subjects:
            weight = sum(plan.words[position].weight for position in match.positions)
            score = SUBJECT * match.strength * weight
            yield Query.const_score_query(self.term("subjects", match.slug), score)
