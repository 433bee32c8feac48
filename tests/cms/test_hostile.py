"""Whatever stands in an address or a form, the site answers soon and in Dutch, and never with a failure of its own."""

import time
from itertools import cycle
from urllib.parse import quote, urlencode, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import User
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from tests.cms import addresses
from tests.cms.accounts import PASSWORD
from tests.cms.markup import active_parts
from tests.data import entries_of, lines_of

pytestmark = pytest.mark.usefixtures("demo_content")

QUERIES, SCRIPTS = lines_of("queries.txt"), lines_of("xss.txt")
STRINGS = [entry["value"] for entry in entries_of("naughty_strings.json")]
PARAMETERS = [(entry["param"], entry["value"]) for entry in entries_of("url_parameters.json")]
OUR_NAMES = {"page": "pagina", "subject": "onderwerp", "sort": "sorteer", "facet": "soort", "lang": "status"}
FILTERS = ["onderwerp", "sector", "regio", "type", "soort", "categorie", "status", "sorteer", "pagina"]
NUMBERS = ["99999999", "-1", "0", "abc", str(2**63), "9" * 400, "²", "٣", "1e9", "1.5", "", " ", "+1", "0x1", "１"]
BROKEN_ENCODINGS = ["%", "%zz", "%c0%af", "%ed%a0%80", "%ff%fe", "%f8%88%80%80%80", "%e2%80%ae", "%ef%bb%bf", "%0d%0a"]
LONG_TEXTS = ["a" * 7_000, "a " * 3_000, "é" * 1_000, '"' * 5_000, "(" * 5_000, "toets" + "*" * 5_000]
READS_PARAMETERS = [
    *(
        "/netwerken/",
        "/onderwerpen/",
        "/onderwerpen/blended-learning/",
        "/zoeken/",
        "/api/zoeken/",
        "/zoeken/suggesties/",
    ),
    *("/forum/", "/organisaties/", "/account/inloggen/", "/sitemap.xml"),
]
ADMIN_SEARCHES = ["/beheer/pages/search/", "/beheer/images/", "/beheer/documents/", "/beheer/users/"]
PAGED = ["/netwerken/", "/onderwerpen/blended-learning/?categorie=netwerken", "/zoeken/", "/forum/vragen-1/"]
MOST_QUERIES = 5
BATCH = 40
LONGEST_ADDRESS = 7_900
SLOWEST_SECONDS = 2  # of work: how busy the machine is with other things does not count


class Visitor(Client):
    """Remembers what was answered with a failure, or too late."""

    def __init__(self):
        super().__init__(raise_request_exception=False)
        self.troubles = []

    def generic(self, method, path, *arguments, **options):
        started = time.process_time()
        answer = super().generic(method, path, *arguments, **options)
        seconds = time.process_time() - started
        if answer.status_code >= 500 or seconds > SLOWEST_SECONDS:
            self.troubles.append(
                f"{answer.status_code} after {seconds:.1f} s: {method} {path[:200]} {arguments!r:.200}"
            )
        return answer

    def send(self, path, form):
        """Post a form as a browser does; a lone surrogate goes as the bytes that it would have."""
        return self.generic("POST", path, query(*form.items()), "application/x-www-form-urlencoded")


@pytest.fixture
def visitor():
    visitor = Visitor()
    yield visitor
    assert not visitor.troubles, "\n".join(visitor.troubles)


def query(*pairs):
    return urlencode(pairs, errors="surrogatepass")


def batches(values):
    return [values[start : start + BATCH] for start in range(0, len(values), BATCH)]


def test_a_visitor_can_search_for_anything(visitor):
    for text in QUERIES:
        visitor.get(f"/zoeken/?{query(('q', text))}")
    for text in {*QUERIES, *STRINGS, *SCRIPTS}:
        visitor.get(f"/api/zoeken/?{query(('q', text))}")
        visitor.get(f"/zoeken/suggesties/?{query(('q', text))}")


def test_a_visitor_can_search_for_anything_while_the_engine_is_away(visitor, monkeypatch):
    def away(*arguments, **options):
        raise SearchUnavailable

    monkeypatch.setattr(EmbeddedEngine, "search", away)
    monkeypatch.setattr(EmbeddedEngine, "suggest", away)
    for text in QUERIES:
        visitor.get(f"/zoeken/?{query(('q', text))}")
        visitor.get(f"/api/zoeken/?{query(('q', text))}")
        visitor.get(f"/zoeken/suggesties/?{query(('q', text))}")


@pytest.mark.parametrize("address", ADMIN_SEARCHES)
def test_an_editor_can_search_for_anything(visitor, address):
    visitor.force_login(User.objects.get(email="beheerder@example.org"))
    assert visitor.get(f"{address}?q=toetsing").status_code == 200

    for text in QUERIES:
        visitor.get(f"{address}?{query(('q', text))}")


