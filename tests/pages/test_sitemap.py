from django.conf import settings
from wagtail.models import Page


def test_a_page_that_stands_outside_the_site_is_not_in_its_sitemap(home, client):
    outside = Page.objects.live().filter(depth=2).exclude(pk=home.pk)
    assert outside.exists()

    text = client.get("/sitemap.xml").content.decode()

    assert f"<loc>{settings.SITE_URL}/netwerken/</loc>" in text
    assert outside[0].slug not in text
