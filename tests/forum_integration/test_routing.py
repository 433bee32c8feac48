"""A question is put to people who may know the answer, circle after circle, and to nobody twice."""

from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.utils import timezone

from cms import jobs, mailing
from cms.models import Mail, Restriction, User
from forum_integration.models import Circle, Profile, Referral, Routing
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, routing
from forum_integration.services import questions as verbs
from forum_integration.setup import establish
from pages.models import Representation
from pages.roles import EDITORS
from tests.factories import NetworkPageFactory, SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address

MONDAY = "2026-11-23T10:00+01:00"
MINE = "/mijn/vragen/"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def subject(home):
    return SubjectFactory()


@pytest.fixture
def expert(subject):
    def make(**wishes):
        profile = Profile.objects.create(member=UserFactory(), **{"is_askable": True} | wishes)
        profile.expertise.add(subject)
        establish(profile.member)
        return profile.member

    return make


@pytest.fixture
def keeper(subject):
    """Somebody who keeps an entry about the subject."""

    def make(title="Netwerk Toetsing", **more):
        user = UserFactory()
        entry = NetworkPageFactory(title=title, subjects=[subject], **more)
        Representation.objects.create(entry=entry, user=user)
        establish(user)
        return user

    return make


@pytest.fixture
def question(questions, member, subject):
    return make_topic(questions, member, title="Hoe toets je flexibel?", subjects=[subject])


def asked(circle=None):
    found = Referral.objects.filter(**({"circle": circle} if circle else {})).order_by("asked_on", "pk")
    return [referral.member for referral in found]


def wait_a_week(clock):
    clock.shift(timedelta(days=8))


def test_keepers_of_entries_and_experts_of_its_subjects_are_asked(question, expert, keeper, subject):
    wanted = {expert(), keeper()}
    elsewhere = Profile.objects.create(member=UserFactory(), is_askable=True)
    elsewhere.expertise.add(SubjectFactory())

    routing.put_questions()

    assert set(asked(Circle.FIRST)) == wanted


@pytest.mark.parametrize(
    "unwilling",
    [{"is_askable": False}, {"paused_until": date(2026, 11, 30)}, {"most_questions_a_month": 0}],
)
def test_who_does_not_want_to_be_asked_is_not(question, expert, unwilling):
    expert(**unwilling)

    routing.put_questions()

    assert asked() == []


def test_who_keeps_an_entry_can_pause_too(question, keeper):
    Profile.objects.create(member=keeper(), paused_until=date(2026, 11, 30))

    routing.put_questions()

    assert asked() == []


@pytest.mark.parametrize("change", ["blocked", "silenced", "away", "asker", "ended", "unpublished"])
def test_who_cannot_answer_is_not_asked(question, member, expert, keeper, subject, change):
    if change in {"blocked", "silenced"}:
        user = expert()
        user.is_active = change != "blocked"
        user.restriction = {"blocked": Restriction.BLOCKED, "silenced": Restriction.SILENCED}[change]
        user.save()
    elif change == "away":
        user = expert()
        user.date_joined = user.last_login = timezone.now() - timedelta(days=181)
        user.save()
    elif change == "asker":
        profile = Profile.objects.create(member=member, is_askable=True)
        profile.expertise.add(subject)
    elif change == "ended":
        keeper(ended_on=date(2026, 1, 1), ended_as="opgeheven")
    else:
        keeper(live=False)

    routing.put_questions()

    assert asked() == []


def test_who_may_not_read_the_forum_hears_nothing(question, expert, close):
    expert()
    close(question.forum)

    routing.put_questions()

    assert asked() == []


def test_no_more_than_five_are_asked_and_who_was_asked_longest_ago_goes_first(
    questions, member, subject, expert, clock
):
    first = [expert() for _ in range(5)]
    make_topic(questions, member, subjects=[subject])
    routing.put_questions()
    clock.shift(timedelta(hours=1))
    later = [expert() for _ in range(2)]
    make_topic(questions, member, subjects=[subject])

    routing.put_questions()

    assert asked()[:5] == first
    assert asked()[5:] == [*later, *first[:3]]


