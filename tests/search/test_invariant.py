"""Whatever people do, the index holds exactly what the database shows to a visitor (invariant 7)."""

import random
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from machina.apps.forum_permission.models import UserForumPermission
from wagtail.models import Page, PageViewRestriction

from cms.models import Organisation, Subject
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, writing
from forum_integration.topics import Topic
from pages.models import EntryPage
from search import indexing, reader
from search.engines import get_engine, get_fallback
from tests.factories import (
    ArticlePageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    StandardPageFactory,
    SubjectFactory,
    UserFactory,
)

STEPS = 60


class People:
    """Editors, members and moderators who do whatever comes to mind."""

    def __init__(self, seed, forums):
        self.random = random.Random(seed)
        self.forums = forums
        self.moderator = ForumRights(UserFactory(is_superuser=True))
        self.newcomer = ForumRights(UserFactory())

    def one(self, things):
        found = list(things)
        return self.random.choice(found) if found else None

    @property
    def page(self):
        found = self.one(Page.objects.filter(depth__gt=3))
        return found and found.specific

    def publish(self):
        subjects = [subject for subject in [self.one(Subject.objects.all())] if subject]
        factory = self.random.choice([NetworkPageFactory, PartnershipPageFactory, ArticlePageFactory])
        factory(subjects=subjects)

    def publish_below(self):
        StandardPageFactory(parent=StandardPageFactory())

    def take_offline(self):
        if page := self.page:
            page.unpublish()

    def put_online(self):
        if page := self.page:
            page.save_revision().publish()

    def delete_page(self):
        if page := self.page:
            page.delete()

    def close(self):
        if page := self.one(Page.objects.filter(depth__gt=2)):
            PageViewRestriction.objects.get_or_create(page=page, restriction_type=PageViewRestriction.LOGIN)

    def open(self):
        if restriction := self.one(PageViewRestriction.objects.all()):
            restriction.delete()

    def end(self):
        if entry := self.one(EntryPage.objects.filter(ended_on=None)):
            entry = entry.specific
            entry.ended_on, entry.ended_as = localdate(), "opgeheven"
            entry.save()

    def make_subject(self):
        SubjectFactory()

    def drop_subject(self):
        if subject := self.one(Subject.objects.all()):
            subject.delete()

    def make_organisation(self):
        OrganisationFactory()

    def hide_organisation(self):
        if organisation := self.one(Organisation.objects.all()):
            organisation.is_public = not organisation.is_public
            organisation.save()

    def start_topic(self):
        by = self.random.choice([self.moderator, self.newcomer])
        with suppress(ValidationError):  # a newcomer who started enough for today
            writing.start_topic(forum=self.forums["vragen"], by=by, title="Een vraag", text="Wie weet dit?")

    def approve(self):
        if post := self.one(moderation.posts_to_decide(self.moderator)):
            moderation.approve(post=post, by=self.moderator)

    def delete_topic(self):
        if topic := self.one(Topic.objects.filter(approved=True)):
            moderation.delete_post(post=topic.first_post, by=self.moderator)

    def close_forums(self):
        right = UserForumPermission.objects.filter(
            anonymous_user=True, permission__codename="can_read_forum", forum=None
        ).first()
        if right:
            right.has_perm = not right.has_perm
            right.save()

    def rebuild(self):
        indexing.rebuild()

    def act(self):
        acts = [name for name in vars(People) if not name.startswith("_") and name not in {"one", "page", "act"}]
        name = self.random.choice(acts)
        getattr(self, name)()
        return name


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_after_any_acts_the_index_holds_exactly_what_a_visitor_may_open(index, forums, committing, seed):
    people = People(seed, forums)
    done = []

    for _ in range(STEPS):
        with committing():
            done.append(people.act())

        visible = reader.visible_ids()
        assert get_engine().ids() == visible, done
        assert get_fallback().ids() == visible, done
