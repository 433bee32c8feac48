"""What visitors get from nginx and the site together."""

import re
import sqlite3
from contextlib import closing

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from lxml import html

from forum_integration import uploads
from tools.prepare import ROOT

pytestmark = pytest.mark.nginx

ERRORS = ROOT / "docker" / "errors"
PROTECTION = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
MEGABYTE = 1024 * 1024


def words(text, path):
    return [" ".join(found.text_content().split()) for found in html.fromstring(text).xpath(path)]


def expect(answer, status, heading):
    assert answer.status == status
    assert words(answer.text, "//h1") == [heading]
    assert "nginx" not in answer.text
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("status", [400, 404, 413, 414, 503])
def test_the_pages_that_nginx_shows_say_what_those_of_the_site_say(status):
    own = (ERRORS / f"{status}.html").read_text(encoding="utf-8")
    sites = render_to_string(f"{status}.html")

    assert words(own, "//title") == words(sites, "//title")
    assert words(own, "//main//h1 | //main//p") == words(sites, "//main//h1 | //main//p")


def test_whoever_comes_without_tls_is_sent_to_the_same_place_with_it(production_site):
    answer = production_site.ask("/netwerken/?sector=hbo", tls=False)

    assert answer.status == 301
    assert answer.headers["Location"] == "https://www.example.org/netwerken/?sector=hbo"
    assert "Strict-Transport-Security" not in answer.headers


def test_every_answer_protects_the_reader(production_site):
    styles = re.search(r'href="(/static/css/site\.[^"]+)"', production_site.ask("/").text)[1]
    too_large = {"method": "POST", "Content_Length": str(60 * MEGABYTE)}
    answers = {
        "a page": production_site.ask("/netwerken/"),
        "a search": production_site.ask("/api/zoeken/?q=toetsing"),
        "a style sheet": production_site.ask(styles),
        "a file": production_site.ask(an_attachment(production_site)),
        "a calendar": production_site.ask("/agenda.ics"),
        "no page": production_site.ask("/bestaat-niet/"),
        "no file": production_site.ask("/media/images/bestaat-niet.jpg"),
        "a wrong address": production_site.ask("/?a=%00"),
        "too much": production_site.ask("/forum/", **too_large),
        "too long for nginx": production_site.ask("/" + "a" * 20_000),
    }

    for name, answer in answers.items():
        assert {header: answer.headers[header] for header in PROTECTION} == PROTECTION, name
        assert "camera=()" in answer.headers["Permissions-Policy"], name
        assert "max-age=63072000; includeSubDomains" in answer.headers["Strict-Transport-Security"], name
        assert not re.search(r"\d", answer.headers["Server"]), name
        assert "Set-Cookie" not in answer.headers, name
    assert [answers[name].status for name in ("a page", "a style sheet", "a file")] == [200, 200, 200]


def test_what_nginx_refuses_it_refuses_in_dutch(production_site):
    expect(production_site.ask("/forum/", "POST", Content_Length=str(60 * MEGABYTE)), 413, "Dat is te groot")
    expect(production_site.ask("/" + "a" * 20_000), 414, "Dat adres is te lang")
    expect(production_site.ask("/", Cookie="a" * 1_000_000), 400, "Dat begrijpen we niet")
    expect(production_site.ask("/errors/413.html"), 404, "Deze pagina is er niet")


def test_what_the_site_refuses_comes_through(production_site):
    expect(production_site.ask("/bestaat-niet/"), 404, "Deze pagina is er niet")
    expect(production_site.ask("/?a=%00"), 400, "Dat begrijpen we niet")
    expect(production_site.ask("/zoeken/?q=" + "a" * 8_000), 414, "Dat adres is te lang")
    expect(production_site.ask("/account/inloggen/", "POST", body=b"a" * 2 * MEGABYTE), 413, "Dat is te groot")


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"a=" + b"a" * 10 * MEGABYTE, 413),
        ("application/json", b"[" * 100_000, 403),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % number for number in range(5_000)), 400),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 50_000, 400),
    ],
)
def test_a_visitor_can_send_nothing_huge(production_site, kind, body, status):
    sent = production_site.ask("/account/inloggen/", "POST", body=body, Content_Type=kind)

    assert sent.status == status
    assert words(sent.text, "//header//a[@class='brand']")


