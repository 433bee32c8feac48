"""A representative writes; an editor decides; the public page keeps the old text until then."""

import logging

import pytest
from django.core import mail
from wagtail.models import PageLogEntry

from cms import mailing
from pages.models import Criterion, EntryPage, NetworkPage, Submission, UnsentText
from pages.representing import representatives, reviewing, texts
from search import indexing
from tests.factories import NetworkPageFactory, SubjectFactory, UserFactory
from tests.pages.browsing import browser_of, page

OLD = "Hier vinden opleiders elkaar. Ze delen wat werkt."
NEW = "Wij helpen elkaar met kwartelproeven. " + "woord " * 115 + "einde."
LINKS = {"links-TOTAL_FORMS": "2", "links-INITIAL_FORMS": "0"}


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen", blurb=OLD, data_from=2023)
    entry.save_revision()
    return entry


def write(entry):
    return f"/mijn/paginas/{entry.pk}/"


def send(user, entry, **changes):
    return browser_of(user).post(write(entry), {"blurb": NEW, **LINKS, **changes})


def mails_to(user):
    mailing.deliver_waiting()
    return [sent for sent in mail.outbox if sent.to == [user.email]]


def decide(editor, how=None, **said):
    submission = Submission.objects.get()
    revision = submission.entry.latest_revision_id
    return browser_of(editor).post(
        f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": revision, **({how: "1"} if how else {}), **said}
    )


def test_what_was_sent_waits_for_an_editor_and_the_site_keeps_the_old_text(entry, keeper, editor, index):
    assert send(keeper, entry, note="Graag voor dinsdag.").status_code == 302

    indexing.drain()
    for address in (entry.url, "/netwerken/", "/api/zoeken/?q=kwartelproeven", "/netwerken/feed/"):
        assert "kwartelproeven" not in page(browser_of(), address).replace("q=kwartelproeven", "")
    [told] = mails_to(editor)
    assert "Graag voor dinsdag." in told.body
    queue = page(browser_of(editor), "/beheer/nakijken/")
    assert "Netwerk Doen" in queue
    assert "Vera Keijzer" in queue


def test_an_editor_reads_old_and_new_side_by_side(entry, keeper, editor):
    send(keeper, entry, website="https://doen.example.org/")

    shown = page(browser_of(editor), f"/beheer/nakijken/{Submission.objects.get().pk}/")

    assert "<ins>" in shown
    assert "<del>" in shown
    assert "kwartelproeven" in shown
    assert "https" in shown
    assert "Website" in shown
    assert "Hoe doe je mee" not in shown  # what did not change


def test_approved_it_stands_on_the_site_with_who_keeps_it_and_when_it_was_checked(entry, keeper, editor, index):
    send(keeper, entry)

    assert decide(editor, comment="Mooi.").status_code == 302

    indexing.drain()
    public = page(browser_of(), entry.url)
    assert "kwartelproeven" in public
    assert "Bijgehouden door Vera Keijzer" in public
    assert "Laatst gecontroleerd op" in public
    assert "Netwerk Doen" in page(browser_of(), "/api/zoeken/?q=kwartelproeven")
    assert "Mooi." in mails_to(keeper)[0].body
    found = EntryPage.objects.get(pk=entry.pk)
    assert (found.review_on - found.checked_on).days == 365
    assert not found.has_unpublished_changes
    actions = PageLogEntry.objects.filter(page=entry.pk, user=editor).values_list("action", flat=True)
    assert {"wagtail.workflow.approve", "wagtail.publish"} <= set(actions)


def test_returned_with_a_comment_it_is_amended_and_sent_again(entry, keeper, editor):
    send(keeper, entry)

    without = decide(editor, "return")
    assert "Schrijf wat er anders moet" in without.content.decode()
    decide(editor, "return", comment="Voor wie is het?")
    assert "Voor wie is het?" in mails_to(keeper)[0].body
    assert OLD in page(browser_of(), entry.url)
    form = page(browser_of(keeper), write(entry))
    assert "Voor wie is het?" in form
    assert "kwartelproeven" in form
    send(keeper, entry, audience="Iedereen die toetst.")
    decide(editor)

    assert "Iedereen die toetst." in page(browser_of(), entry.url)
    assert Submission.objects.count() == 1


