"""The pages of /beheer/ that are our own, in a real browser: no accessibility faults, and no wider than a phone."""

import pytest

PAGES = [
    "/beheer/",
    "/beheer/?soort=links&van=mij",
    "/beheer/ontbreekt/",
    "/beheer/actueel/",
    "/beheer/actueel/?stand=nooit&q=net",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_of_editors_are_accessible(site, signed_in, axe, width, scheme):
    page = signed_in("redacteur", viewport={"width": width, "height": 900}, color_scheme=scheme)

    for path in PAGES:
        page.goto(site.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
