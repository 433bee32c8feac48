"""The demo accounts, and what each finds on its own page."""

import pytest

from cms.models import User

pytestmark = pytest.mark.usefixtures("demo_content")


def test_my_page_names_the_pages_that_i_keep_and_no_others(client_of):
    keeper, other = (User.objects.get(email=f"{name}@example.org") for name in ("vertegenwoordiger", "lid"))

    assert 'href="/netwerken/netwerk-toetsbekwaamheid/"' in client_of(keeper).get("/mijn/").content.decode()
    assert "Pagina’s die ik bijhoud" not in client_of(other).get("/mijn/").content.decode()


def test_who_may_work_in_the_admin_finds_the_way_there(client_of):
    editor, other = (User.objects.get(email=f"{name}@example.org") for name in ("redacteur", "lid"))

    assert 'href="/beheer/"' in client_of(editor).get("/mijn/").content.decode()
    assert 'href="/beheer/"' not in client_of(other).get("/mijn/").content.decode()


def test_every_demo_account_signs_in(client_of):
    for name in ("beheerder", "redacteur", "moderator", "vertegenwoordiger", "expert", "lid", "nieuwkomer"):
        browser = client_of(None)
        browser.post("/account/inloggen/", {"login": f"{name}@example.org", "password": "demo-flexibel"})
        assert browser.get("/mijn/").status_code == 200, name
