"""Documents made up for measuring: Dutch-like words and subjects that are as unevenly spread as in life."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from cms.categories import Category, Kind
from search.documents import SearchDocument, document_id

SEED = 2023
WORDS_A_BODY = 90
SYLLABLES = """
    leer toets werk school groep stage vak team plan les net sa ge be ver ont door aan uit op mee ken nis weg wijs lijn
    vorm maat stap tijd doel taal beeld kring plek vraag ing heid schap lijk ster der ten de en te ren ling baar
""".split()  # noqa: SIM905 - read as a sentence

KINDS = [
    (Kind.TOPIC, Category.FORUM),
    (Kind.RESOURCE, Category.KNOWLEDGE),
    (Kind.NETWORK, Category.NETWORKS),
    (Kind.PARTNERSHIP, Category.PARTNERSHIPS),
    (Kind.RESEARCH_GROUP, Category.RESEARCH_GROUPS),
]
SECTORS = ["po", "vo", "mbo", "hbo", "wo"]


class Zipf:
    """Draws from a list in which the n-th value is n times as rare as the first."""

    def __init__(self, values: list[str], chance: random.Random) -> None:
        self.values, self.chance = values, chance
        self.weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))

    def draw(self, count: int) -> list[str]:
        return self.chance.choices(self.values, cum_weights=self.weights, k=count)


def words(chance: random.Random, count: int = 8_000) -> list[str]:
    made = {"".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(count * 2)}
    return sorted(made)[:count]


def documents(count: int) -> Iterator[SearchDocument]:
    """The same documents at every run."""
    chance = random.Random(SEED)
    vocabulary = words(chance)
    chance.shuffle(vocabulary)
    text, subject = Zipf(vocabulary, chance), Zipf([f"onderwerp-{number}" for number in range(25)], chance)
    for pk in range(1, count + 1):
        kind, category = chance.choice(KINDS)
        body = text.draw(WORDS_A_BODY)
        yield SearchDocument(
            id=document_id(kind, pk),
            kind=kind,
            category=category,
            title=" ".join(chance.sample(vocabulary[:3000], 4)).capitalize(),
            url=f"/generated/{pk}/",
            summary=" ".join(body[:20]),
            body=" ".join(body[20:]),
            subjects=tuple(dict.fromkeys(subject.draw(chance.randint(1, 3)))),
            sectors=tuple(chance.sample(SECTORS, chance.randint(0, 2))),
            date=date(2026, 1, 1) - timedelta(days=chance.randint(0, 1500)),
        )


def queries(count: int) -> list[str]:
    """What is asked: one to three words, of which some hold a typing error."""
    chance = random.Random(SEED + 1)
    vocabulary = words(random.Random(SEED))
    asked = []
    for _ in range(count):
        picked = chance.sample(vocabulary, chance.randint(1, 3))
        if chance.random() < 0.1:
            picked[0] = picked[0][:2] + picked[0][3:]
        asked.append(" ".join(picked))
    return asked
