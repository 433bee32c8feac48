"""Why something is found, or is not."""

import pytest

from search.explaining import Way
from search.queries import SearchQuery


def test_an_explanation_tells_the_place_and_the_words(engine):
    told = engine.explain(SearchQuery(text="toetsbekwaamheid netwerk"), "netwerk-11")

    assert (told.is_found, told.place) == (True, 1)
    assert [(match.typed, match.field) for match in told.matches] == [
        ("toetsbekwaamheid", "title"),
        ("netwerk", "title"),
    ]
    assert engine.explain(SearchQuery(text="netwerk"), "netwerk-404") is None


def test_an_explanation_tells_why_something_is_not_found(engine):
    other = engine.explain(SearchQuery(text="toetsbekwaamheid"), "netwerk-12")
    ended = engine.explain(SearchQuery(text="RAP Groningen"), "samenwerkingsverband-19")

    assert (other.is_found, other.place, other.held) == (False, None, 0)
    assert other.needed > 0
    assert (ended.is_found, ended.is_other_status) == (False, True)


@pytest.mark.parametrize(
    ("text", "document_id", "way"),
    [
        ("toetsen", "netwerk-11", Way.EXACT),
        ("besturen", "netwerk-12", Way.EXACT),
        ("lectoraten", "onderzoeksgroep-16", Way.FORM),
        ("praktijk", "bron-15", Way.PART),
        ("logistek", "bron-15", Way.CORRECTED),
        ("lwot", "netwerk-13", Way.SUBJECT),
    ],
)
def test_an_explanation_tells_in_what_form_a_word_was_found(dutch, text, document_id, way):
    told = dutch.explain(SearchQuery(text=text), document_id)

    assert told.is_found
    assert told.matches[0].how == way
