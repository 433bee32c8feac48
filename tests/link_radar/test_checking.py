"""Each way in which a website can behave, and what the radar makes of it."""

import ssl
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
import trustme

from cms.link_radar import asking
from cms.link_radar.polite import Host, check_all
from cms.models import Outcome
from tests.link_radar.conftest import SITE
from tests.link_radar.stub import (
    answer,
    endless,
    endless_headers,
    serving,
    silence,
    slow_headers,
    to,
)


def verdict_on(url, **hosts):
    answers, _ = check_all([url], hosts, seconds=15)
    return answers[url]


WELL = [
    ({"/": answer(200)}, [("HEAD", "/")]),
    ({("HEAD", "/"): answer(405), ("GET", "/"): answer(200)}, [("HEAD", "/"), ("GET", "/")]),
    ({("HEAD", "/"): answer(404), ("GET", "/"): answer(200)}, [("HEAD", "/"), ("GET", "/")]),
    ({("HEAD", "/"): answer(501), ("GET", "/"): answer(204)}, [("HEAD", "/"), ("GET", "/")]),
    ({("HEAD", "/"): lambda connection: None, ("GET", "/"): answer(200)}, [("HEAD", "/"), ("GET", "/")]),
    ({("HEAD", "/"): answer(500), ("GET", "/"): endless}, [("HEAD", "/"), ("GET", "/")]),
    ({"/": to(302, "/nu"), "/nu": answer(200)}, [("HEAD", "/"), ("HEAD", "/nu")]),
]


@pytest.mark.parametrize(("answers", "asked"), WELL)
def test_what_works(stub, answers, asked):
    stub.answers.update(answers)

    assert verdict_on(f"{stub.url}/").outcome == Outcome.WORKS
    assert [one for one in stub.asked if one[1] != "/robots.txt"] == asked


@pytest.mark.parametrize(
    ("answers", "reason"),
    [
        ({"/": answer(404)}, "de pagina is er niet (404)"),
        ({"/": answer(410)}, "de pagina is weggehaald (410)"),
        ({"/": answer(500)}, "heeft een storing (500)"),
        ({"/": answer(503)}, "heeft een storing (503)"),
        ({"/": silence}, "antwoordt niet op tijd"),
        ({"/": slow_headers}, "antwoordt niet op tijd"),
        ({"/": endless_headers}, "antwoordt niet zoals een website"),
        ({"/": b"SSH-2.0-OpenSSH_9.2\r\n"}, "antwoordt niet zoals een website"),
        ({"/": to(301, "/a"), "/a": to(302, "/")}, "stuurt in een kring door"),
        ({"/": to(301, "/")}, "stuurt in een kring door"),
        ({"/": to(302, "/weg"), "/weg": answer(404)}, "de pagina is er niet (404)"),
    ],
)
def test_what_does_not_work(stub, answers, reason):
    stub.answers.update(answers)

    found = verdict_on(f"{stub.url}/")

    assert (found.outcome, found.reason) == (Outcome.FAILED, reason)


