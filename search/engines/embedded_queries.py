"""Clauses as tantivy queries."""

from collections.abc import Callable, Iterable, Iterator
from functools import singledispatchmethod

import tantivy
from tantivy import Occur, Query

from search.engines.clauses import AllOf, AnyOf, BestPlace, Clause, Ranked, SomeOf, Worth
from search.ranking import EVEN_FIELDS, FIELD_WEIGHTS, TIE_BREAKER

Frequency = Callable[[str, str], int]


class QueryBuilder:
    """Translates for one index; ``frequency(field, token)`` leaves out what is nowhere."""

    def __init__(self, schema: tantivy.Schema, frequency: Frequency, rarity: Callable[[int], float]) -> None:
        self.schema = schema
        self.frequency = frequency
        self.rarity = rarity

    @singledispatchmethod
    def query(self, clause: Clause) -> Query:
        raise TypeError(f"not a clause: {clause!r}")

    @query.register
    def _(self, clause: AnyOf) -> Query:
        values = [value for value in clause.values if self.frequency(clause.field, value)]
        return self._some(Query.term_query(self.schema, clause.field, value, "basic") for value in values)

    @query.register
    def _(self, clause: AllOf) -> Query:
        parts = [(Occur.Must, Query.const_score_query(self.query(part), 0.0)) for part in clause.parts]
        if not clause.none_of:
            return Query.boolean_query(parts) if parts else Query.all_query()
        found = parts or [(Occur.Must, Query.all_query())]
        return Query.boolean_query([*found, *((Occur.MustNot, self.query(part)) for part in clause.none_of)])

    @query.register
    def _(self, clause: SomeOf) -> Query:
        return self._some(map(self.query, clause.parts), clause.at_least)

    @query.register
    def _(self, clause: Worth) -> Query:
        return Query.const_score_query(self.query(clause.clause), clause.score)

    @query.register
    def _(self, clause: BestPlace) -> Query:
        ways = [way for token, strength in clause.tokens for way in self._places(token, strength * clause.factor)]
        return Query.disjunction_max_query(ways, TIE_BREAKER) if ways else Query.empty_query()

    @query.register
    def _(self, clause: Ranked) -> Query:
        matching = Query.const_score_query(self.query(clause.matching), 0.0)
        return Query.boolean_query(
            [(Occur.Must, matching), *((Occur.Should, self.query(score)) for score in clause.scores)]
        )

    @staticmethod
    def _some(parts: Iterable[Query], at_least: int = 1) -> Query:
        found = [(Occur.Should, part) for part in parts]
        if not found:
            return Query.empty_query()
        return Query.boolean_query(found, minimum_number_should_match=at_least if at_least > 1 else None)

    def _places(self, token: str, worth: float) -> Iterator[Query]:
        """The token in each field where it stands. How rare it is counts over the whole document, not per field."""
        rarity = self.rarity(self.frequency("all", token))
        for field, weight in FIELD_WEIGHTS.items():
            if frequency := self.frequency(field, token):
                found, score = Query.term_query(self.schema, field, token, "freq"), weight * worth * rarity
                if field in EVEN_FIELDS:
                    yield Query.const_score_query(found, score)
                else:
                    yield Query.boost_query(found, score / self.rarity(frequency))
