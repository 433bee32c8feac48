from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from cms.urls import urlpatterns as site_urlpatterns
from tests.cms.accounts import member

pytestmark = pytest.mark.django_db


def forbidden(request):
    raise PermissionDenied


def broken(request):
    raise RuntimeError("secret detail")


urlpatterns = [path("verboden/", forbidden), path("kapot/", broken), *site_urlpatterns]
handler400, handler500 = "cms.errors.bad_request", "cms.errors.server_error"

PAGES = ["/", "/account/inloggen/", "/account/registreren/", "/organisaties/", "/bestaat-niet/", "/?a=%00"]
ERRORS = ["/verboden/", "/kapot/", "/?" + "x" * 9000]
MACHINE_READERS = ["/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt"]
FILES = ["/static/proef.css", "/media/images/proef.png", "/media/images/weg.png"]
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:"}


@pytest.fixture(autouse=True)
def _addresses_that_fail(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


@pytest.fixture
def _files():
    for file in (Path(settings.STATIC_ROOT) / "proef.css", Path(settings.MEDIA_ROOT) / "images" / "proef.png"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("proef", encoding="utf-8")


def policy(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


@pytest.mark.parametrize("address", [*PAGES, *ERRORS, *MACHINE_READERS])
def test_every_answer_of_the_site_has_a_strict_policy(client, address):
    found = policy(client.get(address))

    assert found["default-src"] == {"'none'"}
    assert not UNSAFE & set().union(*found.values())
    assert {"base-uri", "form-action", "frame-ancestors", "object-src"} <= set(found)
    assert all(source.startswith("'") or source == "data:" for sources in found.values() for source in sources)


@pytest.mark.usefixtures("_files")
@pytest.mark.parametrize("address", [*PAGES, *ERRORS, *MACHINE_READERS, *FILES, "/beheer/"])
def test_every_answer_says_what_browsers_may_do_with_it(client, address):
    answer = client.get(address)

    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Frame-Options"] == ("SAMEORIGIN" if address == "/beheer/" else "DENY")
    assert "geolocation=()" in answer["Permissions-Policy"]
    assert "Content-Security-Policy" in answer


def test_the_admin_runs_the_scripts_in_its_own_pages_and_frames_its_own_previews(client_of):
    found = policy(client_of(member(is_superuser=True)).get("/beheer/"))

    assert found["script-src"] == {"'self'", "'unsafe-inline'"}
    assert found["frame-ancestors"] == {"'self'"}
    assert found["default-src"] == {"'none'"}
    assert not (UNSAFE - {"'unsafe-inline'"}) & set().union(*found.values())


@pytest.mark.usefixtures("_files")
def test_an_uploaded_file_can_do_nothing_in_the_browser(client):
    found = policy(client.get("/media/images/proef.png"))

    assert found == {"default-src": {"'none'"}, "sandbox": set(), "frame-ancestors": {"'none'"}}


@pytest.mark.parametrize("folder", ["original_images", "documents", ""])
def test_only_images_as_pages_show_them_are_served(client, folder):
    file = Path(settings.MEDIA_ROOT) / folder / "geheim.pdf"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("geheim", encoding="utf-8")

    ways = [folder, f"images/../{folder}", f"images/%2e%2e/{folder}", f"images/../../media/{folder}"]

    assert client.get("/media/images/").status_code == 404
    for way in ways:
        assert client.get(f"/media/{way}/geheim.pdf").status_code in {400, 404}, way


def test_what_a_member_is_shown_is_kept_by_nobody(client_of, client):
    inside = client_of(member())

    for address in ("/", "/mijn/", "/organisaties/", "/bestaat-niet/", "/readyz"):
        kept = {word.strip() for word in inside.get(address)["Cache-Control"].split(",")}
        assert {"private", "no-store"} <= kept
        assert "public" not in kept
    assert "no-store" in client.get("/account/inloggen/")["Cache-Control"]


def test_pages_differ_for_who_signed_in_and_say_so(client):
    answer = client.get("/organisaties/")

    assert "Cookie" in answer["Vary"]
    assert "Cache-Control" not in answer


@pytest.mark.parametrize("address", [*PAGES, *ERRORS, *MACHINE_READERS, "/beheer/", "/mijn/"])
def test_reading_gives_no_cookie_and_no_session(client, address):
    answer = client.get(address)

    form_cookies = {"csrftoken"} if address.startswith("/account/") else set()
    assert set(answer.cookies) == form_cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize("address", ["/", "/account/inloggen/", "/healthz"])
@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "CONNECT", "GEKKIGHEID"])
def test_other_methods_than_browsers_use_are_refused(client, address, method):
    answer = client.generic(method, address)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"


def test_cookies_of_a_public_site_are_for_this_host_and_its_own_pages(client, settings):
    settings.SESSION_COOKIE_NAME, settings.SESSION_COOKIE_SECURE = "__Host-sessie", True
    settings.CSRF_COOKIE_NAME, settings.CSRF_COOKIE_SECURE = "__Host-csrf", True
    member("lid@example.org")

    form = client.get("/account/inloggen/", secure=True)
    signed_in = client.post(
        "/account/inloggen/", {"login": "lid@example.org", "password": "een goed wachtwoord"}, secure=True
    )

    for answer, name in ((form, "__Host-csrf"), (signed_in, "__Host-sessie")):
        cookie = answer.cookies[name]
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
