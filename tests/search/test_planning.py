"""How a visitor's text is read, without an engine."""

from collections import Counter

import pytest

from search.documents import SearchDocument
from search.language.spelling import Spelling
from search.language.words import analyse, index_tokens
from search.planning import Planner, QueryPlan, rarity, weigh_stem
from search.vocabulary import Vocabulary
from tests.search.documents import a_document, a_small_site, a_subject


class Known:
    """What an engine would tell of these documents."""

    def __init__(self, documents: list[SearchDocument]) -> None:
        self.size = len(documents)
        self.counts: Counter[str] = Counter()
        for document in documents:
            texts = (document.title, *document.names, document.summary, document.body)
            self.counts.update({token for text in texts for token in index_tokens(text)})
        self.spelling = Spelling({token: count for token, count in self.counts.items() if token[0].isalpha()})
        self.vocabulary = Vocabulary([d for d in documents if d.kind == "onderwerp"], self.weigh)

    def frequency(self, token: str) -> int:
        return self.counts[token]

    def rarity(self, frequency: int) -> float:
        return rarity(frequency, self.size)

    def weigh(self, stem: str) -> float:
        return weigh_stem(stem, self)

    def neighbours(self, word: str) -> list[tuple[str, float]]:
        return self.spelling.neighbours(word)


@pytest.fixture(scope="module")
def plan():
    known = Known(a_small_site())
    return Planner(known).plan


def telling(plan: QueryPlan) -> list[str]:
    return [word.word.exact for word in plan.words]


def test_stop_words_and_repeated_words_are_left_out(plan):
    assert telling(plan("wat is de toetsing van toetsing en toetsen")) == ["toetsing"]


def test_text_without_telling_words_gives_an_empty_plan(plan):
    assert plan("hoe is het").is_empty
    assert plan("").is_empty


def test_a_rare_word_weighs_more_than_a_common_one(plan):
    common, rare = plan("leren startmomenten").words

    assert rare.weight > common.weight


def test_an_everyday_word_weighs_little_beside_telling_ones_only(plan):
    beside = plan("goed toetsen").words
    alone = plan("goed").words

    assert beside[0].weight < beside[1].weight / 2
    assert alone[0].weight > 1


def test_a_sentence_needs_fewer_of_its_words(plan):
    assert plan("hoe kan ik het best roosteren").is_sentence
    assert not plan("roosteren startmomenten").is_sentence
    assert plan("toetsen beoordelen startmomenten examinering").needed_steps > (
        plan("hoe moet ik toetsen beoordelen startmomenten examinering").needed_steps
    )


def test_only_an_unknown_word_is_corrected(plan):
    assert plan("onderwijslogestiek").words[0].correction == "onderwijslogistiek"
    assert plan("onderwijslogistiek").words[0].correction is None


def test_a_few_words_that_are_mostly_unknown_are_given_up(plan):
    given_up = plan("toetsing fietsenmaker")

    assert not any(word.is_known for word in given_up.words)
    assert given_up.subjects == ()


def test_a_subject_is_meant_by_any_of_its_names(plan):
    for text in ("onderwijslogistiek", "logistiek van het onderwijs", "roosteren"):
        assert [(match.slug, round(match.strength)) for match in plan(text).subjects] == [("onderwijslogistiek", 1)], (
            text
        )


def test_a_subject_is_ruled_out_by_a_term_that_it_is_not(plan):
    assert plan("hybride leren").ruled_out == ("blended-learning",)
    assert not any(match.slug == "blended-learning" for match in plan("hybride leren").subjects)
    assert plan("verschil tussen blended leren en hybride leren").ruled_out == ()


def test_a_word_that_many_subjects_share_means_none_of_them_surely():
    subjects = [
        a_subject(n, f"s{n}", f"{word} leren") for n, word in enumerate(("informeel", "blended", "samen", "open"))
    ]
    known = Known([*subjects, *(a_document(n + 10, title=f"Leren {n}") for n in range(20))])

    matches = known.vocabulary.matches([analyse("leren")], [1])

    assert all(match.strength < 0.3 for match in matches)


def test_more_than_a_handful_of_words_is_cut(plan):
    assert len(plan(" ".join(f"woord{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")).words) == 16
