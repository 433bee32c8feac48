"""Browsers of people in each role of the site."""

from django.contrib.auth.models import Group
from django.test import Client

from forum_integration.roles import MODERATORS
from pages.roles import sync_editors
from tests.factories import UserFactory

REFUSED = {"visitor": 302, "member": 403, "moderator": 403}
"""What who is no editor gets from /beheer/: the page to sign in, or a no."""

WELCOME = ("editor", "administrator")


def browser_of(role, home):
    """The browser of somebody in this role, on the site with this home page."""
    browser = Client()
    if role == "visitor":
        return browser
    user = UserFactory(is_superuser=role == "administrator")
    if role == "moderator":
        user.groups.add(Group.objects.get_or_create(name=MODERATORS)[0])
    if role == "editor":
        user.groups.add(sync_editors(home))
    browser.force_login(user)
    return browser
