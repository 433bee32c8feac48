"""What views of every room ask of a request."""

from django.http import HttpRequest
from django.views.decorators.http import require_http_methods

from cms.models import User

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def member_of(request: HttpRequest) -> User:
    """Whoever sent it, in a view that only those who signed in get to."""
    assert isinstance(request.user, User)  # noqa: S101 - for the types; the view sees to it
    return request.user
