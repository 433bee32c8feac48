"""Mail to members: owed with the change that it tells about, sent by a job, lost by no fault of a server."""

import smtplib
from datetime import timedelta
from itertools import pairwise

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from cms import jobs, mailing
from cms.environment import BASE_DIR
from cms.models import Mail, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory(display_name="Noor <b>", email="noor@example.org")


def owe(user, *, subject="Je bericht is niet geplaatst", title="Mijn vraag", reason="Te kort & te <vaag>."):
    mailing.send("post_refused", user, subject, {"title": title, "reason": reason, "path": "/forum/x/"})


@pytest.fixture
def refuse(monkeypatch):
    """Let sending fail like this, or again succeed."""
    send_messages = EmailBackend.send_messages

    def refuse(error, *, only_to=""):
        def send(self, messages):
            if error and only_to in messages[0].to[0]:
                raise error
            return send_messages(self, messages)

        monkeypatch.setattr(EmailBackend, "send_messages", send)

    return refuse


def test_the_job_of_the_site_sends_a_mail_once_as_text_and_as_html(user, settings, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {"send-mail": jobs._jobs["send-mail"]})
    settings.SITE_URL = "https://www.example.org"
    owe(user)
    assert not mail.outbox

    call_command("run_jobs")
    call_command("run_jobs")

    [sent] = mail.outbox
    assert sent.to == ["noor@example.org"]
    assert "Hallo Noor <b>," in sent.body
    assert "Te kort & te <vaag>." in sent.body
    assert "https://www.example.org/forum/x/" in sent.body
    [(html, kind)] = sent.alternatives
    assert kind == "text/html"
    assert "Noor &lt;b&gt;" in html
    assert "Te kort &amp; te &lt;vaag&gt;." in html


def test_a_change_that_is_rolled_back_sends_no_mail(user):
    with transaction.atomic():
        owe(user)
        transaction.set_rollback(True)

    mailing.deliver_waiting()

    assert not mail.outbox


def test_a_subject_stays_one_line_of_a_subject(user):
    owe(user, subject="Over: een titel\r\nBcc: iedereen@example.org " + "x" * 300)

    mailing.deliver_waiting()

    [sent] = mail.outbox
    assert sent.subject.startswith("Over: een titel Bcc: iedereen@example.org xx")
    assert sent.recipients() == ["noor@example.org"]


@pytest.mark.parametrize(
    "error",
    [ConnectionRefusedError(), TimeoutError(), smtplib.SMTPServerDisconnected(), smtplib.SMTPConnectError(1, "")],
)
def test_a_mail_server_that_is_away_loses_nothing(user, refuse, error):
    owe(user)
    refuse(error)
    mailing.deliver_waiting()
    assert not mail.outbox

    refuse(None)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        mailing.deliver_waiting()

    assert len(mail.outbox) == 1


def test_a_mail_server_that_is_away_is_asked_once_a_round(user, refuse):
    for _ in range(3):
        owe(user)
    refuse(ConnectionRefusedError())

    mailing.deliver_waiting()

    assert list(Mail.objects.order_by("-attempts").values_list("attempts", flat=True)) == [1, 0, 0]


def test_one_refused_address_does_not_hold_up_the_others(user, refuse):
    owe(user)
    owe(UserFactory(email="weg@example.org"))
    owe(user)
    refuse(smtplib.SMTPRecipientsRefused({}), only_to="weg@")

    mailing.deliver_waiting()

    assert [sent.to for sent in mail.outbox] == [["noor@example.org"]] * 2
    assert Mail.objects.get().to.email == "weg@example.org"


