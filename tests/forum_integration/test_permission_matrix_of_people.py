"""Who sees what of whom, and what people do with their own account: rows of the permission matrix by every role.

In these rows the sign says whether something stands on the page: Y it does; F and X it does not. An address that is
not theirs is a 404 (X), a page to sign in (L) or a refusal (F).
"""

import json

import pytest
from django.urls import reverse
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration.models import Profile
from forum_integration.rights import ForumRights
from forum_integration.services import voting
from forum_integration.services.writing import PollDraft
from pages.models import Representation
from search import indexing
from tests.factories import PASSWORD, NetworkPageFactory, SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address
from tests.forum_integration.people_in_roles import ROLES

INSTITUTION, HIDDEN_ROLE, HIDDEN_SUBJECT = "Hogeschool Zichtbaar", "Verborgen functie", "Verborgen onderwerp"


def by_role(signs):
    return pytest.mark.parametrize(
        ("role", "sign"),
        [pytest.param(*pair, id=" ".join(pair)) for pair in zip(ROLES, signs.split(), strict=True) if pair[1] != "-"],
    )


def page(browser, address):
    return browser.get(address, follow=True).content.decode()


def profile_of(user):
    return reverse("forum_member:profile", args=[user.pk])


@pytest.fixture
def known(forum_for):
    """The forum for somebody in a role, in which the author opened one field of the profile and hid the others."""

    def known(role):
        forum = forum_for(role)
        forum.topic()
        profile = Profile.objects.create(
            member=forum.author, institution=INSTITUTION, shows_institution=True, role=HIDDEN_ROLE
        )
        profile.expertise.add(SubjectFactory(name=HIDDEN_SUBJECT))
        return forum

    return known


@by_role("Y Y Y Y Y Y Y")
def test_p07_everybody_sees_what_a_person_opened(known, browser_of, role, sign):
    forum = known(role)

    assert INSTITUTION in page(browser_of(forum.me), profile_of(forum.author))


@by_role("X X X X X X X")
def test_p08_nobody_sees_what_a_person_hid_but_the_person(known, index, browser_of, role, sign):
    forum = known(role)
    indexing.drain()
    surfaces = [profile_of(forum.author), topic_address("topic", Topic.objects.get()), "/forum/feed/"]
    surfaces += [f"/api/zoeken/?q={word}" for word in ("Verborgen", forum.author.display_name)]

    for address in surfaces:
        shown = page(browser_of(forum.me), address).partition("<main")
        shown = shown[2] or shown[0]
        for hidden in (HIDDEN_ROLE, forum.author.email, *([] if "zoeken" in address else [HIDDEN_SUBJECT])):
            assert hidden not in shown, (address, hidden)
    own = page(browser_of(forum.author), "/mijn/profiel/")
    assert HIDDEN_ROLE in own
    assert HIDDEN_SUBJECT in own


@by_role("X X X X X X X")
def test_p09_no_list_names_who_did_not_ask_for_it(forum_for, index, browser_of, role, sign):
    forum = forum_for(role)
    quiet = UserFactory(display_name="Stille Willie")
    Profile.objects.create(member=quiet, institution="Willies school")
    indexing.drain()

    for address in (
        *("/mensen/", "/zoeken/?q=Willie", "/api/zoeken/?q=Willie&soort=persoon", "/zoeken/suggesties/?q=Willie"),
        *("/sitemap.xml", "/forum/", "/forum/feed/", profile_of(quiet)),
    ):
        assert "Stille Willie" not in page(browser_of(forum.me), address), address


@by_role("X X X X X X X")
@pytest.mark.parametrize("why", ["erased", "unconfirmed", "blocked"])
def test_p10_there_is_no_profile_of_who_left_or_never_came(known, browser_of, role, sign, why):
    forum = known(role)
    address = profile_of(forum.author)
    if why == "erased":
        User.objects.get(pk=forum.author.pk).delete()
    elif why == "unconfirmed":
        forum.author.emailaddress_set.update(verified=False)
    else:
        User.objects.filter(pk=forum.author.pk).update(is_active=False)
    browser = browser_of(forum.me)

    answer, nobody = browser.get(address), browser.get("/forum/lid/999999/")

    assert answer.status_code == nobody.status_code == 404
    assert answer.content == nobody.content


@pytest.fixture
def polled(forum_for):
    """A poll in which one member voted who wrote nothing."""

    def polled(role, **draft):
        forum = forum_for(role)
        topic = forum.topic(poll=PollDraft(question="Wat?", options=["Brood", "Soep"], **draft))
        voter = UserFactory(display_name="Stemmer Stien")
        voting.vote(poll=topic.poll, by=ForumRights(voter), options=topic.poll.options.all()[:1])
        return forum, topic

    return polled


