"""A document as the fields in which engines find it: tokens for its texts, keys for its names, values to filter by."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from search.documents import Facet, SearchDocument
from search.language.data import DATA, LANGUAGE
from search.language.words import SIGNS, chains, fold, index_tokens, name_key, separate_words

TEXT_FIELDS = ("title", "names", "predecessors", "people", "organisations", "labels", "summary", "body")
FILTER_FIELDS = ("kind", "category", "subjects", "sectors", "regions", "status")
FACET_FIELDS = {
    Facet.CATEGORY: "category",
    Facet.SUBJECT: "subjects",
    Facet.SECTOR: "sectors",
    Facet.REGION: "regions",
    Facet.KIND: "kind",
}
STORED_BODY = 6000
LONGEST_PREFIX = 15
LONGEST_TITLE_ORDER = 200
KEPT = 500


@dataclass(frozen=True, slots=True)
class Fields:
    """What an engine indexes of one document."""

    texts: dict[str, list[str]]
    """Per text field its tokens, in order; empty fields left out."""

    keys: tuple[str, ...]
    starts: tuple[str, ...]
    filters: dict[str, tuple[str, ...]]
    title_order: str
    source: dict[str, Any]
    """What ``SearchDocument.from_dict`` reads back, with a body no longer than a fragment needs."""

    @property
    def all(self) -> set[str]:
        """Every token of the document once, wherever it stands."""
        return {token for tokens in self.texts.values() for token in tokens}

    def words(self, *fields: str) -> Iterator[str]:
        """The telling words in these texts, as they were written but for case and accents, in order."""
        for name in fields:
            yield from (token for token in self.texts.get(name, ()) if token[0] not in SIGNS)

    @classmethod
    @lru_cache(maxsize=KEPT)
    def of(cls, document: SearchDocument) -> "Fields":
        """The same fields for the engine and the fallback, which store the same batch one after the other."""
        tokens = {
            name: [token for value in values for token in index_tokens(value, with_pairs=name != "body")]
            for name, values in texts_of(document).items()
        }
        names = (document.title, *document.names, *document.predecessor_names)
        return cls(
            texts={name: found for name, found in tokens.items() if found},
            keys=tuple({key for name in names if (key := name_key(name))}),
            starts=tuple({prefix for name in names for prefix in prefixes(name)}),
            filters={
                "kind": (document.kind,),
                "category": (document.category,) if document.category else (),
                "subjects": document.subjects,
                "sectors": document.sectors,
                "regions": document.regions,
                "status": (str(document.status),),
            },
            title_order=fold(document.title)[:LONGEST_TITLE_ORDER],
            source=document.as_dict() | {"body": document.body[:STORED_BODY]},
        )


def texts_of(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    """What a document is found by, per text field."""
    return {
        "title": (document.title,),
        "names": document.names,
        "predecessors": document.predecessor_names,
        "people": document.people,
        "organisations": document.organisations,
        "labels": (*document.labels, *document.sectors, *document.regions),
        "summary": (document.summary,),
        "body": (document.body,),
    }


def prefixes(text: str) -> Iterator[str]:
    """What somebody may have typed of a name so far: the begin of a word, or of the whole ("=")."""
    for match in chains(text):
        yield from prefixes_of_chain(match.group())
    key = name_key(text)
    yield from ("=" + key[:length] for length in range(1, min(len(key), LONGEST_PREFIX) + 1))


@lru_cache(maxsize=10_000)
def prefixes_of_chain(chain: str) -> tuple[str, ...]:
    words = [word.exact for word in separate_words(chain)]
    return tuple(word[:length] for word in words for length in range(1, min(len(word), LONGEST_PREFIX) + 1))


def fingerprint(engine_file: str, *versions: str) -> str:
    """Changes with the fields, the rules for Dutch and the word lists: an index made otherwise has to be rebuilt."""
    digest = hashlib.sha256(" ".join((*versions, *SearchDocument.__slots__)).encode())
    for path in (Path(engine_file), Path(__file__), *sorted(LANGUAGE.glob("*.py")), *sorted(DATA.glob("*.txt"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]
