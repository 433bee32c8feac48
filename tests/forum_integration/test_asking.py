"""Anyone writes first; an account is asked at sending, and nothing of what was written is lost on the way."""

import html
import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic

from cms import jobs
from cms.models import User
from forum_integration import uploads
from forum_integration.models import UnsentFile, UnsentTopic
from forum_integration.services import unsent
from tests.factories import SectorFactory, SubjectFactory
from tests.forum_integration.factories import make_topic, pdf

WORDS = "een paar losse woorden"
TITLE = "Hoe toets je flexibel?"


@pytest.fixture
def form(home, questions):
    return reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk])


@pytest.fixture
def written(form, visitor):
    """A question as a visitor sent it, with everything on it."""
    sent = {
        "title": TITLE,
        "text": "Wij lopen **vast**.",
        "subjects": [SubjectFactory().pk],
        "sectors": [SectorFactory().pk],
        "attachments": [pdf("toetsplan.pdf")],
    }
    visitor.post(form, sent)
    return UnsentTopic.objects.get()


def sign_up(browser, onward, email="nieuw@example.org"):
    sent = {"display_name": "Nina Nieuw", "email": email, "password1": WORDS, "next": onward}
    answer = browser.post(reverse("account_signup"), sent)
    assert answer.status_code == 302
    return User.objects.filter(email=email).first()


def link_in_last_mail():
    return re.search(r"http://[^/\s]+(/account/\S+)", mail.outbox[-1].body)[1]


def confirm_elsewhere(link):
    """Open the link of the mail on another device, and sign in there."""
    device = Client()
    answer = device.post(link)
    assert answer.status_code == 302
    sign_in = device.get(answer.url)
    assert sign_in.url.startswith(reverse("account_login"))
    answer = device.post(sign_in.url, {"login": "nieuw@example.org", "password": WORDS})
    return device, answer.url


def filled_in(page):
    """The form as it stands there, to be sent with one press."""
    form = page.context["form"]
    sent = {name: form[name].value() for name in ("title", "text")}
    return sent | {name: [str(value) for value in form[name].value()] for name in ("subjects", "sectors")}


def test_a_visitor_opens_the_form_and_leaves_nothing_in_the_browser(form, visitor):
    answer = visitor.get(form)

    assert answer.status_code == 200
    assert "Een account heb je pas nodig als je het verstuurt" in answer.content.decode()
    assert not answer.cookies
    assert not Session.objects.exists()


def test_sending_without_an_account_asks_for_one_and_posts_nothing(form, written, visitor):
    answer = visitor.post(form, {"title": "Nog een vraag", "text": "Vertel eens."})

    kept = UnsentTopic.objects.get(typed__title="Nog een vraag")
    assert answer.url == f"{reverse('account_login')}?next={kept.get_absolute_url()}"
    assert not Topic.objects.exists()
    page = visitor.get(answer.url).content.decode()
    assert "We bewaren wat je schreef: <strong><bdi>Nog een vraag</bdi>" in page
    assert f"{reverse('account_signup')}?next=" in page


def test_a_question_survives_signing_up_and_confirming_on_another_device(written, visitor):
    user = sign_up(visitor, written.get_absolute_url())

    device, onward = confirm_elsewhere(link_in_last_mail())
    assert onward == written.get_absolute_url()
    page = device.get(onward)
    assert "toetsplan.pdf" in page.content.decode()
    answer = device.post(onward, filled_in(page))

    topic = Topic.objects.get()
    assert answer.url.startswith(
        reverse("forum_conversation:topic", args=["vragen", topic.forum_id, topic.slug, topic.pk])
    )
    assert (topic.subject, topic.poster, topic.approved) == (TITLE, user, False)
    assert topic.first_post.content.raw == "Wij lopen **vast**."
    assert topic.details.subjects.count() == topic.details.sectors.count() == 1
    attachment = topic.first_post.files.get()
    assert (attachment.name, attachment.uploaded_by) == ("toetsplan.pdf", user)
    assert attachment.file.read() == pdf().read()
    assert not UnsentTopic.objects.exists()
    assert not UnsentFile.objects.exists()


