import pytest

from cms.link_radar import addresses, asking, polite
from tests.link_radar.stub import serving

SITE = "school.example"
"""The name under which the stub stands on the open internet of the tests."""


@pytest.fixture
def names(monkeypatch):
    """Which name leads where; the machine's own address counts as one of the open internet, and no other does."""
    found = {SITE: ["127.0.0.1"]}
    is_public = addresses.is_public

    def lookup(host, port):
        return found[host] if host in found else real_lookup(host, port)

    real_lookup = addresses.lookup
    monkeypatch.setattr(addresses, "lookup", lookup)
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or is_public(address))
    return found


@pytest.fixture
def hurried(monkeypatch):
    """No pause between two requests, and little patience."""
    monkeypatch.setattr(polite, "PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(polite.Host, "__init__", _host_without_pause)
    monkeypatch.setattr(asking, "READ_SECONDS", 0.6)
    monkeypatch.setattr(asking, "TOTAL_SECONDS", 1.2)


def _host_without_pause(self, free_at=0.0, robots="", robots_until=0.0, pause=0.0):
    self.free_at, self.robots, self.robots_until, self.pause = free_at, robots, robots_until, pause


@pytest.fixture
def stub(names, hurried, settings):
    with serving() as stub:
        settings.LINK_RADAR_PORTS = {stub.port}
        stub.url = f"http://{SITE}:{stub.port}"
        yield stub
