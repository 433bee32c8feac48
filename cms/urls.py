"""Where the addresses of the rooms meet; the contract for them is in docs/addresses.md."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms.styleguide import styleguide

urlpatterns = [
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/", include("cms.accounts.urls")),
    path("stijlgids/", styleguide, name="styleguide"),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
]