@by_role("X X X X Y X Y")
def test_f27_a_hidden_result_is_for_moderators_and_who_asked(polled, browser_of, role, sign):
    forum, topic = polled(role, hides_results=True)

    assert ("1 (100%)" in page(browser_of(forum.me), topic_address("topic", topic))) == (sign == "Y")
    assert "1 (100%)" in page(browser_of(forum.author), topic_address("topic", topic))


@by_role("X X X X X X X")
@pytest.mark.parametrize("has_ended", [False, True])
def test_f28_nobody_sees_who_voted_what(polled, browser_of, role, sign, has_ended):
    forum, topic = polled(role, days=14)
    if has_ended:
        topic.poll.options.first().votes.update(voter=None, anonymous_key="iemand")

    for address in (
        *(topic_address("topic", topic), topic_address("topic_update", topic)),
        *(reverse("forum_moderation:queue"), reverse("forum_moderation:log")),
    ):
        assert "Stemmer Stien" not in page(browser_of(forum.me), address)


@by_role("- F Y Y F F F")
def test_f29_a_badge_follows_from_profile_and_subject_and_from_no_form(forum_for, browser_of, role, sign):
    forum = forum_for(role)
    if role == "expert":
        Profile.objects.create(member=forum.me, is_askable=True).expertise.add(forum.subject)
    if role == "representative":
        entry = NetworkPageFactory(title="Netwerk Doen", subjects=[forum.subject])
        Representation.objects.create(entry=entry, user=forum.me)
    topic = forum.topic()

    browser_of(forum.me).post(
        topic_address("post_create", topic), {"text": "Zo.", "badge": "expert", "is_expert": "on", "entry": "1"}
    )

    badge = {"expert": ">expert<", "representative": "namens"}.get(role)
    shown = page(browser_of(forum.me), topic_address("topic", topic)).partition("<main")[2]
    assert (badge is not None and badge in shown) == (sign == "Y")
    assert sign == "Y" or not ({">expert<", "namens"} & {word for word in (">expert<", "namens") if word in shown})


@by_role("L F F F F F Y")
def test_f32_only_an_administrator_sees_the_address_of_another(known, browser_of, role, sign):
    forum = known(role)
    browser = browser_of(forum.me)
    make_reply(Topic.objects.get(), forum.author)
    on_the_site = [profile_of(forum.author), reverse("forum_moderation:account", args=[forum.author.pk])]
    on_the_site += [topic_address("topic", Topic.objects.get()), reverse("forum_moderation:queue")]
    in_the_admin = [reverse("wagtailusers_users:index"), reverse("wagtailusers_users:edit", args=[forum.author.pk])]

    for address in on_the_site:
        assert forum.author.email not in page(browser, address), address
    for address in in_the_admin:
        answer = browser.get(address)
        assert (forum.author.email in answer.content.decode()) == (sign == "Y"), address
        assert answer.status_code in {"Y": {200}, "F": {302, 403}, "L": {302}}[sign]


def gave_password_again(browser, user):
    browser.post("/account/inloggen/", {"login": user.email, "password": PASSWORD})
    browser.post("/account/opnieuw-inloggen/", {"password": PASSWORD})
    return browser


@by_role("L Y Y Y Y Y Y")
def test_a05_everybody_downloads_the_own_data_and_only_that(forum_for, browser_of, role, sign):
    forum = forum_for(role)
    browser = browser_of()
    if sign == "L":
        assert browser.get("/mijn/gegevens/").url.startswith("/account/inloggen/")
        return

    answer = gave_password_again(browser, forum.me).get("/mijn/gegevens/", {"user": forum.author.pk})

    assert json.loads(answer.content)["account"]["email"] == forum.me.email
    assert forum.author.email not in answer.content.decode()


@by_role("L Y Y Y Y Y Y")
def test_a06_everybody_erases_the_own_account_and_only_that(forum_for, browser_of, role, sign):
    forum = forum_for(role)
    UserFactory(is_superuser=True)  # the last administrator stays: tests/cms/test_erasing.py
    browser = browser_of()
    sent = {"user": forum.author.pk, "pk": forum.author.pk}
    if sign == "L":
        assert browser.post("/mijn/verwijderen/", sent).url.startswith("/account/inloggen/")
    else:
        make_topic(forum.forums["vragen"], forum.me)
        gave_password_again(browser, forum.me).post("/mijn/verwijderen/", sent)
        assert not User.objects.filter(pk=forum.me.pk).exists()
    assert User.objects.filter(pk=forum.author.pk).exists()
