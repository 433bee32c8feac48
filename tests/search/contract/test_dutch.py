"""Forms, compounds, typing errors and other names."""

import pytest

from tests.search.contract import find, titles
from tests.search.documents import a_document, a_subject


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("toetsing", "Leerwegonafhankelijke toetsing"),
        ("lectoraten", "Digitale Didactiek"),
        ("startmoment", "Roosteren met vier startmomenten"),
        ("praktijkcasus", "Zes praktijkcasussen"),
        ("bestuur", "PO-Raad"),
    ],
)
def test_other_forms_of_a_word_find_it(dutch, text, title):
    assert title in titles(find(dutch, text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("logistiek van het onderwijs", "Onderwijslogistiek"),
        ("onderwijs logistiek", "Onderwijslogistiek"),
        ("casussen uit de praktijk", "Zes praktijkcasussen"),
        ("docent ontwerp team", "Docentontwerpteams"),
        ("tekort aan leraren", "Onderwijsregio Noord"),
        ("start momenten", "Roosteren met vier startmomenten"),
        ("blendedlearning", "Blended learning"),
    ],
)
def test_one_word_is_found_typed_as_several_and_the_other_way_round(dutch, text, title):
    assert titles(find(dutch, text))[0] == title


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("onderwijslogestiek", "onderwijslogistiek"),
        ("toetsbekwaamhied", "toetsbekwaamheid"),
        ("praktijkcassusen", "praktijkcasussen"),
        ("didaktiek", "didactiek"),
        ("roostren", "roosteren"),
    ],
)
def test_a_typing_error_finds_what_was_meant_and_asks(dutch, typed, meant):
    found = find(dutch, typed)

    assert found.total > 0
    assert found.did_you_mean == meant
    assert find(dutch, meant).did_you_mean is None
    assert [hit.id for hit in found.hits][:1] == [hit.id for hit in find(dutch, meant).hits][:1]


def test_did_you_mean_keeps_the_rest_of_the_query(dutch):
    assert find(dutch, "Roosteren van onderwijslogestiek!").did_you_mean == "Roosteren van onderwijslogistiek!"


def test_nothing_is_asked_about_a_word_that_was_withdrawn(own_dutch):
    own_dutch.index([a_document(1001, title="Verwijderdheid")])
    assert find(own_dutch, "verwijderdhied").did_you_mean in {"verwijderdheid", None}
    own_dutch.delete(["netwerk-1001"])

    assert find(own_dutch, "verwijderdhied").did_you_mean is None


def test_short_words_are_not_corrected(own_dutch):
    own_dutch.index([a_document(1001, title="Bot en kot"), a_document(1002, title="Dat")])

    assert titles(find(own_dutch, "DOT")) == ["Docentontwerpteams"]


def test_another_name_of_a_subject_finds_the_things_of_that_subject(dutch):
    assert {"Leerwegonafhankelijke toetsing", "Kennispunt MBO"} <= set(titles(find(dutch, "lwot")))


def test_a_new_name_of_a_subject_works_as_soon_as_the_subject_is_stored(own_dutch):
    assert find(own_dutch, "proeve van bekwaamheid").total == 0

    own_dutch.index([a_subject(1, "toetsing", "Leerwegonafhankelijke toetsing", "proeve")])

    assert "Kennispunt MBO" in titles(find(own_dutch, "proeve"))


def test_a_term_that_is_not_the_subject_does_not_lead_to_it(dutch):
    assert titles(find(dutch, "hybride leren")) == ["Blended en hybride leren betekenen hetzelfde."]
    assert "Kennispunt MBO" not in titles(find(dutch, "leerwegafhankelijke toetsing"))
    assert find(dutch, "leerwegafhankelijke").did_you_mean is None


@pytest.mark.parametrize("text", ["esther vd stappen", "Van der Stappen", "lector avans", "VP"])
def test_people_and_institutions_lead_to_their_things(dutch, text):
    wanted = "Zes praktijkcasussen" if text == "VP" else "Digitale Didactiek"

    assert titles(find(dutch, text))[0] == wanted


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hoe kan ik het best roosteren als er vier startmomenten zijn", "Roosteren met vier startmomenten"),
        ("wat is het verschil tussen blended en hybride", "Blended en hybride leren betekenen hetzelfde."),
        ("wie werkt er aan goed toetsen en beoordelen in het hbo", "Netwerk Toetsbekwaamheid h(b)o"),
    ],
)
def test_a_question_is_answered_by_its_telling_words(dutch, text, title):
    assert titles(find(dutch, text))[0] == title


@pytest.mark.parametrize(
    ("text", "mark"),
    [("toetsing", "toetsen"), ("tekort", "lerarentekort"), ("logistek", "logistiek"), ("hybride", "hybride")],
)
def test_words_are_marked_in_the_form_they_have_in_the_text(dutch, text, mark):
    assert any(f"<mark>{mark}</mark>" in hit.fragment for hit in find(dutch, text).hits)


def test_a_word_deep_in_a_long_text_is_shown_with_what_stands_around_it(own_dutch):
    own_dutch.index(
        [a_document(1001, title="Lang", summary="Kort.", body="Woorden zonder nut. " * 60 + "Dan de eindbaas. Slot.")]
    )

    fragment = find(own_dutch, "eindbaas").hits[0].fragment

    assert "<mark>eindbaas</mark>" in fragment
    assert fragment.startswith("…")
    assert len(fragment) < 300
