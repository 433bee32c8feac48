"""Which entry somebody may write for."""

import logging

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from cms.models import User
from pages.models import EntryPage

logger = logging.getLogger(__name__)


def find_kept(request: HttpRequest, pk: int) -> EntryPage:
    """The whole page of an entry, for who keeps it and for editors.

    Raises PermissionDenied, which is logged, for an entry that everybody can read; of others Http404, as if there were
    no such entry.
    """
    entry: EntryPage = get_object_or_404(EntryPage, pk=pk).specific
    user = request.user
    if not isinstance(user, User) or not entry.permissions_for_user(user).can_keep():
        if not EntryPage.objects.listed().filter(pk=pk).exists():
            raise Http404("No entry that this person may know of")
        logger.warning("Account %s may not write for entry %s", user.pk, pk)
        raise PermissionDenied
    return entry