def test_a_newer_text_takes_the_place_of_the_one_that_waits(entry, keeper, editor):
    send(keeper, entry)
    submission = Submission.objects.get()
    read = submission.entry.latest_revision_id
    send(keeper, entry, blurb=NEW.replace("kwartelproeven", "patrijsproeven"))

    stale = browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": read}, follow=True)
    assert "Er is intussen iets veranderd" in stale.content.decode()
    assert OLD in page(browser_of(), entry.url)
    decide(editor)

    assert "patrijsproeven" in page(browser_of(), entry.url)


def test_of_two_editors_one_decides(entry, keeper, editor):
    send(keeper, entry)
    submission = Submission.objects.get()
    read = submission.entry.latest_revision_id
    decide(editor, "return", comment="Nog niet.")

    with pytest.raises(reviewing.ChangedMeanwhileError):
        reviewing.approve(submission=submission, revision=read, by=editor, subjects=[])

    assert OLD in page(browser_of(), entry.url)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"blurb": ""}, "Schrijf in je eigen woorden"),
        ({"blurb": "woord " * 79}, "Je schreef 79 woorden"),
        ({"blurb": "woord " * 201}, "Je schreef 201 woorden"),
        ({"how_to_join": "Mail naar noor@example.org"}, "geen e-mailadres"),
        ({"website": "geen adres"}, "adres"),
        ({"links-0-url": "https://x.example.org/"}, "waar de link heen leidt"),
    ],
)
def test_a_mistake_is_named_and_nothing_that_was_typed_is_lost(entry, keeper, changes, problem):
    answer = send(keeper, entry, audience="Iedereen <b>hier</b>.", **changes)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert problem in shown
    assert "Iedereen &lt;b&gt;hier&lt;/b&gt;." in shown
    assert not Submission.objects.exists()
    assert "Iedereen &lt;b&gt;hier&lt;/b&gt;." in page(browser_of(keeper), write(entry))


def test_a_short_text_of_the_editors_may_stay_when_only_an_address_changes(entry, keeper):
    assert send(keeper, entry, blurb=OLD, website="doen.example.org").status_code == 302

    assert texts.latest(EntryPage.objects.get(pk=entry.pk)).website == "https://doen.example.org"


def test_what_is_typed_is_kept_for_who_typed_it_until_it_is_sent(entry, keeper):
    other = UserFactory()
    representatives.add(entry=entry, user=other, by=other)
    browser = browser_of(keeper)

    assert browser.post(write(entry), {"blurb": "Half af", "draft": "1", **LINKS}).status_code == 204
    assert "Half af" in page(browser, write(entry))
    assert "Half af" not in page(browser_of(other), write(entry))
    assert browser.post(write(entry), {"blurb": "Bijna af", "keep": "1", **LINKS}).status_code == 302
    assert "Bijna af" in page(browser, write(entry))
    too_much = browser.post(write(entry), {"blurb": "a" * 30_000, "draft": "1", **LINKS})
    assert too_much.status_code == 413
    send(keeper, entry)

    assert not UnsentText.objects.exists()


def test_the_preview_is_the_real_page_for_the_writer_alone(entry, keeper):
    answer = send(keeper, entry, preview="1")
    address = f"{write(entry)}voorbeeld/"

    assert answer.url == address
    shown = browser_of(keeper).get(address)
    assert "kwartelproeven" in shown.content.decode()
    assert "Zo komt de pagina eruit te zien" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert shown["X-Frame-Options"] == "DENY"
    assert not Submission.objects.exists()
    assert browser_of(UserFactory()).get(address).status_code == 403
    assert browser_of().get(address).status_code == 302


def test_links_are_added_changed_and_taken_out(entry, keeper, editor):
    filled = {"links-0-title": "Kijkwijzer", "links-0-url": "https://doen.example.org/kijkwijzer"}
    send(keeper, entry, **filled)
    decide(editor)
    assert "https://doen.example.org/kijkwijzer" in page(browser_of(), entry.url)
    assert "Kijkwijzer" in page(browser_of(keeper), write(entry))

    send(keeper, entry, **{"links-0-title": "", "links-0-url": ""})
    decide_again = Submission.objects.order_by("-pk").first()
    reviewing.approve(
        submission=decide_again, revision=EntryPage.objects.get(pk=entry.pk).latest_revision_id, by=editor, subjects=[]
    )

    assert "kijkwijzer" not in page(browser_of(), entry.url)