def test_confirming_in_the_same_browser_leads_straight_to_the_question(written, visitor):
    sign_up(visitor, written.get_absolute_url())

    assert visitor.post(link_in_last_mail()).url == written.get_absolute_url()


def test_who_has_an_account_signs_in_and_finds_the_question(written, visitor, member):
    answer = visitor.post(
        reverse("account_login"),
        {"login": member.email, "password": "een goed wachtwoord", "next": written.get_absolute_url()},
    )

    assert answer.url == written.get_absolute_url()
    assert visitor.get(answer.url).context["form"]["title"].value() == TITLE


def test_who_signs_up_with_a_known_address_keeps_the_way_to_the_question(written, visitor, member):
    sign_up(visitor, written.get_absolute_url(), email=member.email)

    assert "Je hebt al een account" in mail.outbox[-1].subject
    assert link_in_last_mail() == f"{reverse('account_login')}?next={written.get_absolute_url().replace('/', '%2F')}"


def test_who_forgot_the_password_chooses_a_new_one_and_finds_the_question_on_another_device(written, visitor, member):
    onward = written.get_absolute_url()
    sign_in = visitor.get(f"{reverse('account_login')}?next={onward}").content.decode()
    form = html.unescape(re.search(rf'href="({reverse("account_reset_password")}[^"]*)"', sign_in)[1])
    sent = visitor.post(form, {"email": member.email})
    assert sent.url.startswith(reverse("account_reset_password_done"))
    again = html.unescape(re.search(r'href="([^"]*)">probeer het', visitor.get(sent.url).content.decode())[1])
    assert again == form

    device = Client()
    new_password = device.get(link_in_last_mail()).url
    done = device.post(new_password, {"password1": WORDS})
    assert done.url.startswith(reverse("account_reset_password_from_key_done"))
    sign_in = html.unescape(re.search(r'href="([^"]*)">inloggen', device.get(done.url).content.decode())[1])
    arrived = device.post(sign_in, {"login": member.email, "password": WORDS})
    assert arrived.url == onward
    device.post(onward, filled_in(device.get(onward)))

    assert (Topic.objects.get().subject, Topic.objects.get().poster) == (TITLE, member)


def test_a_link_for_a_new_password_that_was_used_leads_to_another_one_on_the_same_way(written, visitor, member):
    onward = written.get_absolute_url()
    visitor.post(f"{reverse('account_reset_password')}?next={onward}", {"email": member.email})
    link = link_in_last_mail()
    visitor.post(visitor.get(link).url, {"password1": WORDS})

    page = Client().get(link).content.decode()

    assert "Deze link werkt niet meer" in page
    assert f'href="{reverse("account_reset_password")}?next=' in page


def test_a_new_password_leads_to_no_other_site(home, visitor, member):
    visitor.post(f"{reverse('account_reset_password')}?next=https://elders.example/", {"email": member.email})

    assert "elders" not in link_in_last_mail()


def test_what_belongs_to_an_account_is_nobody_elses(written, visitor, other_member, browser_of):
    user = sign_up(visitor, written.get_absolute_url())
    written.refresh_from_db()

    assert written.owner == user
    assert browser_of(other_member).get(written.get_absolute_url()).status_code == 404
    assert TITLE not in Client().get(f"{reverse('account_login')}?next={written.get_absolute_url()}").content.decode()


def test_who_opens_it_first_with_an_account_owns_it(written, member, other_member, browser_of):
    assert browser_of(member).get(written.get_absolute_url()).status_code == 200
    assert browser_of(other_member).get(written.get_absolute_url()).status_code == 404


