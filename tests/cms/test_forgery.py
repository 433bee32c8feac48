"""Nothing changes by opening a link, nor by a form that another site sends in somebody's name."""

import re
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from cms.models import User

pytestmark = pytest.mark.usefixtures("demo_content")

ROLES = ["", "lid", "vertegenwoordiger", "moderator", "redacteur", "beheerder"]
# Counters of what is read, and what Wagtail notes of an editor who opens a page.
COUNTERS = {
    "django_session",
    "forum_tracking_forumreadtrack",
    "forum_tracking_topicreadtrack",
    "wagtailadmin_editingsession",
    "wagtailusers_userprofile",
    "wagtailcore_modellogentry",
    "wagtailcore_pagesubscription",
}
COUNTER_COLUMNS = {"forum_conversation_topic": {"views_count"}}
PAGES_AT_MOST = 400
FILES = ("/static/", "/media/", "/documenten/", "/forum/bijlage/")


def every_address():
    """Each address of the site with something in the place of its arguments, and its view."""

    def walk(patterns, prefix):
        for pattern in patterns:
            route = prefix + re.sub(r"\\[AZ]|[\^$]", "", str(pattern.pattern))
            if isinstance(pattern, URLPattern):
                yield "/" + re.sub(r"<(?:\w+:)?\w+>", "1", re.sub(r"\(\?P<\w+>[^()]*\)", "1", route)), pattern.callback
            else:
                yield from walk(pattern.url_patterns, route)

    return list(walk(get_resolver().url_patterns, ""))


def test_no_view_takes_forms_from_other_sites():
    found = every_address()

    assert len(found) > 300
    exempt = {
        address
        for address, view in found
        if getattr(view, "csrf_exempt", False) and not getattr(view, "takes_forms_of_visitors", False)
    }
    # The API looks at the token itself; leaving the mail asks for a signed address, and a mail program has no cookie.
    assert all(address.startswith("/beheer/api/main/") for address in exempt - {"/mijn/mail/afmelden/1/"})


def test_only_forms_that_do_nothing_in_anybodys_name_are_open_to_visitors():
    open_to_visitors = {address for address, view in every_address() if getattr(view, "takes_forms_of_visitors", False)}

    assert open_to_visitors == {
        "/forum/1-1/nieuw/",
        "/klopt-dit-niet/1/",
        "/voordragen/",
        "/mijn/paginas/klopt-nog/1/",
        "/zoeken/dit-helpt/",
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"data": {}},
        {"data": {"csrfmiddlewaretoken": "a" * 64}},
        {"data": {}, "headers": {"origin": "https://evil.example"}},
        {"data": {}, "headers": {"origin": "null"}},
        {"data": {}, "headers": {"referer": "https://evil.example/"}, "secure": True},
    ],
)
def test_a_form_without_our_token_is_refused_everywhere(sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email="beheerder@example.org"))
    client.get("/account/wachtwoord/")  # the reader has a cookie with a token; the other site does not know it

    for address, _ in every_address():
        answer = client.post(address, **sent)
        assert answer.status_code in {403, 404, 405}, address


def test_a_form_of_another_site_is_refused_even_with_a_token():
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.get(email="lid@example.org"))
    page = client.get("/mijn/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    form = {"display_name": "Nieuwe naam", "csrfmiddlewaretoken": token}

    assert client.post("/mijn/", form, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post("/mijn/", form, headers={"origin": "http://testserver"}).status_code == 302


@pytest.mark.parametrize("role", ROLES)
def test_opening_every_link_changes_nothing_but_counters(role):
    client = Client()
    if role:
        client.force_login(User.objects.get(email=f"{role}@example.org"))
    before = fingerprints()

    opened = crawl(client)

    assert len(opened) > 30
    changed = {table for table, content in fingerprints().items() if content != before[table]}
    assert not changed, (role, changed)
    if role:
        assert client.get("/mijn/").status_code == 200


def crawl(client):
    """Open what each page links to, from the home page on; of addresses that are alike only one."""
    waiting, seen, alike = ["/", "/mijn/", "/beheer/"], set(), set()
    while waiting and len(seen) < PAGES_AT_MOST:
        address = waiting.pop(0)
        parts = urlsplit(address)
        path = re.sub(r"\d+", "1", parts.path) if parts.path.startswith("/beheer/") else parts.path.split("/")[1]
        shape = (path, parts.path.count("/"), *sorted({name for name, _ in parse_qsl(parts.query)}))
        if shape in alike:
            continue
        alike.add(shape)
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code < 500, address
        found = [answer.url] if answer.status_code in {301, 302} else links_of(answer)
        waiting += [link for link in dict.fromkeys(found) if link not in seen and link not in waiting]
    return seen


def links_of(answer):
    if not answer.get("Content-Type", "").startswith("text/html"):
        return []
    links = re.findall(r'(?:href|action|data-url|src)="(/[^/"#][^"#]*|/)"', answer.content.decode())
    links = [link.replace("&amp;", "&") for link in links]
    return [link for link in links if not link.startswith(FILES)]


def fingerprints():
    """What every table holds, without its counters."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in COUNTERS or table.startswith("wagtailsearch_indexentry_"):
                continue
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            kept = [name for name in columns if name not in COUNTER_COLUMNS.get(table, set())]
            quoted = ", ".join(connection.ops.quote_name(name) for name in kept)
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = sha256(repr(sorted(map(repr, cursor.fetchall()))).encode()).hexdigest()
    return found
