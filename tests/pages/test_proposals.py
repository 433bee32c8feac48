"""Members propose what should stand on the site too; what is there already is shown first; an editor decides."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms import mailing
from pages.models import Criterion, EntryName, NetworkPage, PartnershipPage, Proposal, Representation
from pages.proposing import alike, sending
from tests.cms.markup import active_parts
from tests.data import lines_of
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of, page

SAID = {
    "title": "Netwerk Kwartelproeven",
    "category": "netwerken",
    "text": "Ze helpen elkaar met kwartels.",
    "url": "https://kwartels.example.org/",
    "on_behalf_of": "Hogeschool Zuid",
}
State = Proposal.State


@pytest.fixture(autouse=True)
def _nobody_sent_anything_yet(home):
    cache.clear()


@pytest.fixture
def member():
    return UserFactory(display_name="Lotte Lid")


def propose(browser, **said):
    return browser.post("/voordragen/", SAID | said)


def decide(editor, **said):
    address = f"/beheer/voordrachten/{Proposal.objects.get().pk}/besluit/"
    return browser_of(editor).post(address, said, follow=True)


def mails_to(user):
    mailing.deliver_waiting()
    return [sent for sent in mail.outbox if sent.to == [user.email]]


def test_a_proposal_becomes_a_draft_that_an_editor_publishes(member, editor):
    assert propose(browser_of(member)).status_code == 302
    assert "wacht op de redactie" in page(browser_of(member), "/mijn/paginas/")
    assert "Lotte Lid draagt dit voor" in page(browser_of(editor), "/beheer/")
    assert "Netwerk Kwartelproeven" in page(browser_of(editor), "/beheer/voordrachten/")

    edited = decide(editor, kind="themagroep", criterion=Criterion.objects.first().pk)

    assert edited.status_code == 200
    draft = NetworkPage.objects.get(title="Netwerk Kwartelproeven")
    assert not draft.live
    newest = draft.get_latest_revision_as_object()
    assert (newest.kind, newest.website, newest.blurb) == ("themagroep", SAID["url"], SAID["text"])
    assert newest.proposed_by == "Hogeschool Zuid"
    for address in (draft.url, "/netwerken/", "/netwerken/feed/"):
        assert "Kwartelproeven" not in page(browser_of(), address)
    assert "Kwartelproeven" not in page(browser_of(), "/voordragen/lijkt-op/?titel=Kwartelproeven")
    assert not Representation.objects.exists()
    assert "neemt hem aan" in mails_to(member)[0].body
    assert PageLogEntry.objects.filter(page=draft.pk, user=editor, action="pages.proposal.accept").exists()

    newest.save_revision().publish()

    assert "Hogeschool Zuid" in page(browser_of(), draft.url)
    assert "zie <a" in page(browser_of(member), "/mijn/paginas/")


def test_a_draft_may_do_without_a_ground_and_then_cannot_be_published(member, editor):
    propose(browser_of(member))

    decide(editor, kind="netwerk", criterion="")

    draft = NetworkPage.objects.get(title="Netwerk Kwartelproeven")
    form = page(browser_of(editor), f"/beheer/pages/{draft.pk}/edit/")
    assert "op grond waarvan" in form.lower()
    assert draft.criterion is None


def test_a_partnership_may_do_without_a_kind(member, editor):
    propose(browser_of(member), category="regionale-samenwerkingsverbanden")

    decide(editor, kind="", criterion="")

    assert PartnershipPage.objects.filter(title="Netwerk Kwartelproeven", live=False).exists()


def test_what_stood_there_already_is_named_in_a_mail(member, editor):
    there = NetworkPageFactory(title="Kwartelproevers")
    propose(browser_of(member), toch="1")

    decide(editor, join="1", entry=there.pk)

    assert Proposal.objects.get().state == State.DUPLICATE
    [told] = mails_to(member)
    assert "Kwartelproevers" in told.body
    assert there.url in told.body
    assert not NetworkPage.objects.filter(title="Netwerk Kwartelproeven").exists()


def test_a_draft_of_the_editors_is_named_to_nobody(member, editor):
    hidden = NetworkPageFactory(title="Netwerk Kwartelproeven", live=False)
    assert propose(browser_of(member)).status_code == 302  # the member was not told that it is there

    shown = page(browser_of(editor), f"/beheer/voordrachten/{Proposal.objects.get().pk}/")
    assert f"/beheer/pages/{hidden.pk}/edit/" in shown
    refused = decide(editor, join="1", entry=hidden.pk)

    assert "staat nog niet op de site" in refused.content.decode()
    assert Proposal.objects.get().is_open
    assert not mails_to(member)


def test_a_proposal_is_declined_with_a_reason(member, editor):
    propose(browser_of(member))

    assert "Schrijf er een reden bij" in decide(editor, decline="1", reason=" ").content.decode()
    assert Proposal.objects.get().is_open
    decide(editor, decline="1", reason="Dit gaat over kwartels.")

    assert "Dit gaat over kwartels." in mails_to(member)[0].body
    assert "niet aangenomen" in page(browser_of(member), "/mijn/paginas/")


def test_of_two_editors_one_decides(member, editor):
    propose(browser_of(member))
    decide(editor, decline="1", reason="Nee.")

    again = decide(editor, kind="netwerk", criterion="")

    assert "intussen al besloten" in again.content.decode()
    assert not NetworkPage.objects.filter(title="Netwerk Kwartelproeven").exists()


def test_what_looks_alike_is_shown_first_and_all_that_was_typed_is_kept(member):
    NetworkPageFactory(title="Landelijk netwerk Kwartelproeven")
    browser = browser_of(member)

    shown = propose(browser).content.decode()
    assert "Staat dit er al?" in shown
    assert "Landelijk netwerk Kwartelproeven" in shown
    assert SAID["text"] in shown
    assert not Proposal.objects.exists()
    assert propose(browser, toch="1").status_code == 302

    assert Proposal.objects.get().is_open


@pytest.mark.parametrize(
    ("name", "website", "is_alike"),
    [
        ("Netwerk Toetsen op Maat", "", True),
        ("toetsen op maat", "", True),
        ("Toetsen op maat Zuid-Holland", "", True),
        ("Toetzen op maat", "", True),
        ("TOM", "", True),
        ("De Toetsclub", "", True),
        ("Iets heel anders", "http://www.toetsen.example.org", True),
        ("Iets heel anders", "https://toetsen.example.org/andere-groep/", False),
        ("Landelijk netwerk voor lerarenopleiders", "", False),
        ("Netwerk Blended", "", False),
        ("Netwerk", "", False),
        ("n", "", False),
        ("", "", False),
        ("☃", "", False),
        ("a" * 5_000, "https://[", False),
    ],
)
def test_names_and_addresses_that_mean_the_same_are_recognised(name, website, is_alike):
    NetworkPageFactory(
        title="Netwerk Toetsen op Maat",
        abbreviation="TOM",
        website="https://toetsen.example.org/",
        names=[EntryName(name="Toetsclub", is_former=True)],
    )

    assert bool(alike.public_alike(name, website)) == is_alike


def test_while_typing_a_part_of_the_page_tells_what_is_there(home):
    NetworkPageFactory(title="Netwerk Toetsen op Maat")

    shown = page(browser_of(), "/voordragen/lijkt-op/?titel=toetsen")

    assert "Netwerk Toetsen op Maat" in shown
    assert "<html" not in shown
    looked = browser_of().post("/voordragen/", {"title": "Toetsen", "text": "Half af", "kijk": "1"}).content.decode()
    assert "Netwerk Toetsen op Maat" in looked
    assert "Half af" in looked
    assert "Dit klopt nog niet" not in looked


def test_what_a_visitor_wrote_waits_until_after_signing_in(member):
    visitor = browser_of()
    form = visitor.get("/voordragen/?categorie=onderzoeksgroepen")
    assert not form.cookies
    assert 'value="onderzoeksgroepen"' in form.content.decode().split("checked")[0][-200:]

    answer = propose(visitor)
    address = answer.url.partition("next=")[2]
    assert answer.url.startswith("/account/inloggen/?next=/voordragen/")
    assert not mails_to(member)
    assert page(browser_of(member), "/mijn/paginas/").count("Kwartelproeven") == 0

    assert SAID["text"] in page(browser_of(member), address)
    assert browser_of(UserFactory()).get(address).status_code == 404  # it is this member's now
    assert "nog niet verstuurd" in page(browser_of(member), "/mijn/paginas/")
    sent = browser_of(member).post(address, SAID | {"text": "Nog mooier gezegd."})

    assert sent.status_code == 302
    proposal = Proposal.objects.get()
    assert (proposal.is_open, proposal.member, proposal.text) == (True, member, "Nog mooier gezegd.")
    assert browser_of(member).get(address).status_code == 404
    assert "Dit is al verstuurd" in browser_of(member).post(address, SAID, follow=True).content.decode()
    assert Proposal.objects.count() == 1


def test_what_a_visitor_wrote_is_thrown_away_by_its_writer_or_after_two_weeks(member):
    address = propose(browser_of()).url.partition("next=")[2]
    browser_of(member).post(address, {"forget": "1"})
    assert not Proposal.objects.exists()

    propose(browser_of())
    Proposal.objects.update(made_at=timezone.now() - timedelta(days=13))
    sending.forget_old()
    assert Proposal.objects.exists()
    Proposal.objects.update(made_at=timezone.now() - timedelta(days=15))
    sending.forget_old()
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": " "}, "Schrijf hoe het heet"),
        ({"title": "a" * 201}, "200"),
        ({"category": ""}, "Kies wat het is"),
        ({"category": "forum"}, "geldige"),
        ({"text": ""}, "Schrijf in een paar zinnen"),
        ({"text": "Mail naar noor@example.org"}, "geen e-mailadres"),
        ({"url": "geen adres"}, "geldige"),
        ({"url": "javascript:alert(1)"}, "geldige"),
        ({"website": "https://spam.example/"}, "voor robots"),
    ],
)
def test_a_mistake_is_named_and_nothing_that_was_typed_is_lost(member, changes, problem):
    answer = propose(browser_of(member), on_behalf_of="School <b>Zuid</b>", **changes)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert problem in shown
    assert "School &lt;b&gt;Zuid&lt;/b&gt;" in shown
    assert not Proposal.objects.exists()


def test_what_is_not_in_the_form_cannot_be_sent_along(member, editor):
    other = UserFactory()
    propose(
        browser_of(member), state="aangenomen", member=other.pk, decided_by=editor.pk, entry="1", key="x", reason="R"
    )

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.member, proposal.decided_by, proposal.entry) == (State.OPEN, member, None, None)
    assert proposal.key != "x"
    assert not proposal.reason


def test_a_member_has_ten_waiting_and_a_network_sends_twenty_an_hour(member):
    for number in range(10):
        assert propose(browser_of(member), title=f"Groep {'abcdefghij'[number] * 9}").status_code == 302
    assert "Je hebt al 10 voordrachten" in propose(browser_of(member)).content.decode()
    for number in range(9):
        propose(browser_of(UserFactory()), title=f"Groep {'klmnopqrs'[number] * 9}")

    answer = propose(browser_of(UserFactory()), title="Nog een")

    assert answer.status_code == 429
    assert "Nog een" in answer.content.decode()


@pytest.mark.parametrize("text", lines_of("xss.txt")[::9])
def test_hostile_text_does_nothing_wherever_it_is_shown(member, editor, text):
    proposal = Proposal.objects.create(
        member=member,
        category="netwerken",
        title=text[:200] or "x",
        text=text[:1500],
        on_behalf_of=text[:200],
        state="open",
    )

    assert not active_parts(browser_of(member).get("/mijn/paginas/"))
    assert not active_parts(browser_of().post("/voordragen/", {"title": text[:200], "text": text, "url": text}))
    shown = page(browser_of(editor), f"/beheer/voordrachten/{proposal.pk}/")
    if "<" in text:
        assert text not in shown.split('id="voordracht"')[1].split('id="staat-er-al"')[0]


def test_an_account_that_goes_takes_its_proposals_along(member):
    propose(browser_of(member))

    member.delete()

    assert not Proposal.objects.exists()


def test_pages_about_proposals_cost_as_many_queries_for_many_as_for_few(member, editor):
    def queries(user, address):
        with CaptureQueriesContext(connection) as asked:
            assert browser_of(user).get(address).status_code == 200
        return len(asked)

    def grow(number):
        for _ in range(number):
            NetworkPageFactory(names=[EntryName(name="Ook wel")])
            for by in (member, UserFactory()):
                Proposal.objects.create(member=by, category="netwerken", title="Netwerk", text="Doen.", state="open")

    grow(1)
    addresses = [(None, "/voordragen/"), (None, "/voordragen/lijkt-op/?titel=netwerk"), (member, "/mijn/paginas/")]
    addresses += [(editor, "/beheer/voordrachten/"), (editor, f"/beheer/voordrachten/{Proposal.objects.first().pk}/")]
    for pair in addresses:
        queries(*pair)
    before = [queries(*pair) for pair in addresses]

    grow(9)
    for pair in addresses:
        queries(*pair)

    assert [queries(*pair) for pair in addresses] == before


def test_pressing_twice_proposes_once(member):
    browser = browser_of(member)

    assert propose(browser).status_code == propose(browser, toch="1").status_code == 302

    assert Proposal.objects.count() == 1
