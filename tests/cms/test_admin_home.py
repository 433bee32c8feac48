"""The home of /beheer/ tells who looks after the site what waits for them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate
from lxml import html

from cms.models import CheckedLink, LinkUse
from forum_integration.models import MessageReport, PersonalMessage
from forum_integration.setup import ensure_forums
from pages.models import Claim, Submission
from pages.representing import representatives, reviewing
from search.models import SearchedText
from tests.factories import ActivityPageFactory, NetworkPageFactory, UserFactory
from tests.forum_integration.factories import make_topic
from tests.pages.browsing import browser_of as signed_in
from tests.pages.test_writing_for_entries import send
from tests.search.people import REFUSED, WELCOME, browser_of

HOME = "/beheer/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def days_ago(number):
    return timezone.now() - timedelta(days=number)


def a_text(number=3):
    entry = NetworkPageFactory(title=f"Netwerk met tekst {number}")
    entry.save_revision()
    keeper = UserFactory(display_name="Vera Keijzer")
    representatives.add(entry=entry, user=keeper, by=keeper)
    assert send(keeper, entry).status_code == 302
    submission = Submission.objects.get(entry=entry.pk)
    submission.state.task_states.update(started_at=days_ago(number))
    return submission


def a_claim(number=9):
    member = UserFactory(display_name="Lotte Lid")
    entry = NetworkPageFactory(title=f"Netwerk met aanvraag {number}")
    return Claim.objects.create(entry=entry, member=member, motive="Ik trek dit.", made_at=days_ago(number))


def an_overdue_entry(number=40):
    on = localdate() - timedelta(days=number)
    return NetworkPageFactory(title=f"Netwerk van vroeger {number}", review_on=on)


def a_dead_link(number=5, **more):
    url = f"https://weg{CheckedLink.objects.count()}.example/"
    link = CheckedLink.objects.create(
        url=url, host="weg.example", **{"state": "stuk", "since": days_ago(number)} | more
    )
    LinkUse.objects.create(link=link, source="x", thing=1, field="website", title="Netwerk met link", edit_path="/x/")
    return link


def a_waiting_post(number=1):
    return make_topic(ensure_forums()["vragen"], UserFactory(), title=f"Mag dit erop {number}?")


def a_reported_message(number=2):
    sender, recipient = UserFactory(display_name="Sander Schrijver"), UserFactory()
    message = PersonalMessage.objects.create(sender=sender, recipient=recipient, text="Hallo.")
    return MessageReport.objects.create(message=message, reporter=recipient, kind="reclame", made_on=days_ago(number))


FOR_EDITORS = [a_text, a_claim, an_overdue_entry, a_dead_link]
FOR_MODERATORS = [a_waiting_post, a_reported_message]


def todos(browser, parameters=""):
    """What the list says, line by line: what, about what, since when and where the link leads."""
    answer = browser.get(HOME + parameters)
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    return [
        (*(" ".join(part.text_content().split()) for part in line.xpath("p")[:3]), line.xpath(".//a/@href")[0])
        for line in tree.xpath("//li[@data-te-doen]")
    ]


def test_one_list_says_what_waits_the_oldest_first(editor, settings):
    submission, claim, entry, link = a_text(), a_claim(), an_overdue_entry(), a_dead_link()

    found = todos(editor)

    assert [line[0] for line in found] == [
        "Niemand bevestigde dat dit nog klopt",
        "Lotte Lid wil dit bijhouden",
        "Link werkt niet meer: weg.example",
        "Nieuwe tekst van Vera Keijzer",
    ]
    assert [line[1] for line in found] == [
        "Netwerk van vroeger 40",
        "Netwerk met aanvraag 9",
        "Netwerk met link, website",
        "Netwerk met tekst 3",
    ]
    assert [line[3] for line in found] == [
        f"/beheer/pages/{entry.pk}/edit/",
        f"/beheer/vertegenwoordigers/{claim.entry_id}/",
        f"/beheer/links/{link.pk}/",
        f"/beheer/nakijken/{submission.pk}/",
    ]
    for *_, url in found:
        assert editor.get(url).status_code == 200


def test_an_editor_looks_at_one_kind(editor):
    for make in FOR_EDITORS:
        make()

    assert [line[1] for line in todos(editor, "?soort=links")] == ["Netwerk met link, website"]
    assert [line[1] for line in todos(editor, "?soort=aanvragen")] == ["Netwerk met aanvraag 9"]
    assert len(todos(editor, "?soort=zomaar")) == 4
    assert "Kapotte links (1)" in editor.get(HOME).content.decode()


def test_an_editor_looks_at_what_this_editor_took_up(home):
    me = browser_of("editor", home)
    mine, other = a_text(3), a_text(4)
    a_claim()
    me.post(f"/beheer/nakijken/{mine.pk}/oppakken/")
    reviewing.claim(submission=other, by=UserFactory(display_name="Rik Redactie"))

    assert [line[1] for line in todos(me, "?van=mij")] == ["Netwerk met tekst 3"]
    assert "Nieuwe tekst van Vera Keijzer; Rik Redactie kijkt die na" in [line[0] for line in todos(me)]


def test_what_was_dealt_with_is_gone(editor, home):
    submission, claim, entry, link = a_text(), a_claim(), an_overdue_entry(), a_dead_link()
    revision = submission.entry.latest_revision_id
    reviewing.send_back(submission=submission, revision=revision, by=UserFactory(is_superuser=True), comment="Nee.")
    Claim.objects.filter(pk=claim.pk).update(state=Claim.State.REFUSED)
    type(entry).objects.filter(pk=entry.pk).update(review_on=localdate() + timedelta(days=300))
    CheckedLink.objects.filter(pk=link.pk).update(ignored_until=localdate() + timedelta(days=1))
    a_dead_link(state="hapert")

    assert todos(editor) == []
    assert "Er wacht niets" in editor.get(HOME).content.decode()


def test_what_a_colleague_sent_from_the_screen_of_the_page_waits_too(editor):
    workflow = a_text().state.workflow
    page = NetworkPageFactory(title="Netwerk van een collega")
    colleague = UserFactory(display_name="Cees Collega")
    page.save_revision(user=colleague)
    workflow.start(page, colleague)

    assert ("Nieuwe tekst van Cees Collega", "Netwerk van een collega") in [line[:2] for line in todos(editor)]


def test_an_activity_is_told_from_a_text(editor):
    activity = ActivityPageFactory(title="Studiedag")
    Submission.objects.filter(pk=a_text().pk).update(activity=activity)

    assert [line[0] for line in todos(editor)] == ["Nieuwe activiteit van Vera Keijzer"]


def test_the_queue_of_the_forum_is_for_who_moderates_it(home):
    for make in FOR_MODERATORS:
        make()

    editor, administrator = browser_of("editor", home), browser_of("administrator", home)

    assert todos(editor) == []
    assert "Mag dit erop" not in editor.get(HOME).content.decode()
    assert [line[0] for line in todos(administrator)] == [
        "Een lid meldde een persoonlijk bericht",
        "Bericht van een nieuwkomer wacht",
    ]
    for *_, url in todos(administrator):
        assert administrator.get(url).status_code == 200


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
def test_nobody_else_gets_the_list(home, role, status):
    a_claim()

    answer = browser_of(role, home).get(f"{HOME}?soort=aanvragen")

    assert answer.status_code == status
    assert b"Lotte Lid" not in answer.content


def test_who_represents_an_entry_gets_no_list(home):
    keeper = a_text().writer

    assert signed_in(keeper).get(HOME).status_code == 403


def test_an_editor_without_a_permission_does_not_see_that_kind(home):
    editor = UserFactory()
    browser = browser_of("editor", home)
    editor.groups.add(browser.get(HOME).wsgi_request.user.groups.get())
    for make in FOR_EDITORS:
        make()
    editor.groups.get().permissions.filter(codename__in=["view_checkedlink", "view_claim"]).delete()

    kinds = {line[0].split(":")[0] for line in todos(signed_in(editor))}

    assert kinds == {"Niemand bevestigde dat dit nog klopt", "Nieuwe tekst van Vera Keijzer"}


def queries(browser, parameters=""):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(HOME + parameters).status_code == 200
    return len(asked)


def test_a_longer_list_costs_no_more_queries(home):
    browser = browser_of("administrator", home)
    for make in FOR_EDITORS + FOR_MODERATORS:
        make(2)
        make(3)
    queries(browser)
    before = queries(browser), queries(browser, "?soort=links")

    for number in range(4, 14):
        for make in FOR_EDITORS + FOR_MODERATORS:
            make(number)

    assert (queries(browser), queries(browser, "?soort=links")) == before


def test_of_very_many_the_oldest_are_shown_and_where_the_others_are(editor):
    for number in range(60):
        a_dead_link(number + 1)

    assert len(todos(editor)) == 50
    assert todos(editor)[0][2] == todos(editor, "?soort=links")[0][2]
    text = editor.get(f"{HOME}?soort=links").content.decode()
    assert "Dit zijn de oudste 50 van 60." in text
    assert "/beheer/links/?stand=stuk" in text


def searched(text, *, people=3):
    SearchedText.objects.create(
        text=text, day=localdate(), searches=9, visitors=people, vain_searches=9, vain_visitors=people
    )


@pytest.mark.parametrize("role", WELCOME)
def test_below_it_stands_what_three_visitors_searched_in_vain(home, role):
    searched("eenhoorns & <b>draken</b>")
    searched("mijn eigen naam", people=2)
    searched("gevonden")
    SearchedText.objects.filter(text="gevonden").update(vain_visitors=0)

    text = browser_of(role, home).get(HOME).content.decode()

    assert "eenhoorns &amp; &lt;b&gt;draken&lt;/b&gt;" in text
    assert "/zoeken/?q=eenhoorns%20%26%20%3Cb%3Edraken%3C%2Fb%3E" in text
    assert "mijn eigen naam" not in text
    assert "gevonden</bdi>" not in text
