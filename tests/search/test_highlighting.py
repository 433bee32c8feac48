"""The fragment under a hit."""

from search.highlighting import FRAGMENT_LENGTH, Highlighter
from search.language.words import analyse


def highlighter(*words: str, enough: int = 2) -> Highlighter:
    return Highlighter(frozenset(token for word in words for token in analyse(word).tokens), enough)


def test_the_summary_is_shown_when_it_holds_what_was_asked():
    assert highlighter("toets").fragment("Goed toetsen.", "Anders toetsen.") == "Goed <mark>toetsen</mark>."


def test_the_body_is_shown_when_it_holds_more():
    fragment = highlighter("toets", "rooster").fragment("Goed toetsen.", "Roosters en toetsen.")

    assert fragment == "<mark>Roosters</mark> en <mark>toetsen</mark>."


def test_without_words_the_summary_is_shown():
    assert highlighter().fragment("Een <tekst>.", "Meer.") == "Een &lt;tekst&gt;."


def test_a_long_text_is_cut_at_words_and_around_what_was_asked():
    text = "Eerst iets anders. " * 40 + "Hier staat de examencommissie. " + "Daarna weer iets. " * 40

    fragment = highlighter("examencommissie").fragment("Kort.", text)

    assert "<mark>examencommissie</mark>" in fragment
    assert fragment.startswith("…")
    assert fragment.endswith("…")
    assert len(fragment) < FRAGMENT_LENGTH + 40


def test_accents_and_apostrophes_do_not_hide_a_word():
    assert highlighter("ideeen").fragment("Nieuwe ideeën!", "") == "Nieuwe <mark>ideeën</mark>!"
    assert highlighter("regio").fragment("Alle regio's", "") == "Alle <mark>regio&#x27;s</mark>"