def test_nobody_is_asked_more_often_in_a_month_than_they_want(questions, member, subject, expert, clock):
    busy = expert(most_questions_a_month=1)
    for _ in range(2):
        make_topic(questions, member, subjects=[subject])
        routing.put_questions()
    assert asked() == [busy]

    clock.move_to("2026-12-01T09:00+01:00")
    make_topic(questions, member, subjects=[subject])
    routing.put_questions()

    assert asked() == [busy, busy]


def test_each_gets_a_mail_that_leads_to_the_question(question, expert, keeper):
    experts, keepers = expert(), keeper("Netwerk Toetsing")

    routing.put_questions()
    mailing.deliver_waiting()

    by_address = {message.to[0]: message for message in mail.outbox}
    assert set(by_address) == {experts.email, keepers.email}
    assert "omdat je Netwerk Toetsing vertegenwoordigt" in by_address[keepers.email].body
    assert "omdat je hebt gezegd dat we je hierover mogen vragen" in by_address[experts.email].body
    for message in by_address.values():
        assert message.subject == "Weet jij dit? Hoe toets je flexibel?"
        for text in (message.body, message.alternatives[0].content):
            assert f"http://127.0.0.1:8000{topic_address('topic', question)}" in text
            assert not any(address in text for address in by_address)


@pytest.mark.parametrize(
    "change", ["answered", "deleted", "silenced", "asked no more", "pausing", "gone from the forum"]
)
def test_the_mail_does_not_leave_when_there_is_nothing_left_to_ask(
    question, expert, other_member, moderator, set_right, change
):
    known = expert()
    routing.put_questions()

    match change:
        case "answered":
            make_reply(question, other_member)
        case "deleted":
            moderation.delete_post(post=question.first_post, by=ForumRights(moderator))
        case "silenced":
            User.objects.filter(pk=known.pk).update(restriction=Restriction.SILENCED)
        case "asked no more":
            Profile.objects.filter(member=known).update(most_questions_a_month=0)
        case "pausing":
            Profile.objects.filter(member=known).update(paused_until=timezone.localdate())
        case _:
            set_right("can_read_forum", question.forum, granted=False, user=known)
    mailing.deliver_waiting()

    assert not [message for message in mail.outbox if message.to == [known.email]]
    assert not Mail.objects.exists()


def test_who_leaves_this_mail_by_its_link_is_asked_no_more(question, subject, keeper, client, member):
    somebody = keeper()
    routing.put_questions()
    mailing.deliver_waiting()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    client.post(link.removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"})
    make_topic(question.forum, member, title="Nog een vraag", subjects=[subject])
    routing.put_questions()

    assert asked() == [somebody]
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_question_that_waits_for_a_moderator_is_put_to_nobody_before(questions, newcomer, moderator, subject, expert):
    known = expert()
    waiting = make_topic(questions, newcomer, subjects=[subject])
    routing.put_questions()
    assert asked() == []
    assert not Mail.objects.exists()

    moderation.approve(post=waiting.first_post, by=ForumRights(moderator))
    routing.put_questions()

    assert asked() == [known]


def test_without_an_answer_others_are_asked_and_then_the_editors(question, expert, clock):
    everybody = [expert() for _ in range(7)]
    editor = UserFactory()
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])

    routing.put_questions()
    clock.move_to("2026-11-30T23:59+01:00")
    routing.put_questions()
    assert asked() == everybody[:5]
    clock.move_to("2026-12-01T00:05+01:00")
    routing.put_questions()
    assert asked(Circle.SECOND) == everybody[5:]
    wait_a_week(clock)
    routing.put_questions()
    assert asked(Circle.EDITORS) == [editor]
    wait_a_week(clock)
    routing.put_questions()

    assert len(asked()) == 8
    mailing.deliver_waiting()
    assert "Op deze vraag kwam nog geen antwoord" in next(m.body for m in mail.outbox if m.to == [editor.email])


