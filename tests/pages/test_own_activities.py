"""Who keeps an entry puts an activity on the agenda: an editor reads it first, as with every text."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils.timezone import localdate
from icalendar import Calendar

from cms import mailing
from pages.models import ActivityPage, Submission
from pages.representing import activities, representatives
from search import indexing
from tests.factories import ActivityPageFactory, NetworkPageFactory, SubjectFactory, UserFactory
from tests.pages.browsing import browser_of, page

SOON = localdate() + timedelta(days=20)
FILLED = {
    "title": "Dag van de kwartelproef",
    "kind": "studiedag",
    "starts_on": SOON.isoformat(),
    "start_time": "10:00",
    "end_time": "16:00",
    "mode": "fysiek",
    "place": "Zwolle",
    "website": "doen.example.org/dag",
    "description": "We kijken samen naar toetsen.",
}


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen")
    entry.subjects.add(SubjectFactory(name="Toetsing"))
    entry.save()
    return entry


def at(entry, rest=""):
    return f"/mijn/paginas/{entry.pk}/activiteiten/{rest}"


def propose(user, entry, **changes):
    return browser_of(user).post(at(entry, "nieuw/"), FILLED | changes)


def decide(editor, how=None, **said):
    submission = Submission.objects.get()
    sent = {"revision": submission.page.latest_revision_id, **({how: "1"} if how else {}), **said}
    return browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/besluit/", sent)


def mails_to(user):
    mailing.deliver_waiting()
    return [sent for sent in mail.outbox if sent.to == [user.email]]


def surfaces(entry):
    indexing.drain()
    addresses = (entry.url, "/agenda/", "/agenda.ics", "/", "/api/zoeken/?q=kwartelproef", "/sitemap.xml")
    return {address: page(browser_of(), address).replace("q=kwartelproef", "") for address in addresses}


def test_it_waits_for_an_editor_and_then_stands_on_the_agenda_and_with_the_entry(entry, keeper, editor, index):
    assert propose(keeper, entry).url == at(entry)
    waiting = page(browser_of(keeper), at(entry))
    assert "Dag van de kwartelproef" in waiting
    assert "de redactie leest mee" in waiting
    assert not any("wartelproef" in text for text in surfaces(entry).values())
    assert browser_of().get(ActivityPage.objects.get().url).status_code == 404
    [told] = mails_to(editor)
    assert told.subject == "Nieuwe activiteit Dag van de kwartelproef"
    shown = page(browser_of(editor), f"/beheer/nakijken/{Submission.objects.get().pk}/")
    assert "We kijken samen naar toetsen." in shown
    assert "activiteit van Netwerk Doen" in page(browser_of(editor), "/beheer/nakijken/")

    decide(editor, comment="Leuk.")

    found = surfaces(entry)
    for address in (entry.url, "/agenda/", "/api/zoeken/?q=kwartelproef"):
        assert "Dag van de kwartelproef" in found[address], address
    activity = ActivityPage.objects.get()
    assert (activity.organiser_entry_id, activity.website) == (entry.pk, "https://doen.example.org/dag")
    assert [subject.name for subject in activity.subjects.all()] == ["Toetsing"]
    assert "Leuk." in mails_to(keeper)[0].body
    assert "op de site" in page(browser_of(keeper), at(entry))


def test_sent_back_it_is_amended_in_the_same_form(entry, keeper, editor):
    propose(keeper, entry)
    decide(editor, "return", comment="Voor wie is het?")
    path = at(entry, f"{ActivityPage.objects.get().pk}/")
    assert path in mails_to(keeper)[0].body
    assert "Voor wie is het?" in page(browser_of(keeper), path)

    browser_of(keeper).post(path, FILLED | {"participants": "Iedereen die toetst"})
    decide(editor)

    assert "Iedereen die toetst" in page(browser_of(), ActivityPage.objects.get().url)
    assert Submission.objects.count() == 1


def test_a_change_of_what_is_on_the_agenda_waits_too(entry, keeper, editor, index):
    propose(keeper, entry)
    decide(editor)
    activity = ActivityPage.objects.get()

    browser_of(keeper).post(at(entry, f"{activity.pk}/"), FILLED | {"title": "Dag van de patrijs"})

    assert "Dag van de kwartelproef" in page(browser_of(), activity.url)
    assert not any("patrijs" in text for text in surfaces(entry).values())
    assert "patrijs" in page(browser_of(keeper), at(entry, f"{activity.pk}/"))


def test_what_nobody_read_yet_is_withdrawn_at_once(entry, keeper, editor):
    propose(keeper, entry)
    activity = ActivityPage.objects.get()
    path = at(entry, f"{activity.pk}/intrekken/")

    assert browser_of(keeper).get(path).status_code == 200
    assert ActivityPage.objects.exists()
    browser_of(keeper).post(path)

    assert not ActivityPage.objects.exists()
    assert not Submission.objects.exists()
    assert "kwartelproef" not in page(browser_of(editor), "/beheer/nakijken/")


def test_what_is_on_the_agenda_stays_there_with_the_word_that_it_is_off(entry, keeper, editor):
    propose(keeper, entry)
    decide(editor)
    activity = ActivityPage.objects.get()

    browser_of(keeper).post(at(entry, f"{activity.pk}/intrekken/"), {"note": "De zaal lekt."})
    assert "gaat niet door" not in page(browser_of(), activity.url)
    submission = Submission.objects.exclude(state__status="approved").get()
    assert "De zaal lekt." in page(browser_of(editor), f"/beheer/nakijken/{submission.pk}/")
    sent = {"revision": submission.page.latest_revision_id}
    browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/besluit/", sent)

    for address in (activity.url, entry.url, "/agenda/"):
        shown = page(browser_of(), address)
        assert "gaat niet door" in shown, address
        assert "De zaal lekt." not in shown
    [event] = Calendar.from_ical(browser_of().get("/agenda.ics").content).events
    assert event["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": ""}, "Schrijf hoe de activiteit heet."),
        ({"starts_on": ""}, "Kies de dag."),
        ({"starts_on": (localdate() - timedelta(days=1)).isoformat()}, "Deze dag is al geweest."),
        ({"ends_on": localdate().isoformat()}, "De laatste dag ligt voor de eerste."),
        ({"end_time": "09:00"}, "Het eindigt voordat het begint."),
        ({"start_time": ""}, "Vul ook in hoe laat het begint."),
        ({"place": ""}, "Schrijf waar het is."),
        ({"description": "Mail noor@example.org"}, "Zet hier geen e-mailadres"),
        ({"website": "geen adres"}, "adres"),
        ({"kind": "feest"}, "feest"),
        ({"mode": "onbekend"}, "onbekend"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(entry, keeper, changes, problem):
    answer = propose(keeper, entry, participants="Iedereen <b>hier</b>", **changes)

    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert "Iedereen &lt;b&gt;hier&lt;/b&gt;" in answer.content.decode()
    assert not ActivityPage.objects.exists()


def test_a_day_takes_the_place_of_words_for_it(entry, keeper, editor):
    made = ActivityPageFactory(organiser_entry=entry, date_text="in het najaar", starts_on=SOON - timedelta(days=9))
    made.save_revision()
    path = at(entry, f"{made.pk}/")

    browser_of(keeper).post(path, FILLED | {"starts_on": (SOON - timedelta(days=9)).isoformat(), "mode": "onbekend"})
    assert activities.latest(made).date_text == "in het najaar"
    browser_of(keeper).post(path, FILLED)

    assert activities.latest(ActivityPage.objects.get()).date_text == ""


def test_two_of_the_same_name_get_addresses_of_their_own(entry, keeper):
    propose(keeper, entry)
    propose(keeper, entry)

    assert len(set(ActivityPage.objects.values_list("slug", flat=True))) == 2


def test_ten_that_wait_are_enough(entry, keeper):
    for _ in range(activities.MOST_WAITING):
        propose(keeper, entry)

    assert "Er wachten al veel activiteiten" in propose(keeper, entry).content.decode()
    assert ActivityPage.objects.count() == activities.MOST_WAITING


def test_what_is_not_in_the_form_cannot_be_sent_along(entry, keeper):
    other = NetworkPageFactory(title="Netwerk Anders")
    extra = {"live": "on", "slug": "van-mij", "organiser_entry": other.pk, "is_cancelled": "on", "editor_note": "Hoi"}

    propose(keeper, entry, **extra, path="0001", owner=keeper.pk, date_text="Altijd")

    made = ActivityPage.objects.get()
    assert (made.live, made.slug, made.organiser_entry_id) == (False, "dag-van-de-kwartelproef", entry.pk)
    assert (made.is_cancelled, made.editor_note, made.date_text) == (False, "", "")


@pytest.mark.parametrize("rest", ["", "nieuw/", "{}/", "{}/intrekken/"])
def test_activities_of_another_entry_are_out_of_reach(entry, keeper, rest):
    other = NetworkPageFactory(title="Netwerk Anders")
    theirs = ActivityPageFactory(title="Van een ander", organiser_entry=other, starts_on=SOON)
    before = ActivityPage.objects.values().get()
    browser = browser_of(keeper)

    path = rest.format(theirs.pk)
    for answer in (browser.get(at(other, path)), browser.post(at(other, path), FILLED)):
        assert answer.status_code in ({405, 403} if not rest else {403})
    if "{}" in rest:
        for answer in (
            browser.get(at(entry, path)),
            browser.post(at(entry, path), FILLED),
        ):
            assert answer.status_code == 404
    assert browser_of(UserFactory()).get(at(entry, path)).status_code == 403
    assert browser_of().get(at(entry, path)).url.startswith("/account/inloggen/")
    assert ActivityPage.objects.values().get() == before


def test_the_text_of_the_entry_and_its_activities_do_not_wait_for_each_other(entry, keeper, editor):
    propose(keeper, entry)
    text = {"blurb": "Wij doen het zo. " + "woord " * 100, "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    browser_of(keeper).post(f"/mijn/paginas/{entry.pk}/", text)

    assert Submission.objects.count() == 2
    decided = Submission.objects.get(activity=None)
    sent = {"revision": decided.page.latest_revision_id}
    browser_of(editor).post(f"/beheer/nakijken/{decided.pk}/besluit/", sent)

    assert "Wij doen het zo." in page(browser_of(), entry.url)
    assert not ActivityPage.objects.live().exists()


def test_the_list_asks_as_many_queries_for_many_as_for_one(entry, keeper, client, django_assert_max_num_queries):
    propose(keeper, entry)
    client.force_login(keeper)
    client.get(at(entry))
    with django_assert_max_num_queries(60) as few:
        client.get(at(entry))
    for _ in range(5):
        propose(keeper, entry)
    with django_assert_max_num_queries(60) as many:
        client.get(at(entry))

    assert len(many) == len(few)


def test_who_keeps_it_no_more_changes_nothing(entry, keeper):
    propose(keeper, entry)
    representatives.remove(kept=entry.representations.get(), by=keeper)

    assert browser_of(keeper).post(at(entry, f"{ActivityPage.objects.get().pk}/intrekken/")).status_code == 403
    assert ActivityPage.objects.exists()


def test_what_only_editors_work_on_is_out_of_reach(entry, keeper):
    draft = ActivityPageFactory(title="Geheime dag", organiser_entry=entry, live=False)

    assert "Geheime dag" not in page(browser_of(keeper), at(entry))
    for rest in ("", "intrekken/"):
        assert browser_of(keeper).post(at(entry, f"{draft.pk}/{rest}")).status_code == 404
    assert ActivityPage.objects.filter(pk=draft.pk).exists()


def test_what_was_on_the_agenda_is_withdrawn_and_kept_for_the_editors(entry, keeper, editor):
    propose(keeper, entry)
    decide(editor)
    activity = ActivityPage.objects.get()
    activity.unpublish(user=editor)

    browser_of(keeper).post(at(entry, f"{activity.pk}/intrekken/"))

    assert ActivityPage.objects.filter(pk=activity.pk).exists()


def test_who_keeps_the_entry_by_then_hears_what_becomes_of_it(entry, keeper, editor):
    propose(keeper, entry)
    successor = UserFactory(display_name="Piet Opvolger")
    representatives.add(entry=entry, user=successor, by=editor)
    representatives.remove(kept=keeper.representations.get(), by=editor)
    mailing.deliver_waiting()
    mail.outbox.clear()

    decide(editor, "return", comment="Waar is het?")

    assert not mails_to(keeper)
    assert "Waar is het?" in mails_to(successor)[0].body
