"""A site and people signed in to it, for journeys that leave something behind."""

import shutil

import pytest

from tests.end_to_end.signing_in import sign_in
from tests.fixtures.servers import Site


@pytest.fixture(scope="module")
def site(demo_data, tmp_path_factory):
    """A demo site for the tests of one file: what is done there stays there."""
    data = tmp_path_factory.mktemp("own-site") / "data"
    shutil.copytree(demo_data, data)
    site = Site(data, DJANGO_SETTINGS_MODULE="cms.settings.dev")
    with site.running():
        yield site


@pytest.fixture
def signed_in(site, new_context):
    """A page in which this demo account has signed in."""

    def signed_in(name, **options):
        page = new_context(**options).new_page()
        page.goto(site.url + "/account/inloggen/")
        sign_in(page, name)
        page.locator(".messages").wait_for()
        return page

    return signed_in