@pytest.mark.parametrize(
    "answers",
    [
        *({"/": answer(status)} for status in (401, 403, 429, 451, 999)),
        {"/": answer(405)},
        {"/": to(302, "/", headers="Set-Cookie: a=b\r\n")},
        {"/": to(302, "/1"), **{f"/{n}": to(302, f"/{n + 1}") for n in range(1, 9)}},
        {"/robots.txt": b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /"},
        {"/": to(302, "ftp://school.example/")},
        {"/": to(302, "http://naam:geheim@school.example/")},
    ],
)
def test_what_nothing_can_be_said_of(stub, answers):
    stub.answers.update(answers)

    assert verdict_on(f"{stub.url}/").outcome == Outcome.UNCLEAR


def test_a_name_that_does_not_exist_fails_and_one_that_cannot_be_looked_up_now_does_not(stub, monkeypatch):
    import socket

    for code, outcome in ((socket.EAI_NONAME, Outcome.FAILED), (socket.EAI_AGAIN, Outcome.UNCLEAR)):

        def refuse(*args, code=code, **kwargs):
            raise socket.gaierror(code, "nee")

        monkeypatch.setattr(socket, "getaddrinfo", refuse)
        assert verdict_on(f"http://weg.example:{stub.port}/").outcome == outcome


def test_a_closed_door_fails(names, hurried, settings):
    with serving() as closed:
        settings.LINK_RADAR_PORTS = {closed.port}

    found = verdict_on(f"http://{SITE}:{closed.port}/")

    assert (found.outcome, found.reason) == (Outcome.FAILED, "neemt geen verbinding aan")


@pytest.mark.parametrize(
    ("answers", "moved_to"),
    [
        ({"/oud": to(301, "/nieuw")}, "/nieuw"),
        ({"/oud": to(308, "/nieuw")}, "/nieuw"),
        ({"/oud": to(301, "/tussen"), "/tussen": to(308, "/nieuw")}, "/nieuw"),
        ({"/oud": to(301, "/tussen"), "/tussen": to(302, "/nieuw")}, "/tussen"),
        ({"/oud": to(302, "/tussen"), "/tussen": to(301, "/nieuw")}, ""),
        ({"/oud": to(307, "/nieuw")}, ""),
        ({"/oud": answer(200)}, ""),
        ({"/oud": to(301, "/nieuw?x=é")}, "/nieuw?x=%C3%A9"),
        ({"/oud": to(301, "/" + "lang" * 200)}, ""),
    ],
)
def test_only_what_moved_for_good_gets_a_new_address(stub, answers, moved_to):
    stub.answers.update({"/nieuw": answer(200), "/nieuw?x=%C3%A9": answer(200), "/" + "lang" * 200: answer(200)})
    stub.answers.update({path: told.decode().encode() for path, told in answers.items()})

    found = verdict_on(f"{stub.url}/oud")

    assert (found.outcome, found.moved_to) == (Outcome.WORKS, f"{stub.url}{moved_to}" if moved_to else "")


def test_the_part_of_a_page_that_was_meant_stays_meant(stub):
    stub.answers.update({"/oud": to(301, "/nieuw"), "/nieuw": answer(200)})

    assert verdict_on(f"{stub.url}/oud#deel").moved_to == f"{stub.url}/nieuw#deel"
    assert ("HEAD", "/oud") in stub.asked


def test_robots_are_told_apart_and_keep_their_pace(stub):
    rules = b"User-agent: linkradar\nDisallow: /niet*.pdf\nCrawl-delay: 1\n\nUser-agent: *\nDisallow: /"
    stub.answers.update({"/robots.txt": b"HTTP/1.1 200 OK\r\n\r\n" + rules, "/wel": answer(200)})

    answers, hosts = check_all([f"{stub.url}/wel", f"{stub.url}/niet/dit.pdf"], {}, seconds=15)

    assert [answers[f"{stub.url}{path}"].outcome for path in ("/wel", "/niet/dit.pdf")] == ["werkt", "onduidelijk"]
    assert [one for one in stub.asked if one[1] == "/robots.txt"] == [("GET", "/robots.txt")]
    assert hosts[f"{SITE}:{stub.port}"].pause == 1


def test_who_asks_for_rest_gets_it(stub):
    import time

    stub.answers["/"] = answer(429, "Retry-After: 600\r\n")

    _, hosts = check_all([f"{stub.url}/"], {}, seconds=15)

    assert 500 < hosts[f"{SITE}:{stub.port}"].free_at - time.time() <= 600


def test_one_request_at_a_time_with_a_pause_in_between(names, settings, monkeypatch):
    from cms.link_radar import polite

    monkeypatch.setattr(polite, "PAUSE_SECONDS", 0.3)
    monkeypatch.setattr(polite.Host, "__init__", _host_with_a_short_pause)
    with serving({f"/{n}": answer(200) for n in range(4)}) as stub:
        settings.LINK_RADAR_PORTS = {stub.port}
        check_all([f"http://{SITE}:{stub.port}/{n}" for n in range(4)], {}, seconds=15)

    assert len(stub.moments) == 5
    assert all(later - sooner >= 0.29 for sooner, later in zip(stub.moments, stub.moments[1:], strict=False))


def _host_with_a_short_pause(self, free_at=0.0, robots="", robots_until=0.0, pause=0.3):
    self.free_at, self.robots, self.robots_until, self.pause = free_at, robots, robots_until, pause


def test_the_radar_says_who_it_is_and_sends_nothing_else(stub, settings, monkeypatch):
    settings.SITE_URL = "https://platform.example"
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    stub.answers["/"] = answer(200)

    assert verdict_on(f"{stub.url}/").outcome == Outcome.WORKS
    sent = stub.texts[-1]
    assert "User-Agent: Linkradar (+https://platform.example)" in sent
    assert "cookie" not in sent.lower()
    assert "authorization" not in sent.lower()


def test_a_body_without_end_takes_no_memory(stub):
    stub.answers["/"] = endless
    stub.answers["/robots.txt"] = endless

    tracemalloc.start()
    found = verdict_on(f"{stub.url}/")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert found.outcome == Outcome.WORKS
    assert most < 4_000_000


NOW = datetime.now(UTC)
YESTERDAY, LATER = NOW - timedelta(days=1), NOW + timedelta(days=30)


def certificate(*names, **more):
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **more).configure_cert(context)
    client = ssl.create_default_context()
    authority.configure_trust(client)
    return context, client


@pytest.mark.parametrize(
    ("names_on_it", "is_trusted", "until", "expected"),
    [
        ([SITE], True, LATER, (Outcome.WORKS, "")),
        ([SITE], True, YESTERDAY, (Outcome.FAILED, "het certificaat is verlopen")),
        (["andere.example"], True, LATER, (Outcome.FAILED, "het certificaat hoort bij een andere website")),
        ([SITE], False, LATER, (Outcome.FAILED, "het certificaat klopt niet")),
    ],
)
def test_certificates(names, hurried, settings, monkeypatch, names_on_it, is_trusted, until, expected):
    server, client = certificate(*names_on_it, not_after=until)
    if is_trusted:
        monkeypatch.setattr(asking, "_tls", lambda: client)
    with serving({"/": answer(200)}, tls=server) as stub:
        settings.LINK_RADAR_PORTS = {stub.port}
        found = verdict_on(f"https://{SITE}:{stub.port}/")

    assert (found.outcome, found.reason) == expected


def test_a_fault_of_ours_holds_up_no_other_address(stub):
    stub.answers["/"] = answer(200)

    def ask(method, url, **more):
        if url.endswith("/stuk"):
            raise RuntimeError
        return asking.ask(method, url, **more)

    answers, _ = check_all([f"{stub.url}/stuk", f"{stub.url}/"], {}, seconds=15, ask=ask)

    found = [answers[f"{stub.url}{path}"].outcome for path in ("/stuk", "/")]
    assert found == [Outcome.UNCLEAR, Outcome.WORKS]


def test_what_does_not_fit_in_a_round_is_left_for_the_next(stub):
    answers, _ = check_all([f"{stub.url}/"], {f"{SITE}:{stub.port}": Host(free_at=4_000_000_000)}, seconds=0.2)

    assert answers == {}
    assert stub.asked == []
