"""Mail about what members follow: at once, by the day or by the week, each item once, and only what may be read."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection, transaction
from django.utils import timezone

from cms import mailing
from cms.models import Mail
from forum_integration import letters as letter
from forum_integration.models import Frequency, MailPreferences, Notification
from forum_integration.rights import ForumRights
from forum_integration.services import letters, moderation, news, questions
from forum_integration.services.following import set_following
from forum_integration.setup import establish
from tests.factories import ActivityPageFactory, NetworkPageFactory, SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(hours=20)
WEEK = timedelta(days=7)


@pytest.fixture
def clock():
    with time_machine.travel(MONDAY) as clock:
        yield clock


@pytest.fixture
def subject(clock, db):
    return SubjectFactory(name="Toetsing")


@pytest.fixture
def topic(clock, home, conversations, member):
    return make_topic(conversations, member, title="Hoe toets je?")


@pytest.fixture
def prefer():
    def prefer(member, **chosen):
        MailPreferences.objects.update_or_create(member=member, defaults=chosen)

    return prefer


def send_mail():
    """Do what the jobs do each minute; gives the mails that went out in this round."""
    before = len(mail.outbox)
    news.spread()
    letters.write_direct()
    letters.write_daily()
    letters.write_weekly()
    mailing.deliver_waiting()
    return mail.outbox[before:]


def mails_to(member, sent):
    return [one for one in sent if one.to == [member.email]]


@pytest.mark.parametrize(
    ("frequency", "now", "issue"),
    [
        (Frequency.DAILY, datetime(2026, 11, 23, 5, 59, tzinfo=UTC), datetime(2026, 11, 22, 6, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 11, 23, 6, 0, tzinfo=UTC), datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (Frequency.DAILY, datetime(2026, 7, 1, 5, 0, tzinfo=UTC), datetime(2026, 7, 1, 5, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 11, 23, 12, tzinfo=UTC), datetime(2026, 11, 17, 6, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 11, 24, 5, 59, tzinfo=UTC), datetime(2026, 11, 17, 6, tzinfo=UTC)),
        (Frequency.WEEKLY, datetime(2026, 11, 24, 6, 0, tzinfo=UTC), datetime(2026, 11, 24, 6, tzinfo=UTC)),
    ],
)
def test_letters_come_out_at_seven_in_the_morning_dutch_time(frequency, now, issue):
    assert letter.issue_of(frequency, now) == issue


def test_who_follows_a_topic_gets_a_reply_by_mail_at_once_as_text_and_as_html(topic, member, other_member, settings):
    post = make_reply(topic, other_member, text="Met een **portfolio** & <b>plezier</b>.")

    [sent] = send_mail()

    assert sent.to == [member.email]
    assert sent.subject == "Hoe toets je?"
    assert "Anton Ander: Met een portfolio & <b>plezier</b>." in sent.body
    assert f"{settings.SITE_URL}/forum/" in sent.body
    assert f"?bericht={post.pk}#bericht-{post.pk}" in sent.body
    html = sent.alternatives[0].content
    assert "Met een portfolio &amp; &lt;b&gt;plezier&lt;/b&gt;." in html
    assert '<html lang="nl">' in html
    assert send_mail() == []


def test_direct_mail_about_one_topic_comes_once_an_hour_with_all_that_was_said(topic, member, other_member, clock):
    make_reply(topic, other_member, text="Eerste.")
    assert len(send_mail()) == 1

    make_reply(topic, other_member, text="Tweede.")
    make_reply(topic, other_member, text="Derde.")
    assert send_mail() == []

    clock.shift(timedelta(minutes=61))
    [sent] = send_mail()
    assert "Tweede. (en nog 1 bericht)" in sent.body
    assert "Eerste." not in sent.body


def test_by_the_day_all_topics_come_in_one_mail_and_without_news_none(topic, member, other_member, clock, prefer):
    prefer(member, topic="dagelijks")
    other = make_topic(topic.forum, member, title="En dit?")
    send_mail()
    make_reply(topic, other_member)
    make_reply(topic, other_member)
    make_reply(other, other_member)
    assert send_mail() == []

    clock.move_to(TUESDAY)
    [sent] = send_mail()
    assert sent.subject == "Nieuw op 24 november"
    assert sent.body.count("* Hoe toets je?") == sent.body.count("* En dit?") == 1
    assert send_mail() == []

    clock.shift(timedelta(days=1))
    assert send_mail() == []


def test_the_weekmail_holds_questions_solutions_entries_and_activities_once(
    home, forums, member, other_member, newcomer, subject, clock
):
    set_following(newcomer, subject, follows=True)
    open_question = make_topic(forums["vragen"], member, title="Wie weet dit?", subjects=[subject])
    solved = make_topic(forums["vragen"], member, title="Is dit op te lossen?", subjects=[subject])
    questions.accept(post=make_reply(solved, other_member, text="Jazeker."), by=ForumRights(member))
    NetworkPageFactory(title="Netwerk over toetsen", subjects=[subject], last_published_at=MONDAY)
    NetworkPageFactory(title="Netwerk over iets anders", last_published_at=MONDAY)
    ActivityPageFactory(title="Studiedag toetsen", subjects=[subject], starts_on=MONDAY.date() + timedelta(days=20))
    ActivityPageFactory(title="Ver weg", subjects=[subject], starts_on=MONDAY.date() + timedelta(days=40))

    clock.move_to(TUESDAY)
    [sent] = mails_to(newcomer, send_mail())

    assert sent.subject == "Weekmail van 24 november"
    titles = ["Is dit op te lossen?", "Wie weet dit?", "Netwerk over toetsen", "Studiedag toetsen"]
    for title in titles:
        assert sent.body.count(f"* {title}") == 1
    assert sent.body.index("OPGELOST") < sent.body.index("Is dit op te lossen?") < sent.body.index("WACHT NOG")
    assert "iets anders" not in sent.body
    assert "Ver weg" not in sent.body

    make_reply(open_question, other_member)
    clock.shift(WEEK)
    assert mails_to(newcomer, send_mail()) == []
    clock.shift(WEEK)
    [later] = mails_to(newcomer, send_mail())
    assert "Ver weg" in later.body
    assert not any(title in later.body for title in titles)
    clock.shift(WEEK)
    assert mails_to(newcomer, send_mail()) == []


def test_the_first_weekmail_of_a_new_site_waits_for_its_own_moment_and_so_does_what_is_said_after_one(
    home, conversations, member, other_member, subject, clock
):
    set_following(member, subject, follows=True)
    make_topic(conversations, other_member, title="Voor het moment", subjects=[subject])
    assert send_mail() == []

    clock.move_to(TUESDAY)
    make_topic(conversations, other_member, title="Erna", subjects=[subject])
    [first] = send_mail()
    clock.shift(WEEK)
    [second] = send_mail()

    assert ("Voor het moment" in first.body, "Erna" in first.body) == (True, False)
    assert ("Voor het moment" in second.body, "Erna" in second.body) == (False, True)


def test_an_entry_that_is_followed_and_about_a_followed_subject_stands_in_mail_once(
    home, forums, member, subject, clock, prefer
):
    entry = NetworkPageFactory(title="Netwerk over toetsen", subjects=[subject])
    set_following(member, subject, follows=True)
    set_following(member, entry, follows=True)
    prefer(member, entry="direct")
    entry.save_revision().publish()

    [sent] = send_mail()
    assert sent.subject == "Aangepast: Netwerk over toetsen"

    clock.move_to(TUESDAY)
    assert send_mail() == []


def test_what_was_read_on_the_site_is_no_news_any_more(topic, member, other_member, clock, prefer, browser_of):
    prefer(member, topic="dagelijks")
    make_reply(topic, other_member)
    send_mail()

    browser_of(member).get(f"/forum/{topic.forum.slug}-{topic.forum_id}/{topic.slug}-{topic.pk}/")
    clock.move_to(TUESDAY)

    assert send_mail() == []


def test_a_post_that_waits_or_is_refused_is_mailed_to_nobody(topic, member, newcomer, moderator):
    waiting, refused = make_reply(topic, newcomer), make_reply(topic, newcomer, text="Reclame")
    moderation.refuse(post=refused, by=ForumRights(moderator), reason="Reclame.")
    assert mails_to(member, send_mail()) == []

    moderation.approve(post=waiting, by=ForumRights(moderator))

    assert len(mails_to(member, send_mail())) == 1


@pytest.mark.parametrize("moment", ["before the letter is written", "while the letter waits"])
@pytest.mark.parametrize("what", ["closed", "deleted", "no longer wanted", "read"])
def test_rights_and_choices_are_asked_again_when_the_letter_leaves(
    topic, conversations, member, other_member, moderator, close, prefer, moment, what
):
    post = make_reply(topic, other_member, text="Geheim.")
    news.spread()
    if moment == "while the letter waits":
        letters.write_direct()
        assert Mail.objects.count() == 1
    match what:
        case "closed":
            close(conversations)
        case "deleted":
            moderation.delete_post(post=post, by=ForumRights(other_member))
        case "no longer wanted":
            prefer(member, topic="niet")
        case "read":
            Notification.objects.update(read_on=timezone.now())

    letters.write_direct()
    mailing.deliver_waiting()

    assert mail.outbox == []
    assert not Mail.objects.exists()


def test_after_half_a_year_away_one_last_mail_says_so_and_signing_in_starts_it_again(
    topic, member, other_member, clock
):
    clock.move_to(MONDAY + timedelta(days=181))
    make_reply(topic, other_member)
    make_reply(make_topic(topic.forum, member, title="Nog een"), other_member)
    [sent] = send_mail()
    assert "voorlopig je laatste mail" in sent.body

    clock.shift(timedelta(days=1))
    make_reply(topic, other_member)
    assert send_mail() == []

    member.last_login = timezone.now()
    member.save()
    clock.shift(timedelta(days=1))
    make_reply(topic, other_member)
    [sent] = send_mail()
    assert "voorlopig je laatste mail" not in sent.body


def test_a_mention_comes_by_mail_with_who_did_it(topic, member, other_member):
    make_reply(topic, member, text="Dit weet @anton-ander.")

    [sent] = send_mail()

    assert sent.to == [other_member.email]
    assert sent.subject == "Lotte Lid noemt je bij: Hoe toets je?"


def test_hostile_text_in_a_letter_is_text_in_both_its_forms(topic, member, conversations, forums):
    hostile = UserFactory(display_name="<img src=x onerror=alert(1)>")
    establish(hostile)
    title = "</p><script>alert(1)</script>"
    thread = make_topic(conversations, member, title=title)
    send_mail()
    make_reply(thread, hostile, text="{{ to.email }} `<script>alert(1)</script>`")

    [sent] = send_mail()

    html = sent.alternatives[0].content
    assert "<script" not in html
    assert "<img" not in html
    assert member.email not in html + sent.body
    assert title in sent.body


def test_a_choice_made_later_counts_for_what_is_still_to_be_mailed(
    topic, member, other_member, clock, prefer, browser_of
):
    send_mail()
    make_reply(topic, other_member)
    news.spread()
    chosen = {"mention": "direct", "topic": "dagelijks", "subject": "wekelijks", "entry": "niet"}

    answer = browser_of(member).post("/mijn/mail/", chosen)

    assert answer.status_code == 302
    assert send_mail() == []
    clock.move_to(TUESDAY)
    assert len(send_mail()) == 1


def test_a_letter_costs_as_many_queries_for_many_items_as_for_few(
    topic, member, other_member, django_assert_max_num_queries
):
    for number in range(10):
        make_reply(make_topic(topic.forum, member, title=f"Nummer {number}"), other_member)
    news.spread()
    pks = list(Notification.objects.filter(member=member).values_list("pk", flat=True))
    owed = {"frequency": "dagelijks", "subscription": "dagelijks", "entries": [], "activities": []}
    one = Mail(to=member, template="letter", context={**owed, "notifications": pks, "is_goodbye": False})

    with django_assert_max_num_queries(6):
        composed = letter.compose(one)

    assert len(composed.context["contents"].topics) == 10


class Killed(BaseException):
    """A process that is gone at once."""


@pytest.fixture
def readers(clock, home, conversations, other_member, subject):
    """Followers of a subject with three new topics, an entry and an activity about it."""
    readers = [UserFactory() for _ in range(5)]
    for reader in readers:
        set_following(reader, subject, follows=True)
    for number in range(3):
        make_topic(conversations, other_member, title=f"Gesprek {number}", subjects=[subject])
    NetworkPageFactory(title="Netwerk", subjects=[subject], last_published_at=MONDAY)
    ActivityPageFactory(title="Studiedag", subjects=[subject], starts_on=MONDAY.date() + timedelta(days=9))
    clock.move_to(TUESDAY)
    return readers


def everybody_gets_everything_once(readers):
    """Whether each reader is owed one letter, in which each of the five things stands once."""
    [keys] = {str({**one.context, "notifications": len(one.context["notifications"])}) for one in Mail.objects.all()}
    told = [pk for one in Mail.objects.all() for pk in one.context["notifications"]]
    owed = sorted(Mail.objects.values_list("to", flat=True))
    topics = Notification.objects.filter(pk__in=told).values("member", "post").distinct().count()
    return (
        owed == [reader.pk for reader in readers]
        and len(told) == len(set(told)) == topics == 3 * len(readers)
        and ("'notifications': 3" in keys)
    )


def killed_at(number, run):
    """Run, and die right before the statement of this number; whether there were so many."""
    seen = 0

    def die(execute, sql, params, many, context):
        nonlocal seen
        seen += 1
        if seen == number:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(die):
        try:
            run()
        except Killed:
            return True
    return False


def all_jobs():
    news.spread()
    letters.write_weekly()


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(letters, "BATCH", 2)
    monkeypatch.setattr(news, "BATCH", 2)


def test_a_run_killed_at_any_statement_goes_on_later_and_gives_nobody_anything_twice(readers, small_batches):
    number, was_killed = 0, True
    while was_killed:
        number += 1
        before = transaction.savepoint()
        was_killed = killed_at(number, all_jobs)
        all_jobs()
        assert everybody_gets_everything_once(readers), number
        transaction.savepoint_rollback(before)

    assert number > 100


def test_a_run_that_is_killed_over_and_over_still_comes_to_its_end(readers, small_batches):
    rounds = 0
    while killed_at(20, all_jobs):
        rounds += 1
        assert rounds < 200

    assert rounds > 5
    assert everybody_gets_everything_once(readers)
    mailing.deliver_waiting()
    for reader in readers:
        [sent] = mails_to(reader, mail.outbox)
        for title in ("Gesprek 0", "Gesprek 1", "Gesprek 2", "Netwerk", "Studiedag"):
            assert sent.body.count(f"* {title}") == 1


def test_the_direct_mails_of_a_run_killed_at_any_statement_come_once(topic, other_member, small_batches):
    readers = [UserFactory() for _ in range(4)]
    for reader in readers:
        set_following(reader, topic, follows=True)
    make_reply(topic, other_member)
    news.spread()
    number, was_killed = 0, True
    while was_killed:
        number += 1
        before = transaction.savepoint()
        was_killed = killed_at(number, letters.write_direct)
        letters.write_direct()
        assert Mail.objects.count() == Mail.objects.values("to").distinct().count() == 5
        transaction.savepoint_rollback(before)

    assert number > 20
