import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from cms.urls import urlpatterns as site_urlpatterns

HTML = "text/html; charset=utf-8"
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"


def forbidden(request):
    raise PermissionDenied("secret detail")


def broken(request):
    raise RuntimeError("secret detail")


def without_database(request):
    raise OperationalError("secret detail")


@csrf_exempt
def form(request):
    return forbidden(request) if request.POST else None


urlpatterns = [
    path("verboden/", forbidden),
    path("kapot/", broken),
    path("zonder-database/", without_database),
    path("formulier/", form),
    *site_urlpatterns,
]
handler400, handler500 = "cms.errors.bad_request", "cms.errors.server_error"


@pytest.fixture(autouse=True)
def _addresses_that_fail(settings):
    settings.ROOT_URLCONF = __name__


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def expect(answer, status, heading):
    content = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (status, HTML)
    assert f"<h1>{heading}</h1>" in content
    assert 'lang="nl"' in content
    assert "css/site" in content
    assert "secret detail" not in content
    assert "Traceback" not in content


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_dutch(client):
    expect(client.get("/bestaat-niet/"), 404, "Deze pagina is er niet")


def test_a_page_that_is_not_for_the_reader_says_so(client):
    expect(client.get("/verboden/"), 403, "Dit mag je niet openen")


def test_a_form_that_another_site_sends_is_refused_in_words():
    client = Client(enforce_csrf_checks=True)

    expect(client.post("/account/inloggen/", {"login": "x"}), 403, "Het formulier is verlopen")


@pytest.mark.parametrize(
    "address",
    [
        "/?a=%00",
        "/?%00=a",
        "/zoeken/?q=a%00b",
        "/netwerken/%00/",
        "/%00",
        "/account/bevestig/a%00b/",
        "/?" + "a=1&" * 301,
    ],
)
def test_what_no_browser_sends_is_not_understood(client, address):
    expect(client.get(address), 400, "Dat begrijpen we niet")


@pytest.mark.parametrize("address", ["/?q=" + "a" * 10_000, "/" + "a" * 10_000 + "/", "/?" + "q=a&" * 10_000])
def test_an_address_that_is_too_long_is_named_so(client, address):
    expect(client.get(address), 414, "Dat adres is te lang")


def test_an_unknown_host_is_refused(client):
    expect(client.get("/", HTTP_HOST="evil.example"), 400, "Dat begrijpen we niet")


@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"]
)
def test_a_visitor_cannot_send_ten_megabytes(client, kind):
    answer = client.generic("POST", "/account/inloggen/", b"a" * 10 * 1024 * 1024, content_type=kind)

    expect(answer, 413, "Dat is te groot")


def test_a_member_cannot_send_a_text_of_ten_megabytes_either(client):
    client.cookies["sessionid"] = "x"
    body = b"login=" + b"a" * 10 * 1024 * 1024

    answer = client.generic("POST", "/formulier/", body, content_type=URLENCODED)

    expect(answer, 413, "Dat is te groot")


@pytest.mark.parametrize(("method", "status"), [("POST", 413), ("PUT", 405)])
def test_what_was_sent_is_read_to_its_end_so_that_a_proxy_gets_the_answer(client, method, status):
    client.cookies["sessionid"] = "x"

    answer = client.generic(method, "/formulier/", b"a" * 2 * 1024 * 1024, content_type=URLENCODED)

    assert answer.status_code == status
    assert answer.wsgi_request.environ["wsgi.input"].read() == b""


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"&".join(b"a=1" for _ in range(5_000)), URLENCODED),
        (b"login=a%00b", URLENCODED),
        (b"log%00in=a", URLENCODED),
        (
            b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\na\0b\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"--y\r\nkapot", "multipart/form-data; boundary="),
    ],
)
def test_a_form_that_no_browser_sends_is_not_understood(client, body, kind):
    answer = client.generic("POST", "/account/inloggen/", body, content_type=kind)

    expect(answer, 400, "Dat begrijpen we niet")


def test_too_many_pages_a_minute_have_to_wait(settings, db):
    settings.READING_LIMIT = "3/m"
    reader, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    answers = [reader.get("/robots.txt") for _ in range(4)]

    assert [answer.status_code for answer in answers[:3]] == [200, 200, 200]
    expect(answers[3], 429, "Even rustig aan")
    assert 1 <= int(answers[3]["Retry-After"]) <= 60
    assert other.get("/robots.txt").status_code == 200
    assert reader.get("/healthz").status_code == 200


def test_a_demo_has_no_limit_on_reading(client):
    assert {client.get("/robots.txt").status_code for _ in range(400)} == {200}


def test_an_error_shows_nothing_of_its_cause(client):
    expect(client.get("/kapot/"), 500, "Er ging iets mis")


def test_a_database_that_is_away_is_worth_waiting_for(client):
    answer = client.get("/zonder-database/")

    expect(answer, 503, "We zijn zo terug")
    assert int(answer["Retry-After"]) > 0


def test_the_error_page_needs_no_database_cache_or_session(client, settings, monkeypatch):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    client.cookies["sessionid"] = "a" * 32

    def away(*arguments, **options):
        raise OperationalError("secret detail")

    monkeypatch.setattr(connection, "ensure_connection", away)
    monkeypatch.setattr(connection, "cursor", away)

    expect(client.get("/kapot/"), 500, "Er ging iets mis")
    expect(client.get("/mijn/"), 503, "We zijn zo terug")