def test_name_and_subjects_are_proposed_and_an_editor_takes_them_over(entry, keeper, editor):
    about, not_about = SubjectFactory(name="Toetsing"), SubjectFactory(name="Intake")
    send(keeper, entry, proposed_name="Netwerk Doen en Laten", proposed_subjects=[about.pk, not_about.pk])

    decide(editor, takes_name="on", subjects=[about.pk])

    found = NetworkPage.objects.get(pk=entry.pk)
    assert found.title == "Netwerk Doen en Laten"
    assert list(found.subjects.all()) == [about]


def test_what_is_not_in_the_form_cannot_be_sent_along(entry, keeper, editor):
    subject = SubjectFactory()
    extra = {
        "title": "Van mij",
        "slug": "van-mij",
        "criterion": Criterion.objects.exclude(category="netwerken").first().pk,
        "listing_reason": "Omdat.",
        "proposed_by": "Mijzelf",
        "checked_on": "2030-01-01",
        "live": "on",
        "owner": keeper.pk,
        "subjects": subject.pk,
        "stage": "in-ontwikkeling",
        "path": "0001",
        "editor_note": "Hallo",
        "kind": "koepel",
        "is_overview": "on",
        "ended_on": "2020-01-01",
    }

    send(keeper, entry, **extra)
    decide(editor)

    found = NetworkPage.objects.get(pk=entry.pk)
    assert (found.title, found.slug, found.listing_reason, found.stage) == ("Netwerk Doen", entry.slug, "", "actief")
    assert (found.criterion.category, found.proposed_by) == ("netwerken", "")
    assert (found.editor_note, found.kind, found.is_overview, found.ended_on) == ("", "netwerk", False, None)
    assert not found.subjects.exists()
    assert "kwartelproeven" in found.blurb


def test_an_editor_says_who_looks_at_it_and_they_talk_about_it(entry, keeper, editor):
    send(keeper, entry)
    submission = Submission.objects.get()
    second = UserFactory(display_name="Saar Redactie")
    second.groups.add(*editor.groups.all())

    browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/oppakken/")
    assert "Rik Redactie" in page(browser_of(second), "/beheer/nakijken/")
    browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/bericht/", {"text": "Wie is de trekker?"})
    assert "Wie is de trekker?" in mails_to(keeper)[-1].body
    assert "Wie is de trekker?" in page(browser_of(keeper), write(entry))
    mail.outbox.clear()
    browser_of(keeper).post(f"{write(entry)}bericht/", {"text": "Dat ben ik."})

    assert "Dat ben ik." in mails_to(editor)[0].body
    assert not mails_to(second)
    assert "Dat ben ik." in page(browser_of(second), f"/beheer/nakijken/{submission.pk}/")


def test_who_keeps_entries_sees_how_far_each_text_is(entry, keeper, editor):
    browser = browser_of(keeper)
    browser.post(write(entry), {"blurb": "Half af", "keep": "1", **LINKS})
    assert "nog niet verstuurd" in page(browser, "/mijn/paginas/")
    send(keeper, entry)
    assert "de redactie leest mee" in page(browser, "/mijn/paginas/")
    decide(editor, "return", comment="Voor wie?")
    assert "de redactie vraagt iets" in page(browser, "/mijn/paginas/")
    send(keeper, entry)
    decide(editor)

    assert "de redactie" not in page(browser, "/mijn/paginas/").partition('data-bijgehouden="')[2].partition("</li>")[0]


def test_an_empty_message_is_asked_for_again(entry, keeper, editor):
    send(keeper, entry)

    assert "Schrijf eerst je bericht" in browser_of(keeper).post(f"{write(entry)}bericht/", {}).content.decode()


def test_a_representative_sees_how_the_text_changed(entry, keeper, editor):
    send(keeper, entry)
    browser = browser_of(keeper)

    versions = page(browser, f"{write(entry)}geschiedenis/")
    newest = EntryPage.objects.get(pk=entry.pk).latest_revision_id
    assert f"{write(entry)}geschiedenis/{newest}/" in versions
    changed = page(browser, f"{write(entry)}geschiedenis/{newest}/")

    assert "<ins>" in changed
    assert "kwartelproeven" in changed
    another = NetworkPageFactory()
    foreign = another.save_revision()
    assert browser.get(f"{write(entry)}geschiedenis/{foreign.pk}/").status_code == 404


