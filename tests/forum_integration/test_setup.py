"""The forums with their rights, the demo topics, and what the forum tells the other rooms."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.forum_polls.models import TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic
from machina.apps.forum_permission.models import GroupForumPermission, UserForumPermission

from cms.demo.fixtures import FixtureError
from cms.demo.labels import load_labels
from cms.models import Subject
from forum_integration import demo, roles
from forum_integration.demo import TOPICS, load_forum
from forum_integration.models import Attachment, TopicDetails
from forum_integration.receivers import topics_changed
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging, writing
from forum_integration.topics import opening_of, public_topics, topic_url
from tests.factories import SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic

MODELS = (Forum, Topic, Post, Attachment, TopicPollVote, UserForumPermission, GroupForumPermission)


def rows():
    return {model.__name__: sorted(model.objects.values_list()) for model in MODELS}


def test_setting_up_twice_changes_nothing(forums):
    before = rows()

    call_command("setup_forum")

    assert rows() == before


def test_setting_up_leaves_what_an_administrator_renamed_and_repairs_rights(forums, questions):
    Forum.objects.filter(pk=questions.pk).update(name="Vraagbaak")
    right = UserForumPermission.objects.get(anonymous_user=True, permission__codename="can_read_forum")
    right.has_perm = False
    right.save()

    call_command("setup_forum")

    assert Forum.objects.filter(name="Vraagbaak").exists()
    assert Forum.objects.count() == len(roles.FORUMS)
    assert ForumRights(AnonymousUser()).has("can_read_forum", questions.pk)


def test_every_right_that_is_named_exists_and_is_given(forums, member, moderator):
    for user, rights in (
        (AnonymousUser(), roles.READ),
        (member, roles.READ + roles.WRITE),
        (moderator, roles.READ + roles.WRITE + roles.MODERATE),
    ):
        for codename in rights:
            assert ForumRights(user).has(codename, forums["vragen"].pk), codename
    assert not any(ForumRights(AnonymousUser()).has(codename, forums["vragen"].pk) for codename in roles.WRITE)
    assert not any(ForumRights(member).has(codename, forums["vragen"].pk) for codename in roles.MODERATE[:-2])


def test_asking_rights_takes_three_queries_for_all_forums(forums, moderator, django_assert_num_queries):
    with django_assert_num_queries(3):
        rights = ForumRights(moderator)
        for forum in forums.values():
            for codename in roles.READ + roles.WRITE + roles.MODERATE:
                rights.has(codename, forum.pk)


@pytest.fixture
def loaded(db):
    load_labels()
    load_forum()


def test_every_demo_topic_stands_in_its_forum_with_all_that_it_has(loaded):
    topics = {topic.slug: topic for topic in public_topics().select_related("poll")}

    assert len(topics) == 35
    for record in TOPICS:
        topic = topics[record.slug]
        opening, *answers = topic.public_posts
        assert topic.subject == record.title
        assert record.slug in topic_url(topic)
        assert topic.poster.display_name == record.author
        summed_up_by = [record.author] if record.summary else []
        authors = [*(reply.author for reply in record.replies), *summed_up_by]
        assert [answer.poster.display_name for answer in answers] == authors
        assert sorted(subject.slug for subject in topic.details.subjects.all()) == sorted(record.subjects)
        assert sorted(sector.slug for sector in topic.details.sectors.all()) == sorted(record.sectors)
        assert opening.files.count() == bool(record.attachment)
        assert hasattr(topic, "poll") == bool(record.poll)
        assert hasattr(topic, "idea") == bool(record.asks)
        assert opening_of(topic)
        moments = [post.created for post in topic.public_posts]
        assert moments == sorted(moments)
        assert topic.last_post_on == moments[-1] <= demo.LAST_WORD
    assert not any(topic.poster.has_usable_password() for topic in topics.values())


def test_the_kinds_of_the_demo_become_those_of_the_forum(loaded):
    kinds = TopicDetails.objects.values_list("topic__forum__details__key", "kind")

    assert sorted(set(kinds)) == [
        ("gesprekken", "gesprek"),
        ("gesprekken", "peiling"),
        ("ideeen-en-feedback", "idee"),
        ("vragen", "vraag"),
    ]


def test_loading_the_demo_twice_changes_nothing(loaded):
    before = rows()

    load_forum()

    after = rows()
    for model in ("Topic", "Post", "Attachment", "TopicPollVote", "UserForumPermission"):
        assert after[model] == before[model]


def test_a_demo_topic_about_nothing_known_is_named(loaded):
    Topic.objects.all().delete()
    Subject.objects.filter(slug="flexibilisering").delete()

    with pytest.raises(FixtureError, match=r"forum_topics.yaml, record 'vaste-jaren.*subjects.*flexibilisering"):
        load_forum()


@pytest.fixture
def told():
    """The ids that ``topics_changed`` named."""
    ids = []

    def listen(topic_ids, **kwargs):
        ids.extend(topic_ids)

    topics_changed.connect(listen)
    yield ids
    topics_changed.disconnect(listen)


def test_search_hears_of_everything_that_changes_what_a_visitor_reads(
    questions, conversations, member, newcomer, moderator, set_right, told
):
    by = ForumRights(moderator)
    topic = make_topic(questions, member)
    waiting = make_reply(topic, newcomer)
    changes = {
        "answer": lambda: make_reply(topic, member),
        "approval": lambda: moderation.approve(post=waiting, by=by),
        "edit": lambda: writing.edit_post(post=waiting, by=by, text="Anders"),
        "labels": lambda: topic.details.subjects.add(SubjectFactory()),
        "move": lambda: rearranging.move(topic=topic, by=by, to=conversations),
        "rights": lambda: set_right("can_read_forum", conversations, granted=False, visitors=True),
        "answer deleted": lambda: moderation.delete_post(post=waiting, by=by),
        "topic deleted": lambda: moderation.delete_post(post=topic.first_post, by=by),
    }
    number = topic.pk

    for name, change in changes.items():
        told.clear()
        change()
        assert number in told, name