@pytest.mark.parametrize("address", READS_PARAMETERS)
def test_an_address_that_reads_parameters_takes_any(visitor, address):
    for name, value in PARAMETERS:
        pairs = {(name, value), (OUR_NAMES.get(name, name), value)}
        visitor.get(f"{address}?{query(*pairs)}")
    for number in NUMBERS:
        answer = visitor.get(f"{address}?{query(('pagina', number))}")
        assert answer.status_code in {200, 302, 400, 404}, number


@pytest.mark.parametrize("address", PAGED)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_page_of_a_list_that_is_not_there_costs_little(visitor, address, number):
    assert visitor.get(address).status_code == 200

    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get(f"{address}{'&' if '?' in address else '?'}{query(('pagina', number))}")

    assert answer.status_code in {200, 404}
    assert answer.status_code == 200 or len(asked) <= MOST_QUERIES, "\n".join(one["sql"] for one in asked)


def test_every_address_takes_parameters_that_it_does_not_know(visitor):
    pairs = [pair for pair in PARAMETERS if "\0" not in pair[1]]
    for address in addresses.one_of_each_kind(visitor):
        visitor.get(f"{address.partition('?')[0]}?{query(*pairs)}")


@pytest.mark.parametrize("address", ["/netwerken/", "/onderwerpen/", "/zoeken/"])
def test_every_filter_takes_any_values(visitor, address):
    for values in batches(STRINGS + SCRIPTS):
        pairs = [(name, value) for name in FILTERS for value in values[:5]]
        visitor.get(f"{address}?{query(*pairs)}"[:LONGEST_ADDRESS])
    for name in FILTERS:
        for values in batches(STRINGS):
            visitor.get(f"{address}?{query(*[(name, value) for value in values])}"[:LONGEST_ADDRESS])


def test_a_name_in_an_address_may_be_anything(visitor):
    for text, place in zip({*STRINGS, *QUERIES}, cycle(["/{}/", "/onderwerpen/{}/", "/forum/{}-1/{}-1/"])):
        visitor.get(place.replace("{}", quote(text[:500], safe="", errors="surrogatepass")))


def test_broken_encoding_is_read_as_well_as_it_goes(visitor):
    for broken in BROKEN_ENCODINGS:
        for address in ("/zoeken/?q={}", "/api/zoeken/?q={}", "/netwerken/?onderwerp={}", "/netwerken/{}/", "/?{}={}"):
            visitor.get(address.replace("{}", broken))


@pytest.mark.parametrize("text", LONG_TEXTS)
def test_long_queries_are_answered_soon(visitor, text):
    for address in ("/zoeken/", "/api/zoeken/", "/zoeken/suggesties/", "/netwerken/"):
        visitor.get(f"{address}?{query(('q', text))}"[:LONGEST_ADDRESS])


def test_ten_thousand_characters_or_parameters_are_refused_in_words(visitor):
    for address in addresses.one_of_each_kind(visitor):
        path = address.partition("?")[0]
        assert visitor.get(f"{path}?q={'a' * 10_000}").status_code == 414
        assert visitor.get(f"{path}?{'q=a&' * 10_000}").status_code == 414
        assert visitor.get(f"{path}?{'q=a&' * 400}").status_code == 400


def test_forms_of_an_account_take_any_text(visitor, settings, mailoutbox):
    settings.ACCOUNT_RATE_LIMITS = False
    for text in {*STRINGS, "e\u0301" * 500, "a" + "\u0316" * 500, "\u202etxet", "\ufeff", "\u200b"}:
        visitor.send("/account/registreren/", {"display_name": text, "email": "x@example.org", "password1": "kort"})
    for text in STRINGS[::4]:
        visitor.send("/account/inloggen/", {"login": text, "password": text, "next": text})
        visitor.send("/account/wachtwoord/vergeten/", {"email": text})

    assert not any("\n" in message.subject for message in mailoutbox)


def test_what_was_typed_is_shown_back_as_text(visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    for text in SCRIPTS[::2]:
        pages = [
            visitor.send("/account/registreren/", {"display_name": text, "email": text, "password1": PASSWORD}),
            visitor.send("/account/inloggen/", {"login": text, "password": "x", "next": text}),
            visitor.get(f"/zoeken/?{query(('q', text))}"),
        ]
        for page in pages:
            assert not active_parts(page), text


def test_after_a_hostile_next_one_stays_on_the_site(settings):
    settings.ACCOUNT_RATE_LIMITS = False
    hostile = {value for name, value in PARAMETERS if name == "next"} | {text for text in STRINGS if "//" in text}
    for text in hostile:
        form = {"login": "lid@example.org", "password": "demo-flexibel", "next": text}
        answer = Visitor().send("/account/inloggen/", form)
        assert answer.status_code in {302, 400}
        if answer.status_code == 302:
            assert urlsplit(urljoin("http://testserver/account/", answer.url)).netloc == "testserver", text