def test_a_visitor_without_an_account_does_not_read_it(written):
    answer = Client().get(written.get_absolute_url())

    assert answer.url == f"{reverse('account_login')}?next={written.get_absolute_url()}"


def test_a_made_up_key_leads_nowhere(home, questions, member, browser_of):
    for key in ("x", "a" * 43, "%00", "x" * 3000):
        assert browser_of(member).get(f"/forum/concept/{key}/").status_code in {400, 404}


def test_pressing_twice_posts_once(written, member, browser_of):
    browser = browser_of(member)
    page = browser.get(written.get_absolute_url())

    browser.post(written.get_absolute_url(), filled_in(page))
    again = browser.post(written.get_absolute_url(), filled_in(page), follow=True)

    assert Topic.objects.count() == 1
    assert "Dit is al verstuurd." in again.content.decode()


def test_what_is_kept_can_be_thrown_away_at_once(
    written, member, browser_of, attachments_of_this_test, django_capture_on_commit_callbacks
):
    name = written.files.get().file.name
    assert attachments_of_this_test.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(member).post(written.get_absolute_url(), {"forget": "1"})

    assert not UnsentTopic.objects.exists()
    assert not attachments_of_this_test.exists(name)


def test_an_attachment_can_be_left_out_when_sending(written, member, browser_of):
    browser = browser_of(member)
    page = browser.get(written.get_absolute_url())

    browser.post(written.get_absolute_url(), filled_in(page) | {"remove": [written.files.get().pk]})

    assert not Topic.objects.get().first_post.files.exists()


def test_what_is_wrong_at_sending_is_said_and_the_question_stays(written, member, browser_of):
    answer = browser_of(member).post(written.get_absolute_url(), {"title": "", "text": "Andere tekst"})

    assert "<title>Fout: " in answer.content.decode()
    assert "Andere tekst" in answer.content.decode()
    assert UnsentTopic.objects.filter(pk=written.pk).exists()


def test_a_member_finds_on_the_form_what_was_not_sent_yet(form, written, member, browser_of):
    browser = browser_of(member)
    browser.get(written.get_absolute_url())

    assert written.get_absolute_url() in browser.get(form).content.decode()


