"""The Content Security Policy of what the demo site really answers, page by page."""

import pytest

from cms.models import User
from tests.cms import addresses

pytestmark = pytest.mark.usefixtures("demo_content")

NEVER = {"'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:"}
ADMIN = ["/beheer/", "/beheer/pages/", "/beheer/images/", "/beheer/documents/", "/beheer/users/", "/beheer/weg/"]


def policy(answer):
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in parts}


def test_every_kind_of_page_allows_what_is_the_sites_own_and_nothing_inline(client):
    found = addresses.one_of_each_kind(client)
    assert len(found) > 30

    for address in [*found, "/mijn/", "/bestaat-niet/", "/netwerken/bestaat-niet/", "/zoeken/?q=%00"]:
        given = policy(client.get(address))
        assert given["default-src"] == {"'none'"}, address
        assert given["script-src"] == given["style-src"] == {"'self'"}, address
        assert not (NEVER | {"'unsafe-inline'"}) & set().union(*given.values()), address
        assert {"base-uri", "form-action", "frame-ancestors", "object-src"} <= set(given), address


@pytest.mark.parametrize("address", ADMIN)
def test_every_page_of_the_admin_has_the_policy_of_the_admin(client, address):
    client.force_login(User.objects.get(email="beheerder@example.org"))

    given = policy(client.get(address))

    assert given["default-src"] == {"'none'"}
    assert given["frame-ancestors"] == {"'self'"}
    assert not NEVER & set().union(*given.values())
    inline = {name for name, sources in given.items() if "'unsafe-inline'" in sources}
    assert inline == {"script-src", "style-src"}
