import pytest
from django.contrib.auth.models import Group
from django.test import Client
from machina.apps.forum_permission.models import ForumPermission, UserForumPermission

from forum_integration.models import Attachment
from forum_integration.setup import ensure_forums, establish
from tests.factories import UserFactory
from tests.forum_integration.people_in_roles import forum_for  # noqa: F401


@pytest.fixture(autouse=True)
def attachments_of_this_test(monkeypatch, tmp_path):
    """The storage of attachments, in a folder of its own for each test."""
    storage = Attachment._meta.get_field("file").storage
    monkeypatch.setattr(storage, "location", str(tmp_path / "private"))
    return storage


@pytest.fixture
def forums(db):
    return ensure_forums()


@pytest.fixture
def questions(forums):
    return forums["vragen"]


@pytest.fixture
def conversations(forums):
    return forums["gesprekken"]


@pytest.fixture
def newcomer(forums):
    return UserFactory(display_name="Nina Nieuwkomer")


@pytest.fixture
def member(forums):
    user = UserFactory(display_name="Lotte Lid")
    establish(user)
    return user


@pytest.fixture
def other_member(forums):
    user = UserFactory(display_name="Anton Ander")
    establish(user)
    return user


@pytest.fixture
def moderator(forums):
    user = UserFactory(display_name="Mo Derator")
    user.groups.add(Group.objects.get(name="Moderatoren"))
    return user


@pytest.fixture
def browser_of():
    """A browser in which this person has signed in."""

    def browser(user=None):
        client = Client()
        if user:
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def set_right():
    """Give or withhold a right in one forum: to a person, to all members, or to visitors."""

    def set_right(codename, forum, *, granted, user=None, visitors=False):
        UserForumPermission.objects.update_or_create(
            permission=ForumPermission.objects.get(codename=codename),
            forum=forum,
            user=user,
            anonymous_user=visitors,
            authenticated_user=not (user or visitors),
            defaults={"has_perm": granted},
        )

    return set_right


@pytest.fixture
def close(set_right):
    """Close a forum to everybody but moderators and administrators."""

    def close(forum):
        for visitors in (True, False):
            set_right("can_read_forum", forum, granted=False, visitors=visitors)

    return close
