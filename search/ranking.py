"""What makes one answer better than another: the weights that every engine ranks by.

Found with the judged queries of the tests, and flat around these values: a change that matters for one query only is
not worth making.
"""

FIELD_WEIGHTS = {
    "title": 4.0,
    "names": 2.5,
    "predecessors": 4.5,
    "people": 3.0,
    "organisations": 2.0,
    "labels": 3.0,
    "summary": 1.2,
    "body": 1.0,
}
"""What a word is worth by where it stands. The best place counts, and ``TIE_BREAKER`` of each other one."""

TIE_BREAKER = 0.15

EVEN_FIELDS = frozenset({"names", "predecessors", "people", "organisations", "labels"})
"""Scored without regard to length: most things have nothing there, so what has something would seem long."""

PRESENT = 4.0
"""That a word is there at all, times how telling it is: holding more of the words beats holding one often."""

LABEL = 8.0
"""That the query says what kind of thing is asked for ("lectoraat toetsing"), times how telling that word is."""

PAIR, PAIR_PRESENT = 1.0, 0.5
"""Two words of the query side by side, by where they stand and for being there at all."""

SUBJECT = 2.5
"""About the subject that is meant, times how telling the words are that mean it."""

WHOLE_NAME = 15.0
"""The query is the title or another name."""

ACTIVE_BEFORE_ENDED = 6.0

PROMOTED = 1_000.0
"""Brought up by an editor for this query: more than all else together, and more for each earlier place."""

NAME_SO_FAR = 10.0
"""What is typed is how the whole name begins, or all of it."""

SHARED_SUBJECT = 8.0
"""Of related things: about the same subject."""