def test_a_session_that_ended_while_writing_loses_nothing(form, member, browser_of):
    browser = browser_of(member)
    browser.get(form)
    Session.objects.all().delete()

    browser.post(form, {"title": TITLE, "text": "Lang verhaal"})

    assert UnsentTopic.objects.get().typed["text"] == "Lang verhaal"


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"title": ""}, "Titel"),
        ({"attachments": [pdf("virus.exe")]}, "geen bestand van een soort die hier mag"),
        ({"text": "http://a.nl http://b.nl http://c.nl"}, "hoogstens 2 links"),
        ({"website": "http://robot.example"}, "Dit veld is voor robots"),
    ],
)
def test_a_visitor_hears_at_once_what_is_wrong(form, visitor, changed, problem):
    answer = visitor.post(form, {"title": TITLE, "text": "Wij lopen vast."} | changed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert problem in page
    assert all(kept in page for name, kept in (("title", TITLE), ("text", "Wij lopen vast.")) if name not in changed)
    assert not UnsentTopic.objects.exists()
    assert not answer.cookies


def test_a_program_that_is_called_a_pdf_is_refused_and_the_text_is_kept(form, visitor):
    program = pdf("verslag.pdf")
    program.file.write(b"MZ\x90\x00")
    program.seek(0)

    page = visitor.post(form, {"title": TITLE, "text": "Wij lopen vast.", "attachments": [program]}).content.decode()

    assert "De inhoud van ‘verslag.pdf’ past niet bij de naam" in page
    assert "Wij lopen vast." in page
    assert not UnsentFile.objects.exists()


def test_a_visitor_sends_a_file_of_ten_megabytes_here_and_nowhere_else(form, visitor):
    sent = {"title": TITLE, "text": "Tekst"}

    assert visitor.post(form, sent | {"attachments": [pdf(size=10 * uploads.MEBIBYTE)]}).status_code == 302
    assert visitor.post(form, sent | {"attachments": [pdf(size=12 * uploads.MEBIBYTE)]}).status_code == 413
    assert visitor.post("/forum/", {"file": pdf(size=2 * uploads.MEBIBYTE)}).status_code == 413


def test_visitors_cannot_fill_the_disk(form, visitor, monkeypatch):
    monkeypatch.setattr(unsent, "ROOM_FOR_FILES", 1)
    sent = {"title": TITLE, "text": "Tekst"}
    visitor.post(form, sent | {"attachments": [pdf()]})

    full = visitor.post(form, sent | {"attachments": [pdf()]})

    assert "Bijlagen meesturen kan nu alleen als je bent ingelogd" in full.content.decode()
    assert visitor.post(form, sent).status_code == 302
    assert UnsentFile.objects.count() == 1


def test_who_sends_too_much_waits_and_keeps_the_text(form, visitor, monkeypatch):
    monkeypatch.setattr("forum_integration.views.asking.LIMIT_FOR_VISITORS", "1/h")
    visitor.post(form, {"title": TITLE, "text": "Tekst"})

    answer = visitor.post(form, {"title": TITLE, "text": "Nog een tekst"})

    assert answer.status_code == 429
    assert "Nog een tekst" in answer.content.decode()


def test_another_site_sends_no_form_in_the_name_of_a_visitor(form, visitor):
    answer = visitor.post(form, {"title": TITLE, "text": "Reclame"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert not UnsentTopic.objects.exists()


def test_a_member_still_needs_the_token(form, member):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member)

    assert browser.post(form, {"title": TITLE, "text": "Tekst"}).status_code == 403


def test_what_nobody_sends_is_forgotten_after_two_weeks(
    written, django_capture_on_commit_callbacks, attachments_of_this_test
):
    name = written.files.get().file.name
    UnsentTopic.objects.update(kept_on=timezone.now() - timedelta(days=13))
    unsent.forget_old()
    assert UnsentTopic.objects.exists()

    UnsentTopic.objects.update(kept_on=timezone.now() - timedelta(days=15))
    with django_capture_on_commit_callbacks(execute=True):
        unsent.forget_old()

    assert not UnsentTopic.objects.exists()
    assert not attachments_of_this_test.exists(name)
    assert "forget-unsent-topics" in jobs._jobs


def test_it_goes_with_the_account_of_its_writer(written, visitor):
    user = sign_up(visitor, written.get_absolute_url())
    EmailAddress.objects.filter(user=user).delete()

    user.delete()

    assert not UnsentTopic.objects.exists()


def test_a_link_fills_in_the_title_and_the_subject(form, visitor):
    subject = SubjectFactory(slug="toetsing")

    page = visitor.get(form, {"titel": " xqzw  " + "a" * 200, "onderwerp": "toetsing"})

    assert page.context["form"]["title"].value() == ("xqzw " + "a" * 200)[:150]
    assert re.search(rf'value="{subject.pk}"[^>]* checked', page.content.decode())


def test_every_forum_that_members_may_write_in_is_open_to_write_first(home, forums, visitor):
    def answers(key):
        return visitor.get(reverse("forum_conversation:topic_create", args=[forums[key].slug, forums[key].pk]))

    assert [answers(key).status_code for key in ("vragen", "gesprekken", "ideeen-en-feedback")] == [200] * 3
    assert answers("aankondigingen").url.startswith(reverse("account_login"))


def test_the_form_takes_as_many_queries_however_much_there_is(
    form, questions, member, visitor, django_assert_max_num_queries
):
    for number in range(12):
        make_topic(questions, member, title=f"Vraag {number} over toetsing")
        SubjectFactory()
    visitor.get(form)

    with django_assert_max_num_queries(8):
        visitor.get(form)
