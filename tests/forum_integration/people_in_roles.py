"""The forum as somebody in a role of the permission matrix comes upon it."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from django.contrib.auth.models import Group
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration import roles
from forum_integration.models import TopicDetails, TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import ideas
from forum_integration.setup import establish
from pages.roles import EDITORS
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic

ROLES = ("visitor", "member", "expert", "representative", "moderator", "editor", "administrator")


@dataclass
class Forum:
    """The forum as others filled it, and the person whose rights are tried."""

    forums: dict[str, Any]
    closed: Any
    role: str
    me: User | None
    author: User
    newcomer: User
    subject: Any = field(default_factory=SubjectFactory)

    @property
    def questions(self) -> Any:
        return self.forums["vragen"]

    @property
    def rights(self) -> ForumRights:
        return ForumRights(User.objects.get(pk=self.me.pk))

    def topic(self, by: User | None = None, **more: Any) -> Topic:
        return make_topic(more.pop("forum", self.questions), by or self.author, subjects=[self.subject], **more)

    def closed_topic(self, **more: Any) -> Topic:
        return self.topic(UserFactory(is_superuser=True), forum=self.closed, **more)

    def waiting(self) -> Topic:
        return self.topic(self.newcomer, files=[checked_pdf()])

    def locked(self, by: User | None = None) -> Topic:
        topic = self.topic(by)
        Topic.objects.filter(pk=topic.pk).update(status=Topic.TOPIC_LOCKED)
        return Topic.objects.get(pk=topic.pk)

    def idea(self, by: User | None = None) -> Topic:
        topic = self.topic(by, forum=self.forums["gesprekken"])  # the forum of ideas is the closed one
        TopicDetails.objects.filter(pk=topic.pk).update(kind=TopicKind.IDEA)
        return Topic.objects.get(pk=topic.pk)

    def closed_idea(self, by: User | None = None) -> Topic:
        topic = self.idea(by)
        ideas.close(topic=topic, by=ForumRights(by or self.author), text="Dit neem ik mee.")
        return Topic.objects.get(pk=topic.pk)

    def answered(self, by: User | None = None) -> Topic:
        topic = self.topic(by)
        make_reply(topic, self.author)
        return Topic.objects.get(pk=topic.pk)


@pytest.fixture
def forum_for(home, forums, close, set_right):
    """The forum for somebody in a role; a moderator is one of the open forums only."""
    closed = forums["ideeen-en-feedback"]
    author, newcomer = UserFactory(), UserFactory()
    establish(author)
    close(closed)

    def person(role: str) -> User | None:
        if role == "visitor":
            return None
        user = UserFactory(is_superuser=role == "administrator")
        establish(user)
        if role == "editor":
            user.groups.add(Group.objects.get(name=EDITORS))
        if role == "moderator":
            for codename in roles.MODERATE:
                for forum in (forums["vragen"], forums["gesprekken"]):
                    set_right(codename, forum, granted=True, user=user)
        return user

    return lambda role: Forum(forums, closed, role, person(role), author, newcomer)
