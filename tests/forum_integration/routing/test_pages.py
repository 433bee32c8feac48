"""A question shows whom it was put to, and an answer in what capacity it is given."""

from django.contrib.auth.models import Group
from django.utils import timezone

from forum_integration.models import Profile, Referral
from forum_integration.rights import ForumRights
from forum_integration.services import questions as verbs
from forum_integration.services import routing
from pages.roles import EDITORS
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address
from tests.forum_integration.routing.steps import wait_a_week

MINE = "/mijn/vragen/"


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


def test_what_was_put_to_somebody_and_is_closed_now_is_not_named(question, expert, browser_of, close):
    member = expert()
    routing.put_questions()
    assert question.subject in browser_of(member).get(MINE).content.decode()

    close(question.forum)

    assert question.subject not in browser_of(member).get(MINE).content.decode()
