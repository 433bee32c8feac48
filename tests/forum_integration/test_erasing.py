"""An account goes: the thread stays, the person vanishes, whichever way the account was deleted."""

import pytest
from django.db import connection, models, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.forum_polls.models import TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration.models import Attachment, Draft, EarlierText, Withheld
from forum_integration.quoting import quotation
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, reports, voting
from forum_integration.services.drafts import keep as keep_draft
from forum_integration.services.writing import PollDraft, edit_post
from forum_integration.setup import establish
from search import indexing
from search.queries import SearchQuery
from tests.factories import PASSWORD, UserFactory
from tests.forum_integration.busy_life import busy_life, is_ours, pointing_at_members
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, topic_address

NAME, ADDRESS = "Zwaantje Zonderling", "zwaantje@example.org"


@pytest.fixture
def leaver(forums):
    user = UserFactory(display_name=NAME, email=ADDRESS)
    establish(user)
    return user


@pytest.fixture
def administrator(forums):
    return UserFactory(is_superuser=True)


def erase_own(user):
    client = Client()
    client.post("/account/inloggen/", {"login": user.email, "password": PASSWORD})
    client.post("/account/opnieuw-inloggen/", {"password": PASSWORD})
    client.post("/mijn/verwijderen/")


def delete_by_the_admin(user, administrator):
    client = Client()
    client.force_login(administrator)
    client.post(reverse("wagtailusers_users:delete", args=[user.pk]))


def delete_by_the_admin_in_bulk(user, administrator):
    client = Client()
    client.force_login(administrator)
    client.post(reverse("wagtail_bulk_action", args=["cms", "user", "delete"]) + f"?id={user.pk}")


