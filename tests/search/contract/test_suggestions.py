"""What is offered while somebody types, and beside a thing that is read."""

import pytest

from tests.search.documents import a_document


@pytest.mark.parametrize("text", ["toetsb", "netwerk t", "Toetsbekwaamheid H(B)O", "po-r", "porA"])
def test_suggestions_begin_like_what_is_typed(engine, text):
    wanted = "PO-Raad" if text.lower().startswith("po") else "Netwerk Toetsbekwaamheid h(b)o"

    assert wanted in [suggestion.title for suggestion in engine.suggest(text)]


def test_suggestions_hold_no_ended_things_and_no_more_than_asked(own_engine):
    own_engine.index(a_document(1000 + n, title=f"RAP {n}") for n in range(20))

    found = own_engine.suggest("rap", limit=5)

    assert len(found) == 5
    assert "RAP Groningen" not in [suggestion.title for suggestion in own_engine.suggest("rap", limit=50)]


def test_nothing_typed_suggests_nothing(engine):
    assert list(engine.suggest("")) == list(engine.suggest("  ")) == []


def test_related_things_share_subjects(engine):
    found = [suggestion.title for suggestion in engine.more_like("forumonderwerp-14")]

    assert "Zes praktijkcasussen" in found
    assert "Roosteren met vier startmomenten" not in found
    assert "Onderwijslogistiek" not in found
    assert list(engine.more_like("netwerk-404")) == []
