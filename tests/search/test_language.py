"""What search knows of Dutch words."""

import pytest

from search.language import compounds, spelling
from search.language.stemmer import root, stem
from search.language.synonyms import synonyms
from search.language.words import content_words, index_tokens, name_key, words_of_chain


@pytest.mark.parametrize(
    "forms",
    [
        "toets toetsen toetst toetsing toetsingen",
        "begeleid begeleiden begeleiding begeleidt",
        "beoordelen beoordeling beoordelingen beoordeelt",
        "lectoraat lectoraten",
        "leercoach leercoaches leercoaching",
        "onderwijsregio onderwijsregios",
        "formuleren formuleert formulering geformuleerd",
        "afstuderen afstudeert afgestudeerd",
        "ontwerp ontwerpen ontwerpt ontworpen",
        "flexibel flexibele",
        "inclusief inclusieve",
        "scholen school",
        "kiezen kiest keuze keuzes gekozen",
        "lezen leest gelezen",
        "les lessen",
        "rooster roosters roosteren roostering",
        "alliantie allianties",
        "inschrijven inschrijving ingeschreven",
        "methode methodes methoden",
        "groot grote",
        "cursus cursussen",
        "clip clips",
    ],
)
def test_forms_of_one_word_have_one_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1, {form: stem(form) for form in forms.split()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("begeleiding", "beleid"),
        ("scholing", "school"),
        ("lessen", "lezen"),
        ("regie", "regio"),
        ("leerling", "leren"),
        ("toets", "toetsenbord"),
        ("wensen", "wegen"),
    ],
)
def test_words_that_only_look_alike_keep_apart(one, other):
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    "family",
    [
        "leider leiding leiderschap",
        "begeleider begeleiding",
        "lector lectoraat",
        "organiseren organisatie",
        "innoveren innovatie innovatief",
        "onderzoeker onderzoek",
        "getoetst toetsing",
    ],
)
def test_words_derived_from_each_other_share_a_root(family):
    assert len({root(word) for word in family.split()}) == 1, {word: root(word) for word in family.split()}


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("lerarentekort", "leraar tekort"),
        ("docentontwerpteams", "docent ontwerp team"),
        ("gesprekskaarten", "gesprek kaart"),
        ("studieloopbaanbegeleiding", "studie loopbaan begeleiding"),
        ("onderwijslogistiek", "onderwijs logistiek"),
        ("zelfregie", "zelf regie"),
    ],
)
def test_a_compound_is_split_in_its_parts(word, parts):
    assert compounds.split(word) == tuple(stem(part) for part in parts.split())


@pytest.mark.parametrize(
    "word", ["opleiding", "begeleiding", "toetsenbord", "krimpfolie", "fietsenmaker", "overzicht", "leer"]
)
def test_what_is_no_compound_of_known_words_is_not_split(word):
    assert compounds.split(word) == ()


@pytest.mark.parametrize(
    ("chain", "words"),
    [
        ("PO-Raad", "po raad poraad"),
        ("r.a.p.s", "raps"),
        ("SO&P", "sop"),
        ("h(b)o", "hbo ho"),
        ("regio's", "regios"),
        ("Ideeën", "ideeen"),
        ("vso/sbo", "vso sbo"),
        ("wij-leren.nl", "wij leren nl wijlerennl"),
    ],
)
def test_what_hangs_together_is_known_apart_and_as_one(chain, words):
    assert [word.exact for word in words_of_chain(chain)] == words.split()


def test_stop_words_are_not_indexed():
    assert index_tokens("wat is er van de") == []
    assert [word.exact for word in content_words("wat is het verschil tussen blended en hybride")] == [
        "verschil",
        "blended",
        "hybride",
    ]


def test_a_compound_and_its_words_apart_meet_in_a_pair():
    assert "+onderwijs+logistiek" in index_tokens("Onderwijslogistiek")
    assert "+onderwijs+logistiek" in index_tokens("onderwijs en logistiek")


def test_a_name_has_one_key_however_it_is_written():
    assert name_key("PO-Raad") == name_key("po raad") == name_key("poraad") == "poraad"
    assert name_key("De Leercoach") == "leercoach"
    assert name_key("de") == "de"


def test_synonyms_go_both_ways():
    assert stem("scholing") in synonyms(stem("cursussen"))
    assert stem("cursus") in synonyms(stem("scholing"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("toetsimg", "toetsing"),
        ("proffesionalisering", "professionalisering"),
        ("leercoahc", "leercoach"),
        ("didaktiek", "didactiek"),
        ("lerarentkort", "lerarentekort"),
        ("interdiciplinair", "interdisciplinair"),
    ],
)
def test_slips_are_recognised(typed, meant):
    known = spelling.Spelling({meant: 3, "toetsenbord": 1, "lectoraat": 2})

    assert [word for word, _ in known.neighbours(typed)] == [meant]


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("dot", "dat"),
        ("regie", "regio"),
        ("recept", "recent"),
        ("schaatsen", "plaatsen"),
        ("leerwegafhankelijke", "leerwegonafhankelijke"),
        ("2023", "2024"),
    ],
)
def test_another_word_is_no_slip(typed, known):
    assert spelling.Spelling({known: 5}).neighbours(typed) == []


def test_of_words_as_near_the_more_frequent_one_is_meant():
    known = spelling.Spelling({"rooster": 9, "roosten": 1})

    assert known.neighbours("rooste")[0][0] == "rooster"
