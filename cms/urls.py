"""Where the addresses of the rooms meet; the contract for them is in docs/addresses.md."""

from django.conf import settings
from django.urls import include, path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from cms import health, machine_readers
from cms.accounts.admin_door import staff_only
from cms.accounts.views import account_erased, download_own_data, erase_account, my_page
from cms.handbook.views import for_representatives
from cms.styleguide import styleguide

handler400 = "cms.errors.bad_request"
handler429 = "cms.errors.too_many_requests"  # asked for by allauth
handler500 = "cms.errors.server_error"

sign_in = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    # Wagtail's own sign-in pages know no limits: there is one door, that of the site.
    path("beheer/login/", sign_in),
    path("_util/login/", sign_in),
    path("beheer/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, staff_only))),
    path("documenten/", include(wagtaildocs_urls)),
    # Only images as pages show them: originals and documents lie in other folders of the media.
    path("media/images/<path:path>", serve, {"document_root": settings.MEDIA_ROOT / "images"}),
    path("account/", include("cms.accounts.urls")),
    path("mijn/", my_page, name="my_page"),
    path("mijn/mail/", include("forum_integration.mail_urls")),
    path("mijn/berichten/", include("forum_integration.correspondence_urls")),
    path("mijn/profiel/", include("forum_integration.profile_urls")),
    path("mijn/vragen/", include("forum_integration.asked_urls")),
    path("mijn/", include("pages.representing.urls")),
    path("mijn/handboek/", for_representatives, name="representatives_handbook"),
    path("mijn/handboek/<slug:slug>/", for_representatives, name="representatives_handbook"),
    path("mijn/gegevens/", download_own_data, name="own_data"),
    path("mijn/verwijderen/", erase_account, name="erase_account"),
    path("account/verwijderd/", account_erased, name="account_erased"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("sitemap.xml", machine_readers.sitemap, name="sitemap"),
    path("robots.txt", machine_readers.robots, name="robots"),
    path(".well-known/security.txt", machine_readers.security_txt, name="security_txt"),
    path("favicon.ico", machine_readers.favicon, name="favicon"),
    path("stijlgids/", styleguide, name="styleguide"),
    path("klopt-dit-niet/", include("pages.correcting.urls")),
    path("voordragen/", include("pages.proposing.urls")),
    path("", include("search.urls")),
    path("forum/", include("forum_integration.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
]
