"""Searches are counted by a thread of the serving process, over a database that several processes share."""

import http.client
import time

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

COUNTS = """
from search.models import SearchedText
print(SearchedText.objects.filter(text="xyzzyplugh").values_list("searches", "visitors", "vain_visitors").first())
"""


def search(site, browser):
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/zoeken/?q=Xyzzyplugh", headers={"User-Agent": browser})
    assert connection.getresponse().status == 200


def test_searches_are_counted_a_moment_later(postgresql_site):
    for browser in ("Firefox", "Chromium", "Safari", "Firefox", "Firefox", "Edge"):
        search(postgresql_site, browser)

    until = time.monotonic() + 60
    while (counts := postgresql_site.manage("shell", "--verbosity=0", "-c", COUNTS).strip()) != "(6, 4, 4)":
        assert time.monotonic() < until, counts