def test_without_anybody_else_to_ask_the_editors_are_next(question, expert, clock):
    expert()
    editor = UserFactory()
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    routing.put_questions()

    wait_a_week(clock)
    routing.put_questions()

    assert asked(Circle.SECOND) == []
    assert asked(Circle.EDITORS) == [editor]


@pytest.mark.parametrize("what", ["answer", "tip", "accept", "lock", "delete"])
def test_only_a_question_that_still_waits_goes_on(question, expert, other_member, moderator, clock, what):
    for _ in range(6):
        expert()
    routing.put_questions()
    if what in {"answer", "tip", "accept"}:
        post = make_reply(question, other_member, **({"role": "tip"} if what == "tip" else {}))
    if what == "accept":
        verbs.accept(post=post, by=ForumRights(question.poster))
    elif what == "lock":
        type(question).objects.update(status=question.TOPIC_LOCKED)
    elif what == "delete":
        moderation.delete_post(post=question.first_post, by=ForumRights(moderator))

    wait_a_week(clock)
    routing.put_questions()

    assert bool(asked(Circle.SECOND)) is (what == "tip")


def test_an_old_question_is_not_put_to_anybody_any_more(question, expert, clock):
    expert()
    clock.shift(timedelta(days=31))

    routing.put_questions()

    assert asked() == []


def test_a_conversation_is_put_to_nobody(conversations, member, subject, expert):
    expert()
    make_topic(conversations, member, subjects=[subject])

    routing.put_questions()

    assert asked() == []


@pytest.mark.parametrize("step", ["_ask", "mailing.send", "Routing.objects.update_or_create"])
def test_a_run_that_dies_is_taken_up_and_asks_nobody_twice(questions, member, subject, expert, monkeypatch, step):
    everybody = [expert() for _ in range(3)]
    for _ in range(2):
        make_topic(questions, member, subjects=[subject])
    with monkeypatch.context() as broken:
        calls = []

        def dies_at_the_second(*args, **kwargs):
            calls.append(args)
            if len(calls) == 2:
                raise RuntimeError
            return original(*args, **kwargs)

        where, _, name = step.rpartition(".")
        owner = {"": routing, "mailing": mailing, "Routing.objects": Routing.objects}[where]
        original = getattr(owner, name)
        broken.setattr(owner, name, dies_at_the_second)
        with pytest.raises(RuntimeError):
            routing.put_questions()

    routing.put_questions()
    routing.put_questions()

    assert Referral.objects.count() == Mail.objects.count() == 2 * len(everybody)


def test_the_question_shows_whom_it_was_put_to_and_no_address(question, expert, keeper, visitor, clock):
    people = [expert(), keeper("Netwerk Toetsing")]
    editor = UserFactory(display_name="Edith Eindredactie")
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    routing.put_questions()
    wait_a_week(clock)
    routing.put_questions()

    page = visitor.get(topic_address("topic", question)).content.decode()

    assert f"Voorgelegd aan: <bdi>{people[0].display_name}</bdi> (expert)" in page
    assert f'<bdi>{people[1].display_name}</bdi> (<a href="/netwerken/' in page
    assert "namens Netwerk Toetsing</a>) en <bdi>de redactie</bdi>." in page
    assert not any(text in page for text in ("@example.org", editor.display_name))


def test_an_answer_shows_in_what_capacity_it_is_given(question, expert, keeper, other_member, visitor):
    make_reply(question, keeper("Netwerk Toetsing"), text="Van het netwerk")
    make_reply(question, expert(), text="Van de expert")
    make_reply(question, other_member, text="Van een ander")

    page = visitor.get(topic_address("topic", question)).content.decode()

    answers = page.split('<article class="post"')[1:]
    assert ["namens Netwerk Toetsing" in answer for answer in answers] == [True, False, False]
    assert [">expert<" in answer for answer in answers] == [False, True, False]


