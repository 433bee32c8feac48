"""A reader says what does not hold, who keeps the entry or an editor decides, and only then the site changes."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms import mailing
from pages.correcting import deciding, reporting
from pages.models import Correction, EntryLink, EntryPage, NetworkPage, Submission
from pages.representing import representatives, reviewing, texts
from tests.cms.markup import active_parts
from tests.data import lines_of
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of, page

OLD, NEW = "https://oud.example.org/", "https://nieuw.example.org/"
READER = "lezer@example.org"
State = Correction.State


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen", website=OLD)
    entry.save_revision()
    return entry


@pytest.fixture(autouse=True)
def _nobody_sent_anything_yet():
    cache.clear()


def form_of(entry, part="website"):
    return f"/klopt-dit-niet/{entry.pk}/?wat={part}"


def report(entry, part="website", proposal=NEW, browser=None, **said):
    return (browser or browser_of()).post(form_of(entry, part), {"proposal": proposal, **said})


def decide(user, correction, **said):
    revision = EntryPage.objects.get(pk=correction.entry_id).latest_revision_id or ""
    where = f"/mijn/paginas/{correction.entry_id}/correcties/{correction.pk}/"
    return browser_of(user).post(where, {"revision": revision, **said}, follow=True).content.decode()


def mails_to(address):
    mailing.deliver_waiting()
    return [sent for sent in mail.outbox if sent.to == [address]]


def publish(editor, **said):
    submission = Submission.objects.get()
    where = f"/beheer/nakijken/{submission.pk}/besluit/"
    revision = EntryPage.objects.get(pk=submission.entry_id).latest_revision_id
    assert browser_of(editor).post(where, {"revision": revision, **said}).status_code == 302


def live(entry):
    return NetworkPage.objects.get(pk=entry.pk)


def test_what_the_owner_takes_over_is_live_only_after_an_editor_and_then_the_reader_is_thanked(entry, keeper, editor):
    assert f'href="/klopt-dit-niet/{entry.pk}/"' in page(browser_of(), entry.url)
    report(entry, address=READER, source="Staat op hun eigen pagina.")
    [told] = mails_to(keeper.email)
    assert f"/mijn/paginas/{entry.pk}/correcties/" in told.body

    shown = page(browser_of(keeper), f"/mijn/paginas/{entry.pk}/correcties/")
    assert "Staat op hun eigen pagina." in shown
    assert "<ins>nieuw</ins>" in shown or "<ins>" in shown
    assert "Overgenomen" in decide(keeper, Correction.objects.get())

    assert live(entry).website == OLD
    assert texts.latest(live(entry)).website == NEW
    assert Submission.objects.get().writer == keeper
    assert not mails_to(READER)
    [asked] = mails_to(editor.email)
    assert "Voorstel van een lezer overgenomen: De website. De bron: Staat op hun eigen pagina." in asked.body

    publish(editor)

    assert live(entry).website == NEW
    [thanks] = mails_to(READER)
    assert "staat nu op de site" in thanks.body
    assert NEW not in thanks.body  # what a stranger wrote is not mailed to an address that may be another's
    assert Correction.objects.get().state == State.DONE


def test_a_proposal_is_refused_with_a_reason_that_the_reader_gets(entry, keeper, editor):
    report(entry, address=READER)
    correction = Correction.objects.get()

    assert "Schrijf er een reden bij" in decide(keeper, correction, refuse="1", reason=" ")
    assert Correction.objects.get().is_open
    decide(keeper, correction, refuse="1", reason="Dat adres is van een ander netwerk.")

    assert Correction.objects.get().state == State.REFUSED
    [told] = mails_to(READER)
    assert "Dat adres is van een ander netwerk." in told.body
    assert not Submission.objects.exists()
    assert live(entry).latest_revision_id == entry.latest_revision_id


def test_a_remark_about_anything_else_is_dealt_with_by_hand(entry, keeper):
    report(entry, "anders", "Dit netwerk bestaat niet meer.", address=READER)

    assert "Dit netwerk bestaat niet meer." in page(browser_of(keeper), f"/mijn/paginas/{entry.pk}/correcties/")
    decide(keeper, Correction.objects.get())

    assert "iets mee gedaan" in mails_to(READER)[0].body
    assert not Submission.objects.exists()


def test_a_name_stays_for_the_editors_to_decide(entry, keeper, editor):
    report(entry, "title", "Netwerk Doen en Laten", address=READER)
    decide(keeper, Correction.objects.get())

    assert texts.latest(live(entry)).title == "Netwerk Doen"
    assert Submission.objects.get().proposed_name == "Netwerk Doen en Laten"
    publish(editor, takes_name="on")

    assert live(entry).title == "Netwerk Doen en Laten"
    assert "staat nu op de site" in mails_to(READER)[0].body


def test_who_took_over_a_name_that_the_editors_do_not_want_is_not_told_that_it_is_there(entry, keeper, editor):
    report(entry, "title", "Het Beste Netwerk", address=READER)
    decide(keeper, Correction.objects.get())

    publish(editor)

    assert live(entry).title == "Netwerk Doen"
    assert "staat nu op de site" not in mails_to(READER)[0].body


def test_an_editor_takes_over_in_beheer_and_goes_on_to_look_at_it(entry, editor):
    report(entry)
    correction = Correction.objects.get()
    browser = browser_of(editor)
    assert "Netwerk Doen" in page(browser, "/beheer/")
    assert "De website" in page(browser, "/beheer/correcties/")
    shown = page(browser, f"/beheer/correcties/{correction.pk}/")
    assert "<ins>" in shown

    where = f"/beheer/correcties/{correction.pk}/besluit/"
    assert "Schrijf er een reden bij" in browser.post(where, {"refuse": "1", "reason": ""}).content.decode()
    answer = browser.post(where, {"revision": entry.latest_revision_id})

    assert answer.url == f"/beheer/nakijken/{Submission.objects.get().pk}/"
    assert live(entry).website == OLD
    assert "Er wacht geen voorstel" in page(browser, "/beheer/correcties/")
    assert "overgenomen, nog niet op de site" in page(browser, f"/beheer/correcties/{correction.pk}/")


def test_of_two_who_decide_one_counts(entry, keeper, editor):
    report(entry)
    correction = Correction.objects.get()
    decide(keeper, correction, refuse="1", reason="Nee.")

    assert "intussen iets veranderd" in decide(editor, correction)

    assert Correction.objects.get().state == State.REFUSED
    assert not Submission.objects.exists()


def test_what_was_decided_over_an_older_text_does_not_undo_a_newer_one(entry, keeper):
    report(entry)
    correction, read = Correction.objects.get(), entry.latest_revision_id
    entry.save_revision()

    with pytest.raises(reviewing.ChangedMeanwhileError):
        deciding.take_over(correction=correction, revision=read, by=keeper)

    assert Correction.objects.get().is_open


def test_a_text_that_waits_and_one_that_is_being_written_take_the_correction_along(entry, keeper):
    blurb = "Wij helpen elkaar. " + "woord " * 100
    write, links = f"/mijn/paginas/{entry.pk}/", {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    browser_of(keeper).post(write, {"blurb": blurb, "website": OLD, **links})
    browser_of(keeper).post(write, {"blurb": f"{blurb} Meer.", "website": OLD, "draft": "1", **links})
    report(entry)

    decide(keeper, Correction.objects.get())

    newest = texts.latest(live(entry))
    assert (newest.website, newest.blurb) == (NEW, blurb.strip())
    shown = page(browser_of(keeper), write)
    assert NEW in shown
    assert "Meer." in shown
    assert Submission.objects.count() == 1


def test_a_text_that_was_sent_back_stays_with_its_writer(entry, keeper, editor):
    browser_of(keeper).post(
        f"/mijn/paginas/{entry.pk}/",
        {"blurb": "Wij. " + "woord " * 100, "website": OLD, "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"},
    )
    submission = Submission.objects.get()
    reviewing.send_back(
        submission=submission, revision=live(entry).latest_revision_id, by=editor, comment="Voor wie is het?"
    )
    report(entry)

    assert "die nog bij de schrijver ligt" in decide(editor, Correction.objects.get())

    assert Submission.objects.get().is_returned
    assert texts.latest(live(entry)).website == NEW


@pytest.mark.parametrize(
    ("part", "proposal", "problem"),
    [
        ("website", "", "Schrijf hoe het wel klopt"),
        ("website", "geen adres", "geldige"),
        ("website", "javascript:alert(1)", "geldige"),
        ("website", OLD, "Dit staat er al zo"),
        ("contact_name", "noor@example.org", "geen e-mailadres"),
        ("audience", "a" * 601, "600"),
        ("anders", " ", "Schrijf wat er niet klopt"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_is_kept(entry, part, proposal, problem):
    answer = report(entry, part, proposal, source="Van <b>horen</b> zeggen.", address=READER)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert problem in shown
    assert "Van &lt;b&gt;horen&lt;/b&gt; zeggen." in shown
    assert READER in shown
    assert proposal.strip() in shown
    assert not Correction.objects.exists()


def test_robots_and_other_sites_send_nothing(entry):
    assert "voor robots" in report(entry, website="https://spam.example/").content.decode()
    foreign = Client(headers={"Sec-Fetch-Site": "cross-site"})
    assert report(entry, browser=foreign).status_code == 403

    assert not Correction.objects.exists()


def test_one_network_sends_a_few_an_hour_and_the_last_text_stays_on_the_screen(entry):
    for number in range(20):
        assert report(entry, "anders", f"Fout {number}.").status_code == 302

    answer = report(entry, "anders", "Nog een fout.")

    assert answer.status_code == 429
    assert "Nog een fout." in answer.content.decode()
    assert Correction.objects.count() == 20


def test_the_same_twice_stands_once_and_the_owner_gets_one_mail_for_all_that_waits(entry, keeper):
    for proposal in (NEW, NEW, "https://anders.example.org/"):
        report(entry, proposal=proposal)

    assert Correction.objects.count() == 2
    assert len(mails_to(keeper.email)) == 1
    assert "Lezers zeggen 2 keer dat iets niet klopt" in page(browser_of(keeper), "/mijn/paginas/")


@pytest.mark.parametrize("text", lines_of("xss.txt")[::7])
def test_hostile_text_does_nothing_wherever_it_is_shown(entry, keeper, editor, text):
    browser = browser_of()
    chosen = browser.get(f"/klopt-dit-niet/{entry.pk}/", {"wat": "anders", "over": text})
    assert not active_parts(chosen)
    reporting.report(entry=entry, part="blurb", proposal=text[:2000] or "x", source=text[:500])
    reporting.report(entry=entry, part="anders", proposal=text[:2000] or "x", source=text[:500])

    assert not active_parts(browser_of(keeper).get(f"/mijn/paginas/{entry.pk}/correcties/"))
    for correction in Correction.objects.all():
        shown = browser_of(editor).get(f"/beheer/correcties/{correction.pk}/").content.decode()
        assert "<ins>" in shown or correction.is_remark
        if "<" in text:
            assert text not in shown.split('id="besluit"')[0].split('id="voorstel"')[1]


def test_what_nobody_may_read_cannot_be_reported(entry):
    draft = NetworkPageFactory(title="Geheim netwerk", live=False)

    for path in ("", "?wat=website", "bedankt/"):
        answer = browser_of().get(f"/klopt-dit-niet/{draft.pk}/{path}")
        assert answer.status_code == 404
        assert "Geheim" not in answer.content.decode()
    assert report(draft).status_code == 404
    assert not Correction.objects.exists()


def test_a_visitor_gets_no_cookie_and_whoever_signed_in_finds_the_own_address(entry):
    member = UserFactory()

    answer = browser_of().get(form_of(entry))

    assert not answer.cookies
    assert member.email in page(browser_of(member), form_of(entry))
    assert OLD in answer.content.decode()


def test_who_knows_an_address_that_is_not_known_yet_fills_it_in(home):
    entry = NetworkPageFactory(links=[EntryLink(title="Kijkwijzer & meer")], linkedin_name="Doeners")

    shown = page(browser_of(), entry.url)

    for query in ("wat=website", "wat=linkedin_url", "wat=anders&amp;over=Kijkwijzer+%26+meer"):
        assert f'href="/klopt-dit-niet/{entry.pk}/?{query}">Weet jij het adres?' in shown
    form = page(browser_of(), f"/klopt-dit-niet/{entry.pk}/?wat=anders&over=Kijkwijzer+%26+meer")
    assert "Bij ‘Kijkwijzer &amp; meer’: </textarea>" in form


def test_another_entrys_correction_is_out_of_reach(entry, keeper):
    other = NetworkPageFactory(title="Netwerk Anders")
    report(other)
    correction = Correction.objects.get()
    browser = browser_of(keeper)

    assert browser.post(f"/mijn/paginas/{entry.pk}/correcties/{correction.pk}/", {}).status_code == 404
    assert browser.post(f"/mijn/paginas/{other.pk}/correcties/{correction.pk}/", {}).status_code == 403
    assert browser.get(f"/mijn/paginas/{other.pk}/correcties/").status_code == 403

    assert Correction.objects.get().is_open


def test_the_address_is_forgotten_a_month_after_the_answer_and_all_of_it_after_a_year(entry, keeper):
    report(entry, address=READER)
    deciding.refuse(correction=Correction.objects.get(), by=keeper, reason="Nee.")

    def after(days):
        decided = timezone.now() - timedelta(days=days)
        Correction.objects.update(decided_at=decided)
        reporting.forget_old()
        return [correction.address for correction in Correction.objects.all()]

    assert after(29) == [READER]
    assert after(31) == [""]
    assert after(366) == []


def test_an_address_that_was_never_answered_goes_after_a_year(entry):
    report(entry, address=READER)
    Correction.objects.update(made_at=timezone.now() - timedelta(days=366))

    reporting.forget_old()

    assert Correction.objects.get().address == ""


def test_an_account_that_goes_takes_the_address_along(entry):
    member = UserFactory()
    report(entry, address=member.email.upper())

    member.delete()

    assert Correction.objects.get().address == ""


def test_the_history_names_who_took_over_what(entry, keeper, editor):
    report(entry)
    decide(keeper, Correction.objects.get())

    assert PageLogEntry.objects.filter(page=entry.pk, user=keeper, action="pages.correction.take_over").exists()
    history = page(browser_of(editor), f"/beheer/pages/{entry.pk}/history/")
    assert "Correctie van een lezer overgenomen: De website" in history


def test_lists_of_corrections_cost_as_many_queries_for_many_as_for_few(entry, keeper, editor):
    def queries(user, address):
        with CaptureQueriesContext(connection) as asked:
            assert browser_of(user).get(address).status_code == 200
        return len(asked)

    def send(number):
        for each in range(number):
            other = NetworkPageFactory()
            representatives.add(entry=other, user=keeper, by=keeper)
            for where in (entry, other):
                text = f"Fout {each} van {Correction.objects.count()}"
                reporting.report(entry=where, part="anders", proposal=text)

    addresses = [(keeper, f"/mijn/paginas/{entry.pk}/correcties/"), (editor, "/beheer/correcties/")]
    addresses += [(keeper, "/mijn/paginas/"), (None, f"/klopt-dit-niet/{entry.pk}/"), (None, form_of(entry))]
    send(1)
    for pair in addresses:
        queries(*pair)
    before = [queries(*pair) for pair in addresses]

    send(9)

    assert [queries(*pair) for pair in addresses] == before


def test_what_somebody_is_writing_there_stays_when_another_takes_over(entry, keeper, editor):
    texts.keep(entry=entry, writer=keeper, typed={"audience": ["Voor mijn buren."], "website": [OLD]})
    report(entry, "audience", "Voor iedereen.")
    report(entry, "website", NEW)

    for correction in Correction.objects.all():
        decide(editor, correction)

    assert texts.unsent(entry, keeper).typed == {"audience": ["Voor mijn buren."], "website": [NEW]}


def test_an_address_gets_five_answers_a_day_for_whoever_leaves_it(entry, keeper):
    for number in range(reporting.MOST_ANSWERS + 2):
        report(entry, proposal=f"{NEW}{number}", address=READER if number else READER.upper())

    assert Correction.objects.count() == reporting.MOST_ANSWERS + 2
    assert Correction.objects.exclude(address="").count() == reporting.MOST_ANSWERS


def test_of_two_that_are_equal_the_next_one_is_taken_for_the_same(entry):
    report(entry)
    report(entry)

    assert Correction.objects.count() == 1


def test_a_name_that_was_taken_over_stays_when_the_text_is_sent_again(entry, keeper):
    report(entry, "title", "Netwerk Doen en Laten")
    decide(keeper, Correction.objects.get())
    form = browser_of(keeper).get(f"/mijn/paginas/{entry.pk}/").context["form"]
    assert form["proposed_name"].value() == "Netwerk Doen en Laten"

    links = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    sent = {"blurb": "Wij delen wat werkt. " * 30, "proposed_name": form["proposed_name"].value()}
    browser_of(keeper).post(f"/mijn/paginas/{entry.pk}/", sent | links)

    assert Submission.objects.get().proposed_name == "Netwerk Doen en Laten"
