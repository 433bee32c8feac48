"""The people that entries name, such as lectors: each stands once, with every entry that names them."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple
from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.memory import remembered
from pages.models import EntryPage, EntryPerson
from pages.querysets import path_below_home

Row = tuple[str, str, str, str, str]


class Role(NamedTuple):
    role: str
    entry: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    roles: tuple[Role, ...]


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "pages/people.html", {"people": named_people()})


@remembered
def named_people() -> tuple[Person, ...]:
    """By surname, from entries that a visitor may open."""
    named = EntryPerson.objects.filter(entry__in=EntryPage.objects.listed().active()).order_by("entry__title")
    rows = named.values_list("name", "title", "role", "entry__title", "entry__url_path")
    by_name = groupby(sorted(rows, key=_in_a_register), key=itemgetter(0))
    return tuple(_person(name, list(places)) for name, places in by_name)


def _person(name: str, places: list[Row]) -> Person:
    title = next((title for _name, title, *_entry in places if title), "")
    roles = [Role(role, entry, path_below_home(url_path)) for _name, _title, role, entry, url_path in places]
    return Person(f"{title} {name}".strip(), tuple(roles))


def _in_a_register(row: Row) -> tuple[str, str, str]:
    """As a Dutch register has it: Jan van der Berg stands under the B."""
    name = row[0]
    plain = normalize("NFKD", name).casefold()
    return plain.rpartition(" ")[2], plain, name
