"""What ``make run`` promises: a site that is there within seconds and gone without a trace."""

import shutil
import socket

import pytest

from tests.fixtures.servers import Site


@pytest.fixture
def site(demo_data, tmp_path):
    shutil.copytree(demo_data, tmp_path / "data")
    return Site(tmp_path / "data")


def test_a_later_start_prepares_nothing_and_names_the_demo_accounts(site):
    with site.running():
        home = site.get("/")

    assert home.status == 200
    assert "Preparing" not in site.output
    assert site.url in site.output
    for account in ("beheerder", "redacteur", "moderator", "vertegenwoordiger", "expert", "lid", "nieuwkomer"):
        assert f"{account}@example.org" in site.output


def test_a_stopped_site_leaves_its_port_free_and_says_so(site):
    with site.running():
        pass

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", site.port))
    assert "The platform has stopped." in site.output
    assert "Traceback" not in site.output


def test_the_site_shows_no_details_of_an_error_to_visitors(demo_site):
    answer = demo_site.get("/bestaat-niet/")

    assert answer.status == 404
    assert b"DEBUG" not in answer.read()