def test_an_accepted_answer_names_the_entry(question, keeper, visitor):
    post = make_reply(question, keeper("Netwerk Toetsing"))
    verbs.accept(post=post, by=ForumRights(question.poster))

    page = visitor.get(topic_address("topic", question)).content.decode()

    assert page.count("namens Netwerk Toetsing</a>") == 2


def test_a_badge_is_about_the_subjects_of_the_question_and_no_form_field(
    questions, member, other_member, browser_of, visitor
):
    profile = Profile.objects.create(member=other_member, is_askable=True)
    profile.expertise.add(SubjectFactory())
    topic = make_topic(questions, member, subjects=[SubjectFactory()])

    sent = {"text": "Ik ben expert", "badge": "expert", "role": "antwoord", "expertise": "1"}
    browser_of(other_member).post(topic_address("post_create", topic), sent)

    page = visitor.get(topic_address("topic", topic)).content.decode()
    assert "Ik ben expert" in page
    assert "post__badge" not in page


def test_a_badge_goes_when_the_entry_is_kept_by_another(question, keeper, visitor):
    user = keeper()
    make_reply(question, user)
    assert "post__badge" in visitor.get(topic_address("topic", question)).content.decode()

    user.representations.all()[0].delete()

    assert "post__badge" not in visitor.get(topic_address("topic", question)).content.decode()


def test_the_page_takes_as_many_queries_however_many_were_asked(
    question, expert, browser_of, other_member, django_assert_max_num_queries
):
    for _ in range(12):
        make_reply(question, expert())
    Referral.objects.bulk_create(
        Referral(question=question.question, member=expert(), circle=1, asked_on=timezone.now()) for _ in range(12)
    )
    browser = browser_of(other_member)
    browser.get(topic_address("topic", question))

    with django_assert_max_num_queries(20):
        browser.get(topic_address("topic", question))


def test_putting_questions_is_periodic_work():
    assert jobs._jobs["put-questions-to-people"].every == jobs.EVERY_RUN


def test_a_member_becomes_an_expert_and_stops_being_one(question, other_member, subject, browser_of):
    browser = browser_of(other_member)
    assert browser.get(MINE).status_code == 200
    assert not Profile.objects.exists()

    browser.post(MINE, {"is_askable": "on", "expertise": [subject.pk], "most_questions_a_month": "2"})
    routing.put_questions()
    page = browser.get(MINE).content.decode()
    browser.post(MINE, {"expertise": [subject.pk], "most_questions_a_month": "2", "paused_until": "2026-12-24"})

    assert asked() == [other_member]
    assert "Hoe toets je flexibel?" in page
    profile = Profile.objects.get()
    assert (profile.member, profile.is_askable, profile.paused_until) == (other_member, False, date(2026, 12, 24))


@pytest.mark.parametrize(
    ("wish", "problem"),
    [
        ({"is_askable": "on"}, "Kies waarover je gevraagd wilt worden"),
        ({"most_questions_a_month": "99"}, "hoogstens 31"),
        ({"paused_until": "morgen"}, "geldige datum"),
    ],
)
def test_what_is_wrong_with_a_wish_is_said(home, member, browser_of, wish, problem):
    page = browser_of(member).post(MINE, {"most_questions_a_month": "2"} | wish).content.decode()

    assert "<title>Fout: " in page
    assert problem in page
    assert not Profile.objects.exists()


def test_a_visitor_is_asked_to_sign_in_for_it(home, visitor):
    assert visitor.get(MINE).url == f"/account/inloggen/?next={MINE}"


def test_what_was_put_to_somebody_and_is_closed_now_is_not_named(question, expert, browser_of, close):
    member = expert()
    routing.put_questions()
    assert question.subject in browser_of(member).get(MINE).content.decode()

    close(question.forum)

    assert question.subject not in browser_of(member).get(MINE).content.decode()