def test_writing_for_another_entry_is_refused_and_logged(entry, keeper, caplog):
    other = NetworkPageFactory(title="Netwerk Anders")
    draft = NetworkPageFactory(title="Netwerk Geheim", live=False)
    before = NetworkPage.objects.filter(pk=other.pk).values().get()

    with caplog.at_level(logging.WARNING):
        for path in ("", "voorbeeld/", "geschiedenis/"):
            assert browser_of(keeper).get(write(other) + path).status_code == 403
        assert send(keeper, other).status_code == 403
        assert browser_of(keeper).post(f"{write(other)}bericht/", {"text": "Hoi"}).status_code == 403

    assert f"Account {keeper.pk} may not write for entry {other.pk}" in caplog.text
    assert NetworkPage.objects.filter(pk=other.pk).values().get() == before
    assert not UnsentText.objects.exists()
    assert browser_of(keeper).get(write(draft)).content == browser_of(keeper).get(write(draft)[:-2] + "999/").content


def test_who_stopped_keeping_an_entry_writes_for_it_no_more(entry, keeper):
    browser = browser_of(keeper)
    browser.get(write(entry))
    representatives.remove(kept=entry.representations.get(), by=keeper)

    assert browser.post(write(entry), {"blurb": NEW, **LINKS}).status_code == 403
    assert not Submission.objects.exists()


def test_a_representative_gets_nowhere_in_the_admin(entry, keeper, editor):
    send(keeper, entry)
    pk = Submission.objects.get().pk
    browser = browser_of(keeper)

    for address in (
        *(f"/beheer/nakijken/{pk}/", "/beheer/nakijken/", f"/beheer/pages/{entry.pk}/edit/"),
        *(f"/beheer/pages/workflow/action/{entry.pk}/approve/1/", f"/beheer/vertegenwoordigers/{entry.pk}/"),
    ):
        assert browser.get(address).status_code in {302, 403}, address
    assert browser.post(f"/beheer/nakijken/{pk}/besluit/", {"revision": 1}).status_code in {302, 403}
    assert OLD in page(browser_of(), entry.url)


def test_wagtails_own_button_to_approve_does_the_same(entry, keeper, editor):
    send(keeper, entry)
    state = Submission.objects.get().state.current_task_state

    browser_of(editor).post(f"/beheer/pages/workflow/action/{entry.pk}/approve/{state.pk}/")

    found = EntryPage.objects.get(pk=entry.pk)
    assert "kwartelproeven" in found.blurb
    assert found.checked_on
    assert not [sent for sent in mail.outbox if "wagtail" in sent.body.lower()]


@pytest.mark.parametrize("address", ["", "geschiedenis/"])
def test_pages_ask_as_many_queries_for_many_as_for_one(entry, keeper, client, django_assert_max_num_queries, address):
    send(keeper, entry)
    client.force_login(keeper)
    client.get(write(entry) + address)
    with django_assert_max_num_queries(60) as few:
        client.get(write(entry) + address)
    submission = Submission.objects.get()
    for number in range(8):
        reviewing.add_note(submission=submission, by=UserFactory(), text=f"Bericht {number}", to_editors=True)
        NetworkPage.objects.get(pk=entry.pk).save_revision(user=keeper)
    client.get(write(entry) + address)
    with django_assert_max_num_queries(60) as many:
        client.get(write(entry) + address)

    assert len(many) <= len(few)


def test_the_list_of_what_is_to_be_read_asks_as_many_queries_for_many_as_for_one(
    entry, keeper, editor, client, django_assert_max_num_queries
):
    send(keeper, entry)
    client.force_login(editor)
    client.get("/beheer/nakijken/")
    with django_assert_max_num_queries(60) as few:
        client.get("/beheer/nakijken/")
    for _ in range(5):
        another = NetworkPageFactory()
        representatives.add(entry=another, user=keeper, by=keeper)
        send(keeper, another)
    with django_assert_max_num_queries(60) as many:
        client.get("/beheer/nakijken/")

    assert len(many) == len(few)


def test_a_note_of_whoever_keeps_the_entry_reaches_the_editors(entry, keeper, editor):
    send(keeper, entry)
    second = UserFactory(display_name="Tweede")
    representatives.add(entry=entry, user=second, by=keeper)
    mailing.deliver_waiting()
    mail.outbox.clear()

    browser_of(second).post(f"{write(entry)}bericht/", {"text": "Let op de datum."})

    assert "Let op de datum." in mails_to(editor)[0].body
    assert not mails_to(keeper)
