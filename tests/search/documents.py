"""A small site to search in, for the tests of the engines."""

from datetime import date
from typing import Any

from search.documents import SearchDocument, Status


def a_document(number: int, **values: Any) -> SearchDocument:
    """A network, unless said otherwise; ``number`` makes its id."""
    kind = values.get("kind", "netwerk")
    defaults: dict[str, Any] = {
        "id": f"{kind}-{number}",
        "kind": kind,
        "category": "netwerken" if kind == "netwerk" else None,
        "title": f"Titel {number}",
        "url": f"/{kind}/{number}/",
    }
    return SearchDocument(**defaults | values)


def a_subject(number: int, slug: str, title: str, *names: str, not_the_same_as: tuple[str, ...] = ()) -> SearchDocument:
    return a_document(
        number, kind="onderwerp", title=title, names=names, subjects=(slug,), excluded_terms=not_the_same_as
    )


def a_small_site() -> list[SearchDocument]:
    """Enough kinds, subjects and sectors to narrow by, and words to find and to confuse."""
    return [
        a_subject(
            1, "toetsing", "Leerwegonafhankelijke toetsing", "LWOT", "leeruitkomsten",
            not_the_same_as=("leerwegafhankelijke toetsing",),
        ),
        a_subject(2, "onderwijslogistiek", "Onderwijslogistiek", "roosteren"),
        a_subject(
            3, "blended-learning", "Blended learning", "blended leren", not_the_same_as=("hybride leren",)
        ),
        a_subject(4, "docentontwerpteams", "Docentontwerpteams", "DOT"),
        a_document(
            11, title="Netwerk Toetsbekwaamheid h(b)o", summary="Samen werken aan goed toetsen en beoordelen.",
            subjects=("toetsing",), sectors=("hbo",), regions=("landelijk",), date=date(2023, 3, 1),
        ),
        a_document(
            12, title="PO-Raad", summary="Koepel van besturen, met een academie.", sectors=("po",),
            regions=("utrecht",), date=date(2023, 2, 1),
        ),
        a_document(
            13, title="Kennispunt MBO", summary="Lerend netwerk over examinering.", subjects=("toetsing",),
            sectors=("mbo",), regions=("landelijk",), date=date(2023, 1, 1),
        ),
        a_document(
            14, kind="forumonderwerp", category="forum", title="Roosteren met vier startmomenten",
            summary="Wie plant dit al zo?", body="Studenten kunnen later instromen. De logistiek schuift dan mee.",
            subjects=("onderwijslogistiek",), sectors=("hbo", "mbo"), date=date(2023, 4, 1),
        ),
        a_document(
            15, kind="bron", category="kennis", title="Zes praktijkcasussen",
            summary="Voorbeelden van de logistiek achter flexibel onderwijs.", subjects=("onderwijslogistiek",),
            organisations=("Versnellingsplan", "VP"), date=date(2022, 1, 1),
        ),
        a_document(
            16, kind="onderzoeksgroep", category="onderzoeksgroepen", title="Digitale Didactiek",
            labels=("Lectoraat", "lector"), summary="Lectoraat over didactiek met digitale middelen.",
            people=("Esther van der Stappen",), organisations=("Avans Hogeschool",), subjects=("blended-learning",),
            sectors=("hbo",), date=date(2021, 1, 1),
        ),
        a_document(
            17, kind="gesprekskaart", category="kennis", title="Blended en hybride leren betekenen hetzelfde.",
            summary="Bij hybride leren zit een deel van de groep in de les en een deel thuis.",
            subjects=("blended-learning",), date=date(2020, 1, 1),
        ),
        a_document(
            18, kind="samenwerkingsverband", category="regionale-samenwerkingsverbanden", title="Onderwijsregio Noord",
            predecessor_names=("RAP Groningen",), summary="Schoolbesturen tegen het lerarentekort.",
            regions=("groningen", "drenthe"), sectors=("po", "vo"), date=date(2023, 5, 1),
        ),
        a_document(
            19, kind="samenwerkingsverband", category="regionale-samenwerkingsverbanden", title="RAP Groningen",
            summary="Samen werven en opleiden.", regions=("groningen",), sectors=("po",), status=Status.ENDED,
            date=date(2019, 1, 1),
        ),
    ]  # fmt: skip
