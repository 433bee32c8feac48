"""Clauses as queries of Elasticsearch, in the JSON that it reads.

Plain dictionaries, not the query objects of ``elasticsearch.dsl``: a search holds hundreds of clauses, and making as
many objects first takes longer than all the rest that this process does for it.
"""

from collections.abc import Iterable
from functools import singledispatch
from typing import Any

from search.engines.clauses import AllOf, AnyOf, BestPlace, Clause, Ranked, SomeOf, Worth
from search.ranking import FIELD_WEIGHTS, TIE_BREAKER

PLACES = [f"{field}^{weight}" for field, weight in FIELD_WEIGHTS.items()]

Query = dict[str, Any]


@singledispatch
def query_for(clause: Clause) -> Query:
    raise TypeError(f"not a clause: {clause!r}")


@query_for.register
def _(clause: AnyOf) -> Query:
    return {"terms": {clause.field: clause.values}}


@query_for.register
def _(clause: AllOf) -> Query:
    return {"bool": {"filter": queries_for(clause.parts), "must_not": queries_for(clause.none_of)}}


@query_for.register
def _(clause: SomeOf) -> Query:
    if not clause.parts:
        return {"match_none": {}}
    return {"bool": {"should": queries_for(clause.parts), "minimum_should_match": clause.at_least}}


@query_for.register
def _(clause: Worth) -> Query:
    return {"constant_score": {"filter": query_for(clause.clause), "boost": clause.score}}


@query_for.register
def _(clause: BestPlace) -> Query:
    """As terms across fields: how rare a token is then counts over the whole document, not per field."""
    across = {"type": "cross_fields", "fields": PLACES, "tie_breaker": TIE_BREAKER}
    ways = [
        {"multi_match": {"query": token, "boost": strength * clause.factor, **across}}
        for token, strength in clause.tokens
    ]
    return {"dis_max": {"queries": ways, "tie_breaker": TIE_BREAKER}}


@query_for.register
def _(clause: Ranked) -> Query:
    return {"bool": {"filter": [query_for(clause.matching)], "should": queries_for(clause.scores)}}


def queries_for(clauses: Iterable[Clause]) -> list[Query]:
    return [query_for(clause) for clause in clauses]
