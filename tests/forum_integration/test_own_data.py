"""Members download all that the platform keeps of them, and nothing of others."""

import json

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client

from cms.accounts import own_data
from cms.models import User
from forum_integration.models import Profile
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, moderation
from forum_integration.services.writing import edit_post
from tests.factories import PASSWORD
from tests.forum_integration.busy_life import busy_life, is_ours
from tests.forum_integration.factories import make_reply, make_topic

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
    expected = {(model._meta.label, path) for model, path in own_data.paths() if is_ours(model)}
    expected -= {("forum_integration.Withheld", "post__poster")}  # its posts all stand on the forum
    assert {(part["tabel"], part["jij_bent"]) for part in data["gegevens"]} >= expected
    assert rows(data, "forum_integration.Attachment")[0]["name"] == "verslag.pdf"
    assert rows(data, "forum_integration.UnsentTopic")[0]["typed"] == {"title": "Nog niet verstuurd"}


def test_no_table_that_points_at_members_is_forgotten(db):
    told = {(relation.related_model, relation.field.name) for relation in own_data.relations()}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.related_model is User and field.model is model:
                assert (model, field.name) in told or model._meta.label in own_data.CONTENT_OF_THE_SITE, field
    for label, field in own_data.OF_OTHERS:
        assert apps.get_model(label)._meta.get_field(field).related_model is User


def test_what_a_moderator_changed_is_not_the_moderators_and_why_is_not_the_authors(home, questions, member, moderator):
    post = make_topic(questions, member, text="Zoals het eerst was.").first_post
    edit_post(post=post, by=ForumRights(moderator), text="Netter gezegd.", reason="Dit was te fel.")

    of_moderator, of_author = (download(person).content.decode() for person in (moderator, member))

    assert "Zoals het eerst was." not in of_moderator
    assert "Netter gezegd." not in of_moderator
    assert "Zoals het eerst was." in of_author
    assert "te fel" not in of_author


def test_who_was_reported_or_refused_does_not_find_that(home, member, other_member, moderator):
    Profile.objects.create(member=other_member, accepts_messages=True)
    message = correspondence.send(by=ForumRights(member), to=other_member, text="Hoi!")
    correspondence.report(message=message, kind="anders", note="Liever niet.")
    correspondence.set_refusal(member=other_member, other=member, refuses=True)
    correspondence.close_report(report=message.report, by=ForumRights(moderator))

    data = json.loads(download(member).content)

    assert [row["text"] for row in rows(data, "forum_integration.PersonalMessage")] == ["Hoi!"]
    for table in ("MessageReport", "ContactRefusal", "Act"):
        assert not rows(data, f"forum_integration.{table}")


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
