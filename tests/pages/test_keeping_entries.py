"""Who keeps an entry: invited by an editor or by asking, until they stop."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms import mailing
from cms.accounts import own_data
from cms.models import Mail, User
from pages.models import Claim, Invitation, Representation
from pages.representing import claims, invitations, representatives
from tests.factories import PASSWORD, NetworkPageFactory, PartnershipPageFactory, UserFactory
from tests.pages.browsing import browser_of, page

NEW = "noor@example.org"
KEPT = "/mijn/paginas/"
JOINING = {"display_name": "Noor Netwerk", "password": PASSWORD}


@pytest.fixture
def entry(home):
    return NetworkPageFactory(title="Netwerk Doen")


def mails_to(address):
    mailing.deliver_waiting()
    return [sent for sent in mail.outbox if sent.to == [address]]


def invited(entry, editor, address=NEW):
    """The path of the link in the mail."""
    invitations.invite(entry=entry, address=address, by=editor)
    *_, sent = mails_to(address)
    return re.search(r"http://127.0.0.1:8000(/mijn/uitnodiging/\S+)", sent.body)[1]


def keep(entry, user):
    return representatives.add(entry=entry, user=user, by=user)


def keepers_of(entry):
    return {str(kept.user): kept.rank for kept in entry.representations.select_related("user")}


def acts_on(entry):
    return set(PageLogEntry.objects.filter(page=entry.pk).values_list("action", flat=True))


def test_an_editor_invites_somebody_who_then_keeps_that_entry_only(entry, editor):
    NetworkPageFactory(title="Netwerk Anders")
    browser_of(editor).post(f"/beheer/vertegenwoordigers/{entry.pk}/", {"address": NEW})
    [sent] = mails_to(NEW)
    link = re.search(r"http://127.0.0.1:8000(/mijn/uitnodiging/\S+)", sent.body)[1]
    guest = browser_of()

    assert "Netwerk Doen" in page(guest, link)
    assert NEW in page(guest, link)
    answer = guest.post(link, JOINING, follow=True)

    assert answer.redirect_chain == [(KEPT, 302)]
    kept = answer.content.decode()
    assert "Netwerk Doen" in kept
    assert "Netwerk Anders" not in kept
    user = User.objects.get(email=NEW)
    assert user.check_password(PASSWORD)
    assert EmailAddress.objects.get(user=user).verified
    assert not user.has_perm("wagtailadmin.access_admin")
    assert {"pages.representation.invite", "pages.representation.join"} <= acts_on(entry)


def test_opening_the_link_changes_nothing(entry, editor):
    link = invited(entry, editor)

    for _ in range(2):
        assert browser_of().get(link).status_code == 200

    assert Invitation.objects.open().exists()
    assert not Representation.objects.exists()
    assert not User.objects.filter(email=NEW).exists()


def test_a_link_works_once_and_for_fourteen_days_and_not_after_it_was_withdrawn(entry, editor):
    used = invited(entry, editor)
    browser_of().post(used, JOINING)
    withdrawn = invited(entry, editor, "tweede@example.org")
    invitations.withdraw(invitation=Invitation.objects.open().get(), by=editor)
    replaced = invited(entry, editor, "derde@example.org")
    invited(entry, editor, "derde@example.org")
    expired = invited(entry, editor, "vierde@example.org")
    altered = expired[:-2] + ("A" if expired[-2] != "A" else "B") + "/"

    browser = browser_of()
    refused = [browser.get(link) for link in (used, withdrawn, replaced, altered, "/mijn/uitnodiging/x/")]
    refused += [browser.post(link, JOINING) for link in (used, withdrawn, replaced, altered)]
    with time_machine.travel(timezone.now() + timedelta(days=13, hours=23)):
        assert browser.get(expired).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        refused += [browser.get(expired), browser.post(expired, JOINING)]

    assert {answer.status_code for answer in refused} == {410}
    assert len({answer.content for answer in refused}) == 1
    assert "al gebruikt of verlopen" in refused[0].content.decode()
    assert Representation.objects.count() == 1


def test_who_has_an_account_signs_in_to_use_the_link(entry, editor):
    known = UserFactory(email=NEW)
    link = invited(entry, editor, NEW.upper())

    assert f"/account/inloggen/?next={link}" in page(browser_of(), link)
    browser_of().post(link, JOINING)
    assert not Representation.objects.exists()
    browser_of(known).post(link)

    assert keepers_of(entry) == {str(known): Representation.Rank.FIRST}


def test_a_link_for_another_address_asks_an_editor_first(entry, editor):
    stranger = UserFactory()

    browser_of(stranger).post(invited(entry, editor))

    assert not Representation.objects.exists()
    assert Claim.objects.get().member == stranger


def test_an_account_that_somebody_began_with_the_invited_address_and_never_confirmed_gives_way(entry, editor):
    thief = UserFactory(email=NEW, password="het wachtwoord van een dief")
    thief.emailaddress_set.update(verified=False)

    browser_of().post(invited(entry, editor), JOINING)

    user = User.objects.get(email=NEW)
    assert user.display_name == "Noor Netwerk"
    assert not user.check_password("het wachtwoord van een dief")


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"display_name": ""}, "Vul je naam in."),
        ({"display_name": "Rik Redactie"}, "Rik Redactie"),
        ({"password": "kort"}, "12"),
        ({"password": NEW}, "lijkt"),
    ],
)
def test_a_mistake_in_joining_keeps_the_name_and_the_invitation(entry, editor, sent, problem):
    link = invited(entry, editor)

    answer = browser_of().post(link, JOINING | sent)

    assert answer.status_code == 200
    shown = answer.content.decode()
    assert problem in shown
    assert 'id="fouten"' in shown or "error-summary" in shown
    assert Invitation.objects.open().exists()


def test_a_member_asks_and_an_editor_agrees(entry, editor):
    member = UserFactory(display_name="Lotte Lid")
    browser = browser_of(member)
    assert f"/mijn/paginas/{entry.pk}/aanvragen/" in page(browser, entry.url)

    for _ in range(2):
        browser.post(f"/mijn/paginas/{entry.pk}/aanvragen/", {"motive": "Ik trek dit netwerk."})
    assert "de redactie kijkt ernaar" in page(browser, KEPT)
    assert not Representation.objects.exists()
    claim = Claim.objects.get()
    assert "Ik trek dit netwerk." in page(browser_of(editor), f"/beheer/vertegenwoordigers/{entry.pk}/")
    browser_of(editor).post(f"/beheer/vertegenwoordigers/aanvraag/{claim.pk}/toekennen/")

    assert keepers_of(entry) == {"Lotte Lid": 1}
    assert "Netwerk Doen" in mails_to(member.email)[0].body
    assert "Bijgehouden door Lotte Lid" in page(browser_of(), entry.url)


def test_an_editor_refuses_with_a_reason_that_is_mailed(entry, editor):
    member = UserFactory()
    claim = claims.ask(entry=entry, member=member, motive="Zomaar.")
    address = f"/beheer/vertegenwoordigers/aanvraag/{claim.pk}/afwijzen/"

    without = browser_of(editor).post(address, {"reason": " "})
    assert "Schrijf er een reden bij" in without.content.decode()
    assert not mails_to(member.email)
    browser_of(editor).post(address, {"reason": "We kennen je daar niet."})

    assert "We kennen je daar niet." in mails_to(member.email)[0].body
    assert not Representation.objects.exists()
    browser_of(editor).post(f"/beheer/vertegenwoordigers/aanvraag/{claim.pk}/toekennen/")
    assert not Representation.objects.exists()


def test_when_the_first_stops_the_second_becomes_the_first(entry):
    first, second = UserFactory(display_name="Eva Eerst"), UserFactory(display_name="Tom Twee")
    keep(entry, first)
    keep(entry, second)
    assert keepers_of(entry) == {"Eva Eerst": 1, "Tom Twee": 2}

    browser_of(first).post(f"/mijn/paginas/{entry.pk}/stoppen/", {"successor": ""})

    assert keepers_of(entry) == {"Tom Twee": 1}
    assert "Netwerk Doen" not in page(browser_of(first), KEPT).partition("<main")[2].partition("messages")[0]
    assert "pages.representation.leave" in acts_on(entry)


def test_who_stops_names_a_successor_whom_an_editor_invites(entry, editor):
    leaver = UserFactory()
    keep(entry, leaver)

    browser_of(leaver).post(f"/mijn/paginas/{entry.pk}/stoppen/", {"successor": NEW})
    assert not mails_to(NEW)
    browser_of(editor).post(f"/beheer/vertegenwoordigers/aanvraag/{Claim.objects.get().pk}/toekennen/")

    assert "Netwerk Doen" in mails_to(NEW)[0].subject
    assert not Representation.objects.exists()


def test_the_first_hands_over_and_the_second_cannot_take(entry):
    first, second = UserFactory(), UserFactory()
    keep(entry, first)
    keep(entry, second)

    taken = browser_of(second).post(f"/mijn/paginas/{entry.pk}/overdragen/{second.pk}/")
    assert taken.status_code == 404
    browser_of(first).post(f"/mijn/paginas/{entry.pk}/overdragen/{second.pk}/")

    assert keepers_of(entry) == {str(second): 1, str(first): 2}


def test_an_editor_takes_it_away_and_that_is_mailed(entry, editor):
    keeper = UserFactory()
    kept = keep(entry, keeper)

    browser_of(editor).post(f"/beheer/vertegenwoordigers/ontneem/{kept.pk}/")

    assert not Representation.objects.exists()
    assert "niet meer" in mails_to(keeper.email)[0].subject
    assert "pages.representation.revoke" in acts_on(entry)


@pytest.mark.parametrize("who", ["visitor", "member", "representative"])
def test_only_editors_say_who_keeps_what(entry, editor, who):
    user = None if who == "visitor" else UserFactory()
    kept = keep(entry, user if who == "representative" else UserFactory())
    claim = claims.ask(entry=entry, member=UserFactory(), motive="Van mij.")
    invitation = invitations.invite(entry=entry, address=NEW, by=editor)
    browser = browser_of(user)
    before = (keepers_of(entry), Mail.objects.count(), Invitation.objects.count())

    for address in (
        f"/beheer/vertegenwoordigers/{entry.pk}/",
        f"/beheer/vertegenwoordigers/eerste/{kept.pk}/",
        f"/beheer/vertegenwoordigers/ontneem/{kept.pk}/",
        f"/beheer/vertegenwoordigers/trek-in/{invitation.pk}/",
        f"/beheer/vertegenwoordigers/aanvraag/{claim.pk}/toekennen/",
        f"/beheer/vertegenwoordigers/aanvraag/{claim.pk}/afwijzen/",
    ):
        answer = browser.post(address, {"address": NEW, "reason": "Daarom."})
        assert answer.status_code in {302, 403}
        assert answer.status_code == 403 or answer.url.startswith("/account/inloggen/")

    assert (keepers_of(entry), Mail.objects.count(), Invitation.objects.count()) == before


def test_with_an_account_go_its_entries_and_what_was_sent_to_its_address(entry, editor):
    leaver, stayer = UserFactory(email=NEW), UserFactory(display_name="Blijver")
    keep(entry, leaver)
    keep(entry, stayer)
    invitations.invite(entry=PartnershipPageFactory(), address=NEW, by=editor)

    leaver.delete()

    assert keepers_of(entry) == {"Blijver": 1}
    assert not Invitation.objects.exists()
    assert not Mail.objects.exists()


def test_nobody_reads_in_the_own_data_whom_they_invited(entry, editor):
    invitations.invite(entry=entry, address=NEW, by=editor)

    assert NEW not in str(own_data.of(editor))


def test_invitations_are_forgotten_after_a_while(entry, editor):
    invitations.invite(entry=entry, address=NEW, by=editor)

    with time_machine.travel(timezone.now() + invitations.REMEMBERED - timedelta(hours=1)):
        invitations.forget_old()
        assert Invitation.objects.exists()
    with time_machine.travel(timezone.now() + invitations.REMEMBERED + timedelta(hours=1)):
        invitations.forget_old()
        assert not Invitation.objects.exists()


def test_an_entry_leads_an_editor_to_who_keeps_it(entry, editor):
    link = f"/beheer/vertegenwoordigers/{entry.pk}/"

    assert link in page(browser_of(editor), f"/beheer/pages/{entry.pk}/edit/")
    keep(entry, UserFactory(display_name="Vera Keijzer"))
    assert "Vera Keijzer" in page(browser_of(editor), link)
    for listed in ("representation", "claim"):
        shown = browser_of(editor).get(f"/beheer/pages/{listed}/")
        assert shown.status_code == 200
        assert browser_of(editor).get(f"/beheer/pages/{listed}/create/").status_code in {302, 403}
    assert link in page(browser_of(editor), "/beheer/pages/representation/")


def test_the_page_of_what_somebody_keeps_asks_as_many_queries_for_ten_as_for_one(
    entry, django_assert_max_num_queries, client
):
    keeper = UserFactory()
    keep(entry, keeper)
    client.force_login(keeper)
    client.get(KEPT)
    with django_assert_max_num_queries(15) as few:
        client.get(KEPT)
    for _ in range(9):
        keep(NetworkPageFactory(), keeper)
    with django_assert_max_num_queries(15) as many:
        client.get(KEPT)

    assert len(many) == len(few)


def test_the_history_of_the_page_says_who_keeps_it(entry, editor):
    representatives.add(entry=entry, user=UserFactory(display_name="Vera Keijzer"), by=editor)

    assert "Houdt deze vermelding nu bij: Vera Keijzer" in page(
        browser_of(editor), f"/beheer/pages/{entry.pk}/history/"
    )
