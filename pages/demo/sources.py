"""The documents that the demo content was taken from; fixtures/README.md describes them."""

from collections.abc import Iterable

from cms.demo.fixtures import WrongValueError

DATA_FROM = 2023

NAMES = {
    "visie": "de visie op blended learning van de tweedegraads lerarenopleidingen",
    "voorstel": "het voorstel voor dit platform (2023)",
    "kaarten": "de gesprekskaarten over misverstanden rond blended learning",
    "review": "de review over blended onderwijs van Hogeschool Rotterdam (2021)",
}


def named_in(sources: Iterable[str]) -> str:
    """A sentence for readers: why something is listed here."""
    try:
        return f"Genoemd in {' en in '.join(NAMES[source] for source in sources)}."
    except KeyError as error:
        raise WrongValueError("source", f"{error.args[0]!r} is none of {', '.join(NAMES)}") from None
