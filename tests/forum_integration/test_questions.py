"""How far a question is, what answered it, and what members say of questions and answers."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from lxml import html

from forum_integration.models import Question, QuestionState, ReplyRole, SameQuestion, UsefulMark
from forum_integration.receivers import topics_changed
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging
from forum_integration.services import questions as verbs
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic, post_address, topic_address

NEW, WAITING, ANSWERED, SOLVED = QuestionState
DAY = [datetime(2026, 11, day, 12, 0) for day in range(1, 5)]


@pytest.fixture
def question(home, questions, member):
    return make_topic(questions, member, title="Hoe toets je?", text="Wij komen er niet uit.")


@pytest.fixture
def answer(question, other_member):
    return make_reply(question, other_member, text="Met een portfolio.")


def state(topic):
    return Question.objects.get(topic=topic).state


def accept(post, by):
    verbs.accept(post=post, by=ForumRights(by))


def page_of(browser, topic, **parameters):
    return html.fromstring(browser.get(topic_address("topic", topic), parameters).content.decode())


def text_at(page, path):
    return [" ".join(found.text_content().split()) for found in page.xpath(path)]


def address(name, thing):
    return reverse(f"forum_questions:{name}", args=[thing.pk])


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, NEW),
        ({"answered": DAY[0]}, ANSWERED),
        ({"asked_for_more": DAY[0]}, WAITING),
        ({"asked_for_more": DAY[0], "added": DAY[1]}, NEW),
        ({"asked_for_more": DAY[1], "added": DAY[0]}, WAITING),
        ({"asked_for_more": DAY[0], "answered": DAY[1]}, ANSWERED),
        ({"answered": DAY[0], "asked_for_more": DAY[1]}, WAITING),
        ({"answered": DAY[0], "asked_for_more": DAY[1], "added": DAY[2]}, ANSWERED),
        ({"is_accepted": True, "asked_for_more": DAY[3]}, SOLVED),
    ],
)
def test_how_far_a_question_is_follows_from_who_wrote_last(facts, expected):
    nothing = {"is_accepted": False, "answered": None, "asked_for_more": None, "added": None}

    assert verbs.state_of(**{**nothing, **facts}) == expected


def test_a_question_goes_from_new_to_answered_and_a_conversation_has_no_state(question, conversations, member, answer):
    assert state(question) == ANSWERED
    assert not Question.objects.filter(topic=make_topic(conversations, member)).exists()


def test_what_the_asker_adds_is_no_answer(question, member):
    make_reply(question, member, text="Het gaat om hbo.")

    assert state(question) == NEW


def test_a_tip_leaves_a_question_unanswered(question, other_member):
    make_reply(question, other_member, role=ReplyRole.TIP)

    assert state(question) == NEW


def test_a_question_waits_for_its_asker_when_somebody_asks_for_more_until_the_asker_writes(
    question, member, other_member
):
    make_reply(question, other_member, role=ReplyRole.ADDITION)
    assert state(question) == WAITING

    make_reply(question, member)
    assert state(question) == NEW


def test_an_answer_counts_once_it_is_approved(question, newcomer, moderator):
    post = make_reply(question, newcomer)
    assert state(question) == NEW

    moderation.approve(post=post, by=ForumRights(moderator))
    assert state(question) == ANSWERED


def test_a_deleted_answer_no_longer_counts(question, answer, member, moderator):
    accept(answer, member)
    moderation.delete_post(post=answer, by=ForumRights(moderator))

    assert state(question) == NEW


def test_a_whole_question_can_be_deleted(question, answer, member, moderator):
    accept(answer, member)
    verbs.set_useful(post=answer, by=ForumRights(member), holds=True)
    type(question).objects.get(pk=question.pk).delete()

    assert not Question.objects.exists()


def test_a_topic_that_moves_in_or_out_of_the_questions_gets_or_loses_its_state(
    question, answer, questions, conversations, moderator
):
    rearranging.move(topic=question, by=ForumRights(moderator), to=conversations)
    assert not Question.objects.exists()

    rearranging.move(topic=question, by=ForumRights(moderator), to=questions)
    assert state(question) == ANSWERED


def test_the_asker_accepts_an_answer_which_stands_under_the_question_and_in_its_place(
    question, answer, member, browser_of, visitor
):
    other = make_reply(question, answer.poster, text="Of met een gesprek.")

    response = browser_of(member).post(address("accept", answer), follow=True)

    assert response.redirect_chain[0][0].endswith("#geaccepteerd")
    assert "Dit antwoord staat nu onder de vraag" in response.content.decode()
    page = page_of(visitor, question)
    [accepted] = text_at(page, "//*[@id='geaccepteerd']")
    assert "Met een portfolio." in accepted
    assert "Anton Ander" in accepted
    [in_thread] = text_at(page, f"//*[@id='bericht-{answer.pk}']")
    assert "Geaccepteerd antwoord" in in_thread
    assert "Geaccepteerd" not in text_at(page, f"//*[@id='bericht-{other.pk}']")[0]
    assert text_at(page, "//p[contains(@class, 'page-head__eyebrow')]//*[@class='status-label']") == ["opgelost"]


def test_another_answer_can_take_the_place_of_an_accepted_one_and_accepting_can_be_undone(
    question, answer, member, browser_of, visitor
):
    better = make_reply(question, answer.poster, text="Beter een gesprek.")
    browser = browser_of(member)
    browser.post(address("accept", answer))

    browser.post(address("accept", better))
    assert "Beter een gesprek." in text_at(page_of(visitor, question), "//*[@id='geaccepteerd']")[0]

    browser.post(address("take_back_acceptance", question))
    assert not page_of(visitor, question).xpath("//*[@id='geaccepteerd']")
    assert state(question) == ANSWERED


def test_only_the_asker_and_moderators_accept(question, answer, member, other_member, newcomer, moderator, browser_of):
    for person in (other_member, newcomer):
        for name, thing in (("accept", answer), ("take_back_acceptance", question)):
            assert browser_of(person).post(address(name, thing)).status_code == 403
    assert browser_of().post(address("accept", answer)).url.startswith(reverse("account_login"))
    assert state(question) == ANSWERED

    for person in (member, moderator):
        assert browser_of(person).post(address("accept", answer)).status_code == 302
        assert state(question) == SOLVED
        assert browser_of(person).post(address("take_back_acceptance", question)).status_code == 302
        assert state(question) == ANSWERED


def test_what_is_no_answer_cannot_be_accepted(question, member, other_member, newcomer, conversations):
    conversation = make_topic(conversations, member)
    for post in (
        question.first_post,
        make_reply(question, other_member, role=ReplyRole.ADDITION),
        make_reply(question, newcomer),
        make_reply(conversation, other_member),
    ):
        with pytest.raises(PermissionDenied):
            accept(post, member)


def test_an_accepted_answer_that_goes_back_to_the_queue_stands_nowhere(question, answer, member, visitor):
    accept(answer, member)

    answer.refresh_from_db()
    answer.approved = False
    answer.save()

    assert "Met een portfolio." not in page_of(visitor, question).text_content()
    assert state(question) == NEW


def test_search_is_told_when_an_answer_is_accepted(question, answer, member):
    told = []

    def listen(topic_ids, **kwargs):
        told.extend(topic_ids)

    topics_changed.connect(listen)
    accept(answer, member)
    topics_changed.disconnect(listen)

    assert question.pk in told


def test_who_answers_says_whether_it_is_an_answer_a_tip_or_a_request(question, other_member, browser_of, visitor):
    browser = browser_of(other_member)
    assert page_of(browser, question).xpath("//input[@name='role']/@value") == ["antwoord", "tip", "aanvulling"]

    browser.post(topic_address("post_create", question), {"text": "Kijk eens bij de buren.", "role": "tip"})

    assert "tip" in text_at(page_of(visitor, question), "//article//*[@class='status-label']")
    assert state(question) == NEW


def test_a_tip_can_become_an_answer_afterwards(question, other_member, browser_of):
    tip = make_reply(question, other_member, role=ReplyRole.TIP)
    browser = browser_of(other_member)
    form = html.fromstring(browser.get(post_address("post_update", tip)).content.decode())
    assert form.xpath("//input[@name='role'][@checked]/@value") == ["tip"]

    browser.post(post_address("post_update", tip), {"text": "Nu weet ik het."})
    assert state(question) == NEW

    browser.post(post_address("post_update", tip), {"text": "Nu weet ik het.", "role": "antwoord"})
    assert state(question) == ANSWERED


def test_the_asker_and_who_joins_a_conversation_choose_no_role(
    question, conversations, member, other_member, browser_of
):
    conversation = make_topic(conversations, member)

    assert not page_of(browser_of(member), question).xpath("//input[@name='role']")
    assert not page_of(browser_of(other_member), conversation).xpath("//input[@name='role']")


def test_an_unknown_role_is_refused(question, other_member, browser_of):
    response = browser_of(other_member).post(topic_address("post_create", question), {"text": "Tekst", "role": "baas"})

    assert response.status_code == 200
    assert question.posts.count() == 1


@pytest.mark.parametrize("kind", ["question", "answer"])
def test_a_mark_counts_once_per_member_and_can_be_taken_back(question, answer, kind, browser_of):
    on, off, model = {
        "question": (address("same_question", question), address("not_same_question", question), SameQuestion),
        "answer": (address("useful", answer), address("not_useful", answer), UsefulMark),
    }[kind]
    button = {"question": "ook-mijn-vraag", "answer": f"nuttig-{answer.pk}"}[kind]
    browser = browser_of(UserFactory())

    for _ in range(2):
        assert browser.post(on).url.endswith(f"#{button}")
        assert model.objects.count() == 1
    [pressed] = page_of(browser, question).xpath(f"//button[@id='{button}']")
    assert pressed.get("aria-pressed") == "true"
    assert "(1)" in pressed.text_content()

    for _ in range(2):
        browser.post(off)
        assert not model.objects.exists()
    assert page_of(browser, question).xpath(f"//button[@id='{button}']/@aria-pressed") == ["false"]


def test_the_database_holds_a_mark_once(question, answer, member):
    UsefulMark.objects.create(post=answer, member=member)
    SameQuestion.objects.create(topic=question, member=member)

    for double in (UsefulMark(post=answer, member=member), SameQuestion(topic=question, member=member)):
        with pytest.raises(IntegrityError), transaction.atomic():
            double.save()


def test_nobody_marks_what_is_their_own(question, answer, member, other_member, browser_of):
    for name in ("same_question", "not_same_question"):
        assert browser_of(member).post(address(name, question)).status_code == 403
    for name in ("useful", "not_useful"):
        assert browser_of(other_member).post(address(name, answer)).status_code == 403
    assert not page_of(browser_of(member), question).xpath("//button[@id='ook-mijn-vraag']")
    assert not page_of(browser_of(other_member), question).xpath(f"//button[@id='nuttig-{answer.pk}']")
    assert not SameQuestion.objects.exists()
    assert not UsefulMark.objects.exists()


def test_a_visitor_signs_in_to_mark_and_comes_back(question, answer, visitor):
    for name, thing in (("same_question", question), ("useful", answer)):
        response = visitor.post(address(name, thing))

        assert response.url.startswith(reverse("account_login"))
        assert "antwoord%2F" not in response.url.partition("next=")[2]
    assert not SameQuestion.objects.exists()


def test_a_visitor_sees_the_counts_and_no_buttons(question, answer, member, other_member, visitor):
    verbs.set_same_question(topic=question, by=ForumRights(other_member), holds=True)
    verbs.set_useful(post=answer, by=ForumRights(member), holds=True)

    page = page_of(visitor, question)

    assert "1 collega heeft deze vraag ook" in page.text_content()
    assert "Nuttig voor 1 collega" in page.text_content()
    assert not page.xpath("//button[@aria-pressed]")


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_marks_and_acceptance_change_by_post_only(question, answer, member, browser_of, method):
    browser = browser_of(member)
    for name in ("accept", "useful", "not_useful"):
        assert getattr(browser, method)(address(name, answer)).status_code == 405
    for name in ("take_back_acceptance", "same_question", "not_same_question"):
        assert getattr(browser, method)(address(name, question)).status_code == 405


def test_what_waits_or_is_closed_cannot_be_marked(questions, conversations, newcomer, member, other_member, close):
    waiting = make_topic(questions, newcomer)
    closed = make_reply(make_topic(conversations, member), other_member)
    close(conversations)

    with pytest.raises(PermissionDenied):
        verbs.set_same_question(topic=waiting, by=ForumRights(member), holds=True)
    with pytest.raises(PermissionDenied):
        verbs.set_useful(post=closed, by=ForumRights(member), holds=True)


def test_the_asker_is_told_what_to_do_next(question, member, other_member, browser_of):
    make_reply(question, other_member, role=ReplyRole.ADDITION)
    assert "Iemand vraagt je om meer te vertellen" in page_of(browser_of(member), question).text_content()

    make_reply(question, other_member)
    assert "Is je vraag beantwoord?" in page_of(browser_of(member), question).text_content()
    assert "Is je vraag beantwoord?" not in page_of(browser_of(other_member), question).text_content()


def worklist(browser, **parameters):
    page = html.fromstring(browser.get("/forum/onbeantwoord/", parameters).content.decode())
    return text_at(page, "//li[@class='topic-item']//a")


@pytest.fixture
def several(home, questions, conversations, member, other_member):
    """Four questions, of which one is answered and one waits for its asker, and a conversation."""
    toetsing, regie = SubjectFactory(name="Toetsing", slug="toetsing"), SubjectFactory(name="Regie", slug="regie")
    topics = {
        title: make_topic(questions, member, title=title, subjects=subjects)
        for title, subjects in {
            "Oud": [toetsing],
            "Nieuw": [toetsing, regie],
            "Beantwoord": [toetsing],
            "Wacht": [regie],
        }.items()
    }
    make_topic(conversations, member, title="Gesprek", subjects=[toetsing])
    make_reply(topics["Beantwoord"], other_member)
    make_reply(topics["Oud"], other_member, role=ReplyRole.TIP)
    make_reply(topics["Wacht"], other_member, role=ReplyRole.ADDITION)
    old = topics["Oud"]
    type(old).objects.filter(pk=old.pk).update(created=old.created - timedelta(days=30))
    verbs.refresh(old.pk)
    return topics


def test_the_worklist_holds_what_nobody_answered_the_longest_waiting_first(several, visitor):
    assert worklist(visitor) == ["Oud", "Nieuw"]
    assert worklist(visitor, sorteer="nieuwste") == ["Nieuw", "Oud"]


def test_the_worklist_narrows_to_a_subject_and_counts_per_subject(several, visitor):
    page = html.fromstring(visitor.get("/forum/onbeantwoord/").content.decode())

    assert worklist(visitor, onderwerp="regie") == ["Nieuw"]
    assert set(text_at(page, "//a[@class='chip']")) == {"Alle onderwerpen", "Toetsing (2)", "Regie (1)"}
    assert "2 vragen" in text_at(page, "//h2")
    assert "Onbeantwoorde vragen (2)" in visitor.get("/forum/").content.decode()


def test_accepting_takes_a_question_off_the_worklist(several, member, visitor):
    tip = several["Oud"].posts.last()

    accept(tip, member)

    assert worklist(visitor) == ["Nieuw"]


def test_the_worklist_holds_nothing_that_the_reader_may_not_open(several, questions, newcomer, close, visitor):
    make_topic(questions, newcomer, title="In de wachtrij")
    assert "In de wachtrij" not in worklist(visitor)

    close(questions)
    assert worklist(visitor) == []
    assert "Alle vragen zijn beantwoord" in visitor.get("/forum/onbeantwoord/").content.decode()


@pytest.mark.parametrize("value", ["99999999", "-1", "abc", "²", "", "1" * 3000])
@pytest.mark.parametrize("parameter", ["pagina", "onderwerp", "sorteer"])
def test_odd_values_in_the_address_of_the_worklist_give_a_page(several, visitor, parameter, value):
    assert visitor.get("/forum/onbeantwoord/", {parameter: value}).status_code == 200
