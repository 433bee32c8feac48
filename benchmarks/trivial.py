"""The reference: the least that Django can do for a request, with no database, template or middleware."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def pong(request: HttpRequest) -> HttpResponse:
    return HttpResponse("pong")


urlpatterns = [path("", pong)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="a benchmark keeps no secrets")  # noqa: S106
application = get_wsgi_application()