WAYS = {
    "own button": lambda user, administrator: erase_own(user),
    "Wagtail's admin": delete_by_the_admin,
    "Wagtail's admin in bulk": delete_by_the_admin_in_bulk,
    "User.delete": lambda user, administrator: User.objects.get(pk=user.pk).delete(),
    "queryset": lambda user, administrator: User.objects.filter(pk=user.pk).delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_a_thread_stays_with_everybodys_answers(home, questions, leaver, other_member, administrator, way):
    topic = make_topic(questions, leaver, title="Hoe toets je dat?", text="Mijn vraag.")
    answer = make_reply(topic, other_member, text="Zo doen wij dat.")

    WAYS[way](leaver, administrator)

    assert not User.objects.filter(pk=leaver.pk).exists()
    page = Client().get(topic_address("topic", topic)).content.decode().partition("<main")[2]
    assert page.index("Oud-deelnemer") < page.index("Mijn vraag.") < page.index("Zo doen wij dat.")
    assert NAME not in page
    answer.refresh_from_db()
    assert (answer.poster, answer.content.raw) == (other_member, "Zo doen wij dat.")


def test_what_passes_by_the_site_is_refused_instead_of_cascading(questions, leaver):
    make_topic(questions, leaver)

    with pytest.raises(ProtectedError), transaction.atomic():
        User._base_manager.filter(pk=leaver.pk).delete()

    assert Topic.objects.count() == Post.objects.count() == 1


def text_of_the_database():
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            for row in cursor.fetchall():
                yield table, str(row)


def test_no_row_of_the_database_holds_the_name_or_the_address(
    home, index, forums, leaver, other_member, moderator, administrator
):
    busy_life(leaver, other_member, moderator, forums)
    indexing.drain()
    assert {table for table, row in text_of_the_database() if NAME in row} >= {"cms_user"}

    delete_by_the_admin(leaver, administrator)
    indexing.drain()

    traces = [(table, row) for table, row in text_of_the_database() if NAME in row or ADDRESS in row]
    assert not traces


def test_no_row_points_at_the_account(home, forums, leaver, other_member, moderator):
    busy_life(leaver, other_member, moderator, forums)
    pk = leaver.pk

    erase_own(leaver)

    for model, field in pointing_at_members():
        assert not model._base_manager.filter(**{f"{field.name}_id": pk}).exists(), field


def test_the_trial_of_erasing_leaves_out_no_table_of_ours(home, forums, leaver, other_member, moderator):
    """A table that is added later has to be added to the busy life as well."""
    busy_life(leaver, other_member, moderator, forums)

    for model, field in pointing_at_members():
        if is_ours(model):
            assert model._base_manager.filter(**{field.name: leaver}).exists(), field


def test_every_table_lets_somebody_go(db):
    """Rows go along or lose the account; what the database leaves as it is, is let go of by hand."""
    by_hand = {("wagtailcore.ModelLogEntry", "user"), ("wagtailcore.PageLogEntry", "user")}
    by_hand |= {("forum_conversation.Topic", "poster"), ("forum_conversation.Post", "poster")}
    by_hand |= {("forum_polls.TopicPollVote", "voter")}  # their rows would take along what is of others

    for model, field in pointing_at_members():
        if (model._meta.label, field.name) not in by_hand:
            assert field.remote_field.on_delete in {models.CASCADE, models.SET_NULL}, field


def test_quotations_lose_the_name_and_stay_as_they_were(home, questions, leaver, other_member):
    topic = make_topic(questions, leaver, text="Wie weet het?")
    theirs = make_topic(questions, other_member)
    text = f"{quotation(topic.first_post, 'Een oudere naam')}{quotation(theirs.first_post, 'Anton Ander')}Eens met Z.!"
    answer = make_reply(topic, other_member, text=text)
    keep_draft(member=other_member, place=topic, typed={"text": text})

    erase_own(leaver)

    answer.refresh_from_db()
    assert answer.content.raw == text.replace("Een oudere naam", "Oud-deelnemer")
    assert "Oud-deelnemer schreef</a>" in answer.content.rendered
    assert "Anton Ander schreef</a>" in answer.content.rendered
    assert Draft.objects.get().typed["text"] == answer.content.raw


def test_what_posts_said_before_they_were_changed_goes(home, questions, leaver, other_member, moderator):
    mine, theirs = make_topic(questions, leaver, text="Bel mij: 06 12345678"), make_topic(questions, other_member)
    for topic, by in ((mine, leaver), (theirs, moderator)):
        edit_post(post=topic.first_post, by=ForumRights(by), text="Anders.")

    erase_own(leaver)

    assert [earlier.post for earlier in EarlierText.objects.all()] == [theirs.first_post]


def test_a_report_stays_for_the_moderators_when_who_made_it_leaves(home, questions, leaver, other_member, moderator):
    post = make_topic(questions, other_member).first_post
    reports.report(post=post, by=ForumRights(leaver), kind="anders", note="Klopt dit?")

    erase_own(leaver)

    page = Client()
    page.force_login(moderator)
    shown = page.get("/forum/moderatie/wachtrij/").content.decode()
    assert "Klopt dit?" in shown
    assert "gemeld door <bdi>Oud-deelnemer</bdi>" in shown


def test_the_name_finds_nothing_any_more_and_the_thread_is_still_found(home, index, questions, leaver, other_member):
    topic = make_topic(questions, leaver, title="Toetsen op de werkplek")
    make_reply(topic, other_member)
    indexing.drain()
    query = SearchQuery(text="Zonderling")
    assert index.search(query).total == 1

    erase_own(leaver)
    indexing.drain()

    assert index.search(query).total == 0
    assert index.search(SearchQuery(text="toetsen werkplek")).total == 1


def test_votes_still_count_as_those_of_one_voter(home, questions, leaver, other_member):
    topic = make_topic(questions, other_member, poll=PollDraft(question="Wat?", options=["Dit", "Dat"], max_options=2))
    options = list(topic.poll.options.order_by("pk"))
    voting.vote(poll=topic.poll, by=ForumRights(leaver), options=options)
    also = UserFactory()
    establish(also)
    voting.vote(poll=topic.poll, by=ForumRights(also), options=options[:1])

    erase_own(leaver)
    erase_own(also)

    assert set(TopicPollVote.objects.values_list("voter", flat=True)) == {None}
    poll = voting.on_page(Topic.objects.get(), ForumRights(other_member))
    assert poll.voters == 2
    assert [result.share for result in poll.results] == [100, 50]


def test_an_attachment_stays_and_forgets_who_sent_it(home, questions, leaver):
    make_topic(questions, leaver, files=[checked_pdf()])

    erase_own(leaver)

    assert Attachment.objects.get().uploaded_by is None


def test_what_nobody_else_was_to_read_goes(home, questions, leaver, other_member, moderator):
    stays, theirs = make_topic(questions, leaver), make_topic(questions, other_member)
    gone = make_topic(questions, leaver, title="Toch maar niet")
    moderation.delete_post(post=gone.first_post, by=ForumRights(leaver))
    refused = make_reply(theirs, leaver, text="Te fel")
    Post.objects.filter(pk=refused.pk).update(approved=False)
    Withheld.objects.create(post=refused, state=Withheld.State.REFUSED)
    hidden = make_reply(theirs, leaver, text="Gemeld")
    moderation.withhold(hidden, Withheld.State.HIDDEN)

    erase_own(leaver)

    assert set(Topic.objects.all()) == {stays, theirs}
    assert set(theirs.posts.all()) == {theirs.first_post, hidden}
    moderation.restore(post=hidden, by=ForumRights(moderator))
    assert "Oud-deelnemer" in Client().get(topic_address("topic", theirs)).content.decode()


def test_a_deleted_topic_that_others_answered_keeps_their_answers_for_who_puts_it_back(
    home, questions, leaver, other_member, moderator
):
    topic = make_topic(questions, leaver)
    answer = make_reply(topic, other_member)
    moderation.delete_post(post=topic.first_post, by=ForumRights(moderator))

    erase_own(leaver)

    assert Post.objects.filter(pk=answer.pk).exists()


def test_a_profile_of_somebody_who_left_or_never_confirmed_is_not_there(home, questions, leaver, visitor):
    make_topic(questions, leaver)
    address = reverse("forum_member:profile", args=[leaver.pk])
    assert visitor.get(address).status_code == 200

    leaver.emailaddress_set.update(verified=False)
    unconfirmed = visitor.get(address)
    leaver.emailaddress_set.update(verified=True)
    erase_own(leaver)
    erased = visitor.get(address)
    never = visitor.get(reverse("forum_member:profile", args=[leaver.pk + 1000]))

    assert unconfirmed.status_code == erased.status_code == never.status_code == 404
    assert unconfirmed.content == erased.content == never.content


def test_signing_up_again_with_the_same_address_gives_a_new_account(home, questions, leaver):
    topic = make_topic(questions, leaver)
    erase_own(leaver)

    again = UserFactory(email=ADDRESS, display_name=NAME, date_joined=timezone.now())

    topic.refresh_from_db()
    assert topic.poster is None
    assert again.pk != leaver.pk
