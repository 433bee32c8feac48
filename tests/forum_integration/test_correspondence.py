"""Members write to each other through the platform; neither sees the other's address."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from cms import mailing
from cms.models import Change, Mail, Restriction, User
from forum_integration.models import Act, ContactRefusal, MessageReport, PersonalMessage, Profile
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, drafts
from tests.factories import UserFactory
from tests.forum_integration.factories import make_topic
from tests.forum_integration.test_hostile_text import HTML, OnlyOurs

pytestmark = pytest.mark.usefixtures("home")

HELLO = "Dag! Mag ik je toetsplan eens zien?"
REPORTED = "/forum/moderatie/persoonlijke-berichten/"


def write_to(person):
    return f"/mijn/berichten/{person.pk}/"


@pytest.fixture
def reachable(other_member):
    """Somebody who allows others to write."""
    Profile.objects.create(member=other_member, accepts_messages=True)
    return other_member


def send(by, to, text=HELLO):
    return correspondence.send(by=ForumRights(by), to=to, text=text)


def test_both_stay_unknown_to_the_other_however_often_they_write(member, reachable, browser_of):
    browser_of(member).post(write_to(reachable), {"text": HELLO})
    mailing.deliver_waiting()
    browser_of(reachable).post(write_to(member), {"text": "Natuurlijk."})
    mailing.deliver_waiting()

    there, back = mail.outbox
    assert (there.to, back.to) == ([reachable.email], [member.email])
    assert there.subject == "Lotte Lid schreef je een bericht"
    assert f"> {HELLO}" in there.body
    assert f"http://127.0.0.1:8000{write_to(member)}" in there.body
    for message, stranger in ((there, member), (back, reachable)):
        assert stranger.email not in str(message.message())
        assert stranger.email not in message.body + message.alternatives[0].content
    for reader, other in ((member, reachable), (reachable, member)):
        page = browser_of(reader).get(write_to(other)).content.decode()
        assert HELLO in page
        assert "Natuurlijk." in page
        assert other.email not in page


def test_nobody_is_written_to_who_did_not_allow_it(member, other_member, reachable, browser_of):
    silent = UserFactory(display_name="Stille Stijn")
    browser = browser_of(member)

    nobody = browser.get("/mijn/berichten/999999/")
    for answer in (browser.get(write_to(silent)), browser.post(write_to(silent), {"text": HELLO})):
        assert answer.status_code == 404
        assert answer.content == nobody.content
    Profile.objects.update(accepts_messages=False)
    assert browser.post(write_to(reachable), {"text": HELLO}).status_code == 404
    assert not PersonalMessage.objects.exists()
    assert not Mail.objects.exists()


def sign_in(browser, address, member):
    answer = browser.post(address, {"login": member.email, "password": "een goed wachtwoord"})
    assert answer.status_code == 302
    return browser.get(answer.url)


def test_what_is_sent_after_the_session_ended_stands_there_after_signing_in_and_is_sent_once(
    member, reachable, visitor
):
    answer = visitor.post(write_to(reachable), {"text": HELLO})
    assert answer.url == f"/account/inloggen/?next={write_to(reachable)}"
    assert "wat je schreef, staat er dan nog" in visitor.get(answer.url).content.decode()
    assert not PersonalMessage.objects.exists()

    page = sign_in(visitor, answer.url, member)
    assert page.context["form"]["text"].value() == HELLO
    visitor.post(write_to(reachable), {"text": page.context["form"]["text"].value()})

    assert PersonalMessage.objects.get().text == HELLO
    assert visitor.get(write_to(reachable)).context["form"]["text"].value() == ""


def test_a_kept_text_turns_up_at_no_other_person_and_is_forgotten_after_an_hour(member, reachable, visitor):
    other = UserFactory()
    Profile.objects.create(member=other, accepts_messages=True)
    with time_machine.travel(timezone.now()) as clock:
        to_sign_in = visitor.post(write_to(reachable), {"text": HELLO}).url
        sign_in(visitor, to_sign_in, member)
        assert visitor.get(write_to(other)).context["form"]["text"].value() == ""

        late = Client()
        late.post(write_to(reachable), {"text": HELLO})
        clock.shift(timedelta(minutes=61))
        assert sign_in(late, to_sign_in, member).context["form"]["text"].value() == ""


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001, "a\x00b"])
def test_what_could_never_be_sent_is_not_kept(reachable, visitor, text):
    visitor.post(write_to(reachable), {"text": text})

    assert not Session.objects.exists()


def test_a_message_counts_as_unread_until_it_is_opened(member, reachable, browser_of):
    other = UserFactory()
    send(member, reachable)
    send(member, reachable, text="Nog iets.")
    PersonalMessage.objects.create(sender=other, recipient=reachable, text="Van een ander")
    browser = browser_of(reachable)

    def in_menu():
        found = re.search(r'Berichten <span class="site-menu__count">(\d+)<', browser.get("/").content.decode())
        return found and found[1]

    assert in_menu() == "3"
    assert browser.get("/mijn/berichten/").content.decode().count("ongelezen</span> ") == 2
    assert browser_of(member).get("/mijn/berichten/").content.decode().count("ongelezen</span> ") == 0
    browser_of(member).get(write_to(reachable))
    assert in_menu() == "3"
    browser.get(write_to(member))
    assert in_menu() == "1"
    browser.get(write_to(other))
    assert in_menu() is None


def test_whoever_wrote_first_may_be_answered(member, reachable, browser_of):
    send(member, reachable)

    assert browser_of(reachable).post(write_to(member), {"text": "Natuurlijk."}).status_code == 302


def test_the_page_of_a_member_offers_it_only_to_who_may(member, reachable, browser_of, visitor, questions):
    make_topic(questions, member)
    button = "Schrijf <bdi>{}</bdi> een bericht"
    theirs, mine = f"/forum/lid/{reachable.pk}/", f"/forum/lid/{member.pk}/"

    assert button.format("Anton Ander") in visitor.get(theirs).content.decode()
    assert button.format("Anton Ander") in browser_of(member).get(theirs).content.decode()
    assert "een bericht</span></a>" not in browser_of(reachable).get(theirs).content.decode()
    assert "een bericht</span></a>" not in browser_of(reachable).get(mine).content.decode()


@pytest.mark.parametrize("is_answer", [False, True])
def test_who_refuses_somebody_is_not_written_to_any_more(member, reachable, browser_of, is_answer):
    send(member, reachable)
    if is_answer:
        send(reachable, member)
    browser_of(reachable).post(f"{write_to(member)}weiger/")

    answer = browser_of(member).post(write_to(reachable), {"text": HELLO})

    assert answer.status_code == 403
    assert PersonalMessage.objects.filter(sender=member).count() == 1
    mailing.deliver_waiting()
    assert reachable.email not in [to for message in mail.outbox for to in message.to]

    browser_of(reachable).post(f"{write_to(member)}weiger-niet/")
    assert browser_of(member).post(write_to(reachable), {"text": HELLO}).status_code == 302
    assert not ContactRefusal.objects.exists()


@pytest.mark.parametrize("who", ["sender", "recipient"])
def test_nothing_is_sent_by_or_to_a_blocked_account(member, reachable, browser_of, who):
    send(member, reachable)
    blocked = member if who == "sender" else reachable
    User.objects.filter(pk=blocked.pk).update(is_active=False, restriction=Restriction.BLOCKED)

    mailing.deliver_waiting()
    answer = browser_of(member).post(write_to(reachable), {"text": HELLO})

    assert not mail.outbox
    assert answer.status_code == (302 if who == "sender" else 403)
    assert PersonalMessage.objects.count() == 1


def test_who_is_silenced_reads_and_does_not_write(member, reachable, browser_of):
    send(member, reachable)
    User.objects.filter(pk=member.pk).update(restriction=Restriction.SILENCED)

    page = browser_of(member).get(write_to(reachable)).content.decode()

    assert HELLO in page
    assert "Je kunt <bdi>Anton Ander</bdi> nu niet schrijven" in page
    assert browser_of(member).post(write_to(reachable), {"text": HELLO}).status_code == 403


@pytest.mark.parametrize(("who", "most"), [("member", correspondence.MOST_A_DAY), ("newcomer", 3)])
def test_there_is_an_end_to_what_one_sends_in_a_day(request, reachable, browser_of, who, most):
    sender = request.getfixturevalue(who)
    for _ in range(most):
        send(sender, reachable)

    page = browser_of(sender).post(write_to(reachable), {"text": "Nog één"}).content.decode()

    assert f"Je stuurde vandaag al {most} berichten" in page
    assert "Nog één</textarea>" in page
    assert PersonalMessage.objects.count() == most
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        send(sender, reachable)


def test_a_newcomer_sends_few_links_and_a_robot_nothing(newcomer, reachable, browser_of):
    browser, links = browser_of(newcomer), "https://a.example https://b.example https://c.example"

    many = browser.post(write_to(reachable), {"text": links}).content.decode()
    robot = browser.post(write_to(reachable), {"text": HELLO, "website": "https://a.example"}).content.decode()

    assert "hoogstens 2 links" in many
    assert f"{links}</textarea>" in many
    assert f"{HELLO}</textarea>" in robot
    assert not PersonalMessage.objects.exists()


@pytest.mark.parametrize("typed", ["", "a" * 5001])
def test_what_is_wrong_is_said_and_what_was_typed_stays(member, reachable, browser_of, typed):
    page = browser_of(member).post(write_to(reachable), {"text": typed}).content.decode()

    assert "Dit klopt nog niet" in page
    assert f"{typed}</textarea>" in page
    assert not PersonalMessage.objects.exists()


def test_only_the_two_read_it(member, reachable, newcomer, moderator, browser_of, visitor):
    message = send(member, reachable)

    for stranger in (newcomer, moderator, UserFactory(is_superuser=True)):
        for person in (member, reachable):
            assert HELLO not in browser_of(stranger).get(write_to(person)).content.decode()
        assert browser_of(stranger).get(f"/mijn/berichten/bericht/{message.pk}/meld/").status_code == 404
        assert HELLO not in browser_of(stranger).get("/mijn/berichten/").content.decode()
    assert visitor.get(write_to(member)).url.startswith("/account/inloggen/")
    assert HELLO not in browser_of(moderator).get(REPORTED).content.decode()


def test_who_received_it_has_a_moderator_read_it(member, reachable, moderator, browser_of):
    message = send(member, reachable)
    address = f"/mijn/berichten/bericht/{message.pk}/meld/"
    assert browser_of(member).post(address, {"kind": "onvriendelijk"}).status_code == 404

    for _ in range(2):
        browser_of(reachable).post(address, {"kind": "onvriendelijk", "note": "Dit is niet prettig."})

    page = browser_of(moderator).get(REPORTED).content.decode()
    assert HELLO in page
    assert "Dit is niet prettig." in page
    assert (
        "Gemelde persoonlijke berichten (1)" in browser_of(moderator).get("/forum/moderatie/wachtrij/").content.decode()
    )
    assert "niet prettig" not in browser_of(member).get(write_to(reachable)).content.decode()

    browser_of(moderator).post(f"{REPORTED}{MessageReport.objects.get().pk}/gelezen/")
    assert HELLO not in browser_of(moderator).get(REPORTED).content.decode()
    act = Act.objects.get()
    assert (act.kind, act.by, act.member) == (Act.Kind.READ, moderator, reachable)
    assert (
        "las na een melding een persoonlijk bericht aan"
        in browser_of(moderator).get("/forum/moderatie/logboek/").content.decode()
    )


@pytest.mark.parametrize("who", ["sender", "recipient"])
def test_with_an_account_go_its_messages_and_the_mail_that_is_owed(member, reachable, browser_of, who):
    message = send(member, reachable)
    correspondence.report(message=message, kind="anders", note="Lotte doet naar.")
    correspondence.set_refusal(member=reachable, other=member, refuses=True)

    (member if who == "sender" else reachable).delete()
    mailing.deliver_waiting()

    assert not mail.outbox
    for model in (PersonalMessage, MessageReport, ContactRefusal):
        assert not model.objects.exists()


def test_after_a_year_it_is_forgotten_unless_a_moderator_has_to_read_it(member, reachable):
    old, reported = send(member, reachable), send(member, reachable)
    correspondence.report(message=reported, kind="anders", note="Lees dit.")

    with time_machine.travel(timezone.now() + correspondence.KEPT + timedelta(hours=1)):
        recent = send(member, reachable)
        correspondence.forget_old()
        assert set(PersonalMessage.objects.all()) == {reported, recent}

        MessageReport.objects.update(closed_on=timezone.now())
        correspondence.forget_old()
    assert set(PersonalMessage.objects.all()) == {recent}
    assert not PersonalMessage.objects.filter(pk=old.pk).exists()


def test_hostile_text_stays_text(member, reachable, browser_of):
    for start in range(0, len(HTML), 20):
        send(member, reachable, "\n\n".join(HTML[start : start + 20]))
    mailing.deliver_waiting()

    page = browser_of(reachable).get(write_to(member)).content.decode()

    for text in (page, *(message.alternatives[0].content for message in mail.outbox)):
        OnlyOurs().feed(text)
    assert all(escape(line) in page for vector in HTML[-10:] for line in vector.split("\n") if line.strip())


def test_the_lists_ask_no_more_of_the_database_when_there_is_more(
    member, reachable, browser_of, django_assert_max_num_queries
):
    for number in range(5):
        send(member, reachable, f"Bericht {number}")
        send(other := UserFactory(display_name=f"Ander {number}"), _open(member))
        send(member, other)
    browser = browser_of(member)
    browser.get("/mijn/berichten/")

    for address in ("/mijn/berichten/", write_to(reachable)):
        with django_assert_max_num_queries(13):
            assert browser.get(address).status_code == 200
    assert "2 berichten" in browser.get("/mijn/berichten/").content.decode()


def _open(member):
    Profile.objects.update_or_create(member=member, defaults={"accepts_messages": True})
    return member


def test_what_only_members_see_makes_visitors_pages_be_read_no_more_often(member, reachable, questions):
    topic = make_topic(questions, member)
    changes = Change.objects.count()

    message = send(member, reachable)
    correspondence.report(message=message, kind="anders")
    correspondence.set_refusal(member=reachable, other=member, refuses=True)
    drafts.keep(member=member, place=topic, typed={"text": "Nog niet af"})

    assert Change.objects.count() == changes