def test_a_mail_that_stays_refused_is_tried_less_and_less_and_then_given_up(user, refuse, caplog):
    owe(user)
    refuse(smtplib.SMTPDataError(550, b"noor@example.org does not want it"))
    now, tries = timezone.now(), []

    while (owed := Mail.objects.get()).due_at:
        now = owed.due_at
        with time_machine.travel(now, tick=False):
            mailing.deliver_waiting()
        tries.append(now)

    pauses = [later - earlier for earlier, later in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert pauses[-1] == mailing.LONGEST_PAUSE
    assert len(tries) == mailing.MOST_ATTEMPTS
    assert "noor@example.org" not in caplog.text
    assert caplog.records[-1].levelname == "ERROR"


def test_a_process_that_dies_while_sending_sends_at_most_once_more_under_the_same_id(user, monkeypatch):
    owe(user)
    with monkeypatch.context() as patched:
        patched.setattr(Mail, "delete", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            mailing.deliver_waiting()
    mailing.deliver_waiting()  # another process, right after
    assert len(mail.outbox) == 1

    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        mailing.deliver_waiting()

    first, second = (sent.extra_headers["Message-ID"] for sent in mail.outbox)
    assert first == second


def test_two_processes_do_not_send_the_same_mail(user, monkeypatch):
    owe(user)
    deliver = mailing._deliver

    def deliver_while_another_looks(*args):
        monkeypatch.setattr(mailing, "_deliver", deliver)
        mailing.deliver_waiting()
        deliver(*args)

    monkeypatch.setattr(mailing, "_deliver", deliver_while_another_looks)
    mailing.deliver_waiting()

    assert len(mail.outbox) == 1


def test_mail_goes_to_the_address_that_somebody_has_when_it_leaves(user):
    owe(user)
    User.objects.update(email="nieuw@example.org")

    mailing.deliver_waiting()

    assert mail.outbox[0].to == ["nieuw@example.org"]


def test_nothing_is_sent_to_an_account_that_is_gone(user):
    owe(user)
    user.delete()

    mailing.deliver_waiting()

    assert not mail.outbox


TEMPLATES = sorted(
    path.stem
    for path in (BASE_DIR / "templates" / "mail").glob("*.txt")
    if path.stem != "base" and path.stem not in mailing._composers  # these have tests of their own
)


@pytest.mark.parametrize("template", TEMPLATES)
def test_hostile_text_in_a_mail_is_text_in_both_its_forms(template):
    user = UserFactory(display_name="<img src=x onerror=alert(1)>")
    hostile = "</p><script>alert(1)</script>\n{{ to.email }}"
    mailing.send(
        template, user, hostile, {"title": hostile, "reason": hostile, "path": "/forum/", "restriction": "stil"}
    )

    mailing.deliver_waiting()

    [sent] = mail.outbox
    html = sent.alternatives[0].content
    assert "<script" not in html
    assert "<img" not in html
    assert user.email not in html + sent.body
    assert "&lt;" not in sent.body


LIST = "/beheer/niet-bezorgde-mail/"


@pytest.fixture
def given_up(user, refuse):
    """A mail that was refused until it was given up, and one that is still on its way."""
    owe(user, subject="Komt niet aan")
    refuse(smtplib.SMTPRecipientsRefused({"noor@example.org": (550, b"5.1.1 No such\r\nuser")}))
    with time_machine.travel(timezone.now()) as clock:
        while Mail.objects.filter(due_at__isnull=False).exists():
            mailing.deliver_waiting()
            clock.shift(timedelta(days=1))
    refuse(None)
    owe(user, subject="Nog onderweg")
    return Mail.objects.get(due_at=None)


def test_an_administrator_reads_whom_a_mail_did_not_reach_and_why_and_tries_it_again(client, given_up):
    client.force_login(UserFactory(is_superuser=True))

    listed = client.get(LIST).content.decode()
    for words in ("Noor &lt;b&gt; (noor@example.org)", "Komt niet aan", "5.1.1 No such user"):
        assert words in listed
    assert "Nog onderweg" not in listed
    page = f"{LIST}inspect/{given_up.pk}/"
    assert page in listed
    assert "5.1.1 No such user" in client.get(page).content.decode()
    mailing.deliver_waiting()
    assert [sent.subject for sent in mail.outbox] == ["Nog onderweg"]

    answer = client.post(page, follow=True)
    mailing.deliver_waiting()

    assert "Komt niet aan" not in answer.content.decode()
    assert [sent.subject for sent in mail.outbox] == ["Nog onderweg", "Komt niet aan"]


def test_nobody_else_sees_the_list_or_tries_again(client, given_up):
    editor = UserFactory()
    editor.user_permissions.set(Permission.objects.all())
    client.force_login(editor)
    assert "niet-bezorgde-mail" not in client.get("/beheer/").content.decode()

    for answer in (
        client.get(LIST),
        client.get(f"{LIST}inspect/{given_up.pk}/"),
        client.post(f"{LIST}inspect/{given_up.pk}/"),
    ):
        assert "noor@example.org" not in answer.content.decode()
        assert answer.status_code in {302, 403}
    assert Mail.objects.get(pk=given_up.pk).due_at is None


def test_a_mail_that_is_still_on_its_way_or_never_was_has_no_page(client, given_up):
    client.force_login(UserFactory(is_superuser=True))
    waiting = Mail.objects.exclude(pk=given_up.pk).get()

    for key in (waiting.pk, "0" * 32, "x"):
        assert client.get(f"{LIST}inspect/{key}/").status_code == 404


def test_that_the_server_was_away_is_told_as_well(user, refuse):
    owe(user)
    refuse(smtplib.SMTPServerDisconnected("weg"))

    mailing.deliver_waiting()

    assert Mail.objects.get().problem == "SMTPServerDisconnected"
