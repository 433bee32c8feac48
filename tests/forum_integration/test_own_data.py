"""Members download all that the platform keeps of them, and nothing of others."""

import json

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client

from cms.accounts import own_data
from cms.models import User
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from tests.factories import PASSWORD
from tests.forum_integration.factories import make_reply, make_topic
from tests.forum_integration.test_erasing import busy_life

ADDRESS = "/mijn/gegevens/"


def download(user):
    client = Client()
    client.post("/account/inloggen/", {"login": user.email, "password": PASSWORD})
    client.post("/account/opnieuw-inloggen/", {"password": PASSWORD})
    return client.get(ADDRESS)


def rows(data, table):
    return [row for part in data["gegevens"] if part["tabel"] == table for row in part["rijen"]]


def test_it_holds_a_row_of_every_table_that_knows_the_member(home, forums, member, other_member, moderator):
    busy_life(member, other_member, moderator, forums)

    data = json.loads(download(member).content)

    assert data["account"]["email"] == member.email
    for table in (
        *("forum_conversation.Topic", "forum_conversation.Post", "forum_polls.TopicPollVote", "account.EmailAddress"),
        *("forum_integration.Attachment", "forum_integration.SameQuestion", "forum_integration.UsefulMark"),
        *("forum_integration.Report", "forum_integration.Following", "forum_integration.UnsentTopic", "cms.Mail"),
    ):
        assert rows(data, table), table
    assert rows(data, "forum_integration.Attachment")[0]["name"] == "verslag.pdf"
    assert rows(data, "forum_integration.UnsentTopic")[0]["typed"] == {"title": "Nog niet verstuurd"}


def test_no_table_that_points_at_members_is_forgotten(db):
    told = {(relation.related_model, relation.field.name) for relation in own_data.relations()}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is User and field.model is model:
                assert (model, field.name) in told or model._meta.label in own_data.CONTENT_OF_THE_SITE, field


def test_posts_that_wait_or_were_deleted_are_in_it(home, questions, member, newcomer):
    waiting = make_reply(make_topic(questions, member), newcomer, text="Ik wacht nog.")
    own = make_topic(questions, member, text="Dit haal ik weg.")
    moderation.delete_post(post=own.first_post, by=ForumRights(member))

    assert "Ik wacht nog." in download(newcomer).content.decode()
    assert "Dit haal ik weg." in download(member).content.decode()
    assert not waiting.approved


def test_nothing_of_others_and_no_secret_is_in_it(home, forums, member, other_member, moderator):
    busy_life(member, other_member, moderator, forums)
    User.objects.filter(pk=member.pk).update(password=(kept := User.objects.get(pk=member.pk).password))
    make_topic(forums["vragen"], other_member, text="Van een ander.")

    text = download(member).content.decode()

    for absent in ("Van een ander.", other_member.email, other_member.display_name, kept, moderator.display_name):
        assert absent not in text


def test_it_is_a_file_that_nobody_keeps_a_copy_of(home, member):
    response = download(member)

    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"] == 'attachment; filename="mijn-gegevens.json"'
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("signs_in", [True, False])
def test_it_asks_who_you_are(home, member, signs_in):
    client = Client()
    if signs_in:
        client.force_login(member)

    response = client.get(ADDRESS)

    assert response.status_code == 302
    assert response.url.startswith("/account/opnieuw-inloggen/" if signs_in else "/account/inloggen/")