def test_thousands_of_parameters_are_refused(production_site):
    expect(production_site.ask("/zoeken/?" + "q=a&" * 3_000), 414, "Dat adres is te lang")
    expect(production_site.ask("/zoeken/?" + "a&" * 1_000), 400, "Dat begrijpen we niet")


def test_nginx_and_the_site_agree_on_what_a_member_may_send(production_site):
    [limit] = re.findall(r"client_max_body_size (\d+)m;", (ROOT / "docker" / "nginx.conf").read_text(encoding="utf-8"))
    assert int(limit) * MEGABYTE == settings.LARGEST_UPLOAD

    cookie = "__Host-sessie=" + "a" * 32
    body = b"a=" + b"a" * 20 * MEGABYTE
    form = "application/x-www-form-urlencoded"
    sent = production_site.ask("/account/inloggen/", "POST", body=body, Cookie=cookie, Content_Type=form)

    # It reached the site, which looks for a token in what was sent and does not take that much text.
    assert sent.status == 413
    assert words(sent.text, "//header//a[@class='brand']")


def test_a_site_that_is_away_is_said_to_be_so_in_dutch(site_that_is_away):
    expect(site_that_is_away.ask("/"), 503, "We zijn zo terug")


def attachments(site):
    with closing(sqlite3.connect(site.data / "db.sqlite3")) as database:
        return dict(database.execute("SELECT id, extension FROM forum_integration_attachment ORDER BY id"))


def an_attachment(site):
    return f"/forum/bijlage/{next(iter(attachments(site)))}/"


def test_a_file_of_the_forum_is_handed_over_and_never_shown_as_a_page(production_site):
    found = attachments(production_site)
    assert set(found.values()) == set(uploads.CONTENT_TYPES)

    for pk, extension in found.items():
        answer = production_site.ask(f"/forum/bijlage/{pk}/")
        assert answer.status == 200
        assert answer.headers["Content-Type"] == uploads.CONTENT_TYPES[extension]
        assert answer.headers["Content-Disposition"].startswith("attachment; filename")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        policy = {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}
        assert {"default-src 'none'", "sandbox"} <= policy


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=-5", "bytes=99999999999-", "bytes=5-1", "gekkigheid"])
def test_part_of_a_file_can_be_asked_for_or_the_whole_comes(production_site, asked):
    address = an_attachment(production_site)
    whole = production_site.ask(address).body

    answer = production_site.ask(address, Range=asked)

    assert answer.status in {200, 206, 416}
    assert answer.status == 416 or answer.body in whole
    assert answer.headers["Content-Disposition"].startswith("attachment; filename")


@pytest.mark.parametrize(
    "path",
    [
        "/media/private/forum/",
        "/media/forum/",
        "/media/documents/x.pdf",
        "/media/original_images/x.jpg",
        "/media/images/",
        "/media/images/../../db.sqlite3",
        "/media/images/..%2f..%2fdb.sqlite3",
        "/media/../db.sqlite3",
        "/static/../db.sqlite3",
        "/private/",
        "/.git/config",
        "/.env",
        "/db.sqlite3",
    ],
)
def test_there_is_no_way_to_files_beside_the_one_that_asks_for_rights(production_site, path):
    assert production_site.ask(path).status in {400, 404}


def test_stored_files_of_the_forum_have_no_address(production_site):
    stored = [path for path in (production_site.data / "private").rglob("*") if path.is_file()]
    assert stored

    for path in stored:
        name = path.relative_to(production_site.data)
        for address in (f"/{name}", f"/media/{name}", f"/media/images/{path.name}", f"/documenten/1/{path.name}"):
            assert production_site.ask(address).status == 404, address
