"""Check 58: the radar is led to nothing but websites of the open internet."""

import pytest

from cms.link_radar import addresses, asking
from cms.link_radar.addresses import Trouble, Unclear, is_public
from cms.link_radar.polite import check_all
from cms.models import Outcome
from tests.link_radar.conftest import SITE
from tests.link_radar.stub import answer, serving, to

INSIDE = [
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2001:0:7f00:1::",
    "2002:7f00:1::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
]


@pytest.mark.parametrize("address", INSIDE)
def test_what_stands_inside_a_network_is_no_website(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "145.100.1.1", "2a02:a000::1", "2600::1"])
def test_addresses_of_the_open_internet_are(address):
    assert is_public(address)


@pytest.fixture
def inside(hurried, settings):
    """Something on this machine that must not be touched."""
    with serving({"/": answer(200)}) as listener:
        settings.LINK_RADAR_PORTS = {listener.port}
        yield listener


ODD_WAYS_TO_WRITE_IT = [
    "127.0.0.1",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "127.1",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "2130706433",
    "0",
    "0.0.0.0",  # noqa: S104
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[0:0:0:0:0:ffff:7f00:1]",
    "１２７.０.０.１",
    "127。0。0。1",
    "ⓛocalhost",
    "naam@127.0.0.1",
    "school.example@127.0.0.1",
    "naam:geheim@127.0.0.1",
]


@pytest.mark.parametrize("host", ODD_WAYS_TO_WRITE_IT)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_this_machine_is_not_touched_however_it_is_written(inside, scheme, host):
    url = f"{scheme}://{host}:{inside.port}/"

    answers, _ = check_all([url], {}, seconds=15)

    assert answers[url].outcome != Outcome.WORKS
    assert inside.connections == 0


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://{}/",
        "gopher://{}/",
        "dict://{}/",
        "javascript:alert(1)",
        "//{}/",
        "",
        "http://",
        "http://[",
        "http:///x",
        "http://{}:99999/",
        "http://a b/",
        "http://{}\r\nX: y/",
    ],
)
def test_what_is_no_address_of_a_website_is_not_asked_after(inside, url):
    with pytest.raises((Trouble, ValueError)):
        asking.ask("GET", url.format(f"127.0.0.1:{inside.port}"))

    assert inside.connections == 0


@pytest.mark.parametrize(
    "found", [["127.0.0.1"], ["10.0.0.1"], ["::1"], ["8.8.8.8", "127.0.0.1"], ["127.0.0.1", "8.8.8.8"], []]
)
def test_a_name_that_leads_inside_is_not_followed(inside, monkeypatch, found):
    monkeypatch.setattr(addresses, "lookup", lambda host, port: found)

    with pytest.raises(Unclear, match="besloten netwerk"):
        asking.ask("GET", f"http://school.example:{inside.port}/")

    assert inside.connections == 0


def test_a_redirect_to_this_machine_is_not_followed(stub, names, settings):
    names["binnen.example"] = ["127.0.0.2"]
    with serving({"/": answer(200)}, host="127.0.0.2") as inside:
        settings.LINK_RADAR_PORTS = {stub.port, inside.port}
        for number, host in enumerate(("binnen.example", "127.0.0.2", "0x7f000002", "[::ffff:127.0.0.2]")):
            stub.answers[f"/{number}"] = to(302, f"http://{host}:{inside.port}/")
            url = f"{stub.url}/{number}"
            answers, _ = check_all([url], {}, seconds=15)
            assert (answers[url].outcome, answers[url].reason) == (Outcome.UNCLEAR, "wijst naar een besloten netwerk")

    assert inside.connections == 0


def test_neither_is_one_of_what_robots_may_ask(stub, settings):
    with serving({"/": answer(200)}, host="127.0.0.2") as inside:
        settings.LINK_RADAR_PORTS = {stub.port, inside.port}
        stub.answers.update({"/robots.txt": to(302, f"http://127.0.0.2:{inside.port}/robots.txt"), "/": answer(200)})
        check_all([f"{stub.url}/"], {}, seconds=15)

    assert inside.connections == 0


def test_a_name_that_changes_its_answer_leads_to_what_was_looked_at(stub, monkeypatch, settings):
    """The first answer is a website, every later one is inside: each request looks again and sees."""
    asked = []

    def lookup(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.3"]

    monkeypatch.setattr(addresses, "lookup", lookup)
    stub.answers["/"] = answer(200)

    assert asking.ask("HEAD", f"{stub.url}/").status == 200
    assert asked == [SITE]
    with pytest.raises(Unclear):
        asking.ask("HEAD", f"{stub.url}/")


def test_only_the_usual_doors_of_a_website_are_knocked_at(stub, settings):
    settings.LINK_RADAR_PORTS = {80, 443}

    with pytest.raises(Unclear, match="ongebruikelijke poort"):
        asking.ask("GET", f"{stub.url}/")

    assert stub.connections == 0


def test_the_site_does_not_ask_itself(stub, settings):
    settings.SITE_URL = f"http://{SITE}"

    with pytest.raises(Unclear, match="deze site zelf"):
        asking.ask("GET", f"{stub.url}/")

    assert stub.connections == 0
