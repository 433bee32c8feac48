"""Rows E01 to E18 of the permission matrix, by every role, through the addresses and forms that people use.

A representative (R) keeps one entry; what A means is tried on that one, and on another as F.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import localdate
from wagtail.images.tests.utils import get_test_image_file

from cms import mailing
from cms.models import User
from forum_integration import roles
from forum_integration.models import Profile
from pages.currency import confirming
from pages.lifecycle import acts
from pages.models import (
    Claim,
    Correction,
    Invitation,
    LifecycleAct,
    NetworkPage,
    Proposal,
    Representation,
    Submission,
)
from pages.representing import invitations, representatives, reviewing
from pages.roles import EDITORS, sync_editors
from tests.factories import NetworkPageFactory, PartnershipPageFactory, SubjectFactory, UserFactory

ROLES = ("visitor", "member", "expert", "representative", "moderator", "editor", "administrator")
TEXT = {"blurb": "Wij doen het zo. " + "woord " * 100, "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}


def by_role(signs):
    return pytest.mark.parametrize(
        ("role", "sign"),
        [pytest.param(*pair, id=" ".join(pair)) for pair in zip(ROLES, signs.split(), strict=True)],
    )


@dataclass
class Trial:
    browser: Client
    me: User | None
    own: NetworkPage
    other: NetworkPage
    editor: User

    def tried(self, sign: str) -> list[tuple[NetworkPage, str]]:
        """The entries to try it on, with the sign for each."""
        return [(self.own, "Y"), (self.other, "F")] if sign == "A" else [(self.other, sign)]


@pytest.fixture
def trial(home):
    def trial(role: str) -> Trial:
        group = sync_editors(home)
        own, other = NetworkPageFactory(title="Netwerk Eigen"), NetworkPageFactory(title="Netwerk Anders")
        for entry in (own, other):
            entry.save_revision()
        editor = UserFactory()
        editor.groups.add(group)
        browser, me = Client(), None
        if role != "visitor":
            me = UserFactory(is_superuser=role == "administrator")
            if role == "expert":
                Profile.objects.create(member=me, is_askable=True).expertise.add(SubjectFactory())
            if role == "representative":
                representatives.add(entry=own, user=me, by=me)
            if role == "moderator":
                me.groups.add(Group.objects.get_or_create(name=roles.MODERATORS)[0])
            if role == "editor":
                me.groups.add(Group.objects.get(name=EDITORS))
            browser.force_login(me)
        return Trial(browser, me, own, other, editor)

    return trial


def check(answer: Any, sign: str) -> None:
    if sign == "L":
        assert answer.status_code == 302
        assert answer.url.startswith("/account/inloggen/?next=/")
    elif sign == "F":
        refused = answer.status_code == 302 and answer.url in {"/beheer/", "/account/inloggen/?next=/beheer/"}
        assert answer.status_code == 403 or refused, answer.status_code
    else:
        assert answer.status_code in {200, 302}
        assert answer.status_code == 200 or not answer.url.startswith("/account/inloggen/")


def columns(entry: NetworkPage) -> dict[str, Any]:
    return NetworkPage.objects.filter(pk=entry.pk).values().get()


@by_role("L Y Y Y Y Y Y")
def test_e01_everybody_opens_what_they_keep_and_finds_only_that(trial, role, sign):
    tried = trial(role)

    answer = tried.browser.get("/mijn/paginas/")

    check(answer, sign)
    assert ("Netwerk Eigen" in answer.content.decode()) == (role == "representative")
    assert "Netwerk Anders" not in answer.content.decode()


@by_role("L F F A F Y Y")
@pytest.mark.parametrize(
    "changes",
    [{"how_to_join": "Kom langs."}, {"website": "https://x.example.org/", "contact_url": "https://x.example.org/c"}],
    ids=["E02 E06", "E03"],
)
def test_e02_e03_e06_text_and_addresses_are_written_and_sent(trial, role, sign, changes):
    tried = trial(role)
    for entry, expected in tried.tried(sign):
        before = columns(entry)

        check(tried.browser.get(f"/mijn/paginas/{entry.pk}/"), expected)
        check(tried.browser.post(f"/mijn/paginas/{entry.pk}/", TEXT | changes), expected)

        sent = Submission.objects.filter(entry=entry).exists()
        assert sent == (expected == "Y")
        if expected != "Y":
            assert columns(entry) == before
    if sign in {"L", "F"}:
        mailing.deliver_waiting()
        assert not mail.outbox


@by_role("L F F F F Y Y")
def test_e04_name_labels_and_reason_are_for_editors(trial, role, sign):
    tried = trial(role)
    changes = {"title": "Anders", "slug": "anders", "listing_reason": "Omdat", "region_text": "Overal"}

    check(tried.browser.get(f"/beheer/pages/{tried.own.pk}/edit/"), sign)
    tried.browser.post(f"/mijn/paginas/{tried.own.pk}/", TEXT | changes)

    newest = NetworkPage.objects.get(pk=tried.own.pk).get_latest_revision_as_object()
    assert (newest.title, newest.listing_reason, newest.region_text) == ("Netwerk Eigen", "", "")


@by_role("L F F A F Y Y")
def test_e05_e08_preview_and_history_are_for_who_keeps_it(trial, role, sign):
    tried = trial(role)
    for entry, expected in tried.tried(sign):
        for path in ("voorbeeld/", "geschiedenis/"):
            check(tried.browser.get(f"/mijn/paginas/{entry.pk}/{path}"), expected)


@by_role("L F F F F Y Y")
@pytest.mark.parametrize("button", [{}, {"return": "1", "comment": "Anders."}], ids=["publish", "return"])
def test_e07_editors_alone_decide(trial, role, sign, button):
    tried = trial(role)
    keeper = tried.me if role == "representative" else UserFactory()
    representatives.add(entry=tried.own, user=keeper, by=keeper)
    writer = Client()
    writer.force_login(keeper)
    writer.post(f"/mijn/paginas/{tried.own.pk}/", TEXT)
    submission = Submission.objects.get()
    revision, before = submission.entry.latest_revision_id, columns(tried.own)

    answer = tried.browser.post(f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": revision, **button})

    check(answer, sign)
    submission.state.refresh_from_db()
    assert (submission.state.status == "in_progress") == (sign != "Y")
    if sign != "Y":
        assert columns(tried.own) == before


@by_role("L F F F F Y Y")
def test_e12_e16_pages_and_files_of_the_site_are_for_editors(trial, role, sign):
    tried = trial(role)

    for address in (
        *("/beheer/images/", "/beheer/images/chooser/", "/beheer/documents/"),
        *(f"/beheer/pages/{tried.own.pk}/delete/", f"/beheer/pages/{tried.own.pk}/edit/"),
        *(f"/beheer/pages/{tried.own.pk}/move/", f"/beheer/pages/{tried.own.pk}/unpublish/"),
    ):
        check(tried.browser.get(address), sign)


@by_role("L F F F F Y Y")
def test_e17_editors_end_entries_name_successors_and_undo(trial, role, sign):
    tried = trial(role)
    region = PartnershipPageFactory(title="Onderwijsregio", kind="onderwijsregio")
    partnership = PartnershipPageFactory()
    done = acts.end(entries=[PartnershipPageFactory()], how="opgeheven", on=localdate(), by=None).act
    today = localdate().isoformat()
    life, home = f"/beheer/levensloop/vermelding/{tried.own.pk}/", "/beheer/levensloop/"
    bulk = f"/beheer/bulk/wagtailcore/page/merge_into_region/?id={partnership.pk}"

    for address in (home, life, f"{home}samenvoegen/", f"{home}{done.pk}/", bulk):
        check(tried.browser.get(address), sign)
    for address, sent in (
        (life, {"how": "opgegaan", "on": today, "successor_1": region.pk}),
        (f"{home}samenvoegen/", {"entries": [partnership.pk], "region": region.pk, "on": today}),
        (f"{home}{done.pk}/ongedaan/", {}),
    ):
        check(tried.browser.post(address, sent), sign)

    done.refresh_from_db()
    assert (done.undone_at is not None) == (sign == "Y")
    assert NetworkPage.objects.get(pk=tried.own.pk).has_ended == (sign == "Y")
    assert partnership.successions.exists() == (sign == "Y")
    assert LifecycleAct.objects.count() == (3 if sign == "Y" else 1)


def test_e17_reading_never_ends_or_undoes(trial):
    tried = trial("editor")
    done = acts.end(entries=[tried.own], how="opgeheven", on=localdate(), by=None).act

    assert tried.browser.get(f"/beheer/levensloop/{done.pk}/ongedaan/").status_code == 405
    for path in ("999999/", "vermelding/999999/"):
        assert tried.browser.get(f"/beheer/levensloop/{path}").status_code == 404

    assert LifecycleAct.objects.get().undone_at is None


def test_e17_what_ended_stays_ended_whatever_a_representative_sends(trial):
    tried = trial("representative")
    acts.end(entries=[tried.own], how="opgeheven", on=localdate(), by=None)

    tried.browser.post(f"/mijn/paginas/{tried.own.pk}/", TEXT | {"ended_on": "", "ended_as": "", "successor_1": "1"})
    submission = Submission.objects.get()
    writer = tried.editor
    reviewing.approve(
        submission=submission, revision=submission.entry.latest_revision_id, by=writer, comment="", name="", subjects=[]
    )

    found = NetworkPage.objects.get(pk=tried.own.pk)
    assert found.blurb == TEXT["blurb"].strip()
    assert found.has_ended


@by_role("L F F F F Y Y")
def test_e13_editors_invite_and_revoke(trial, role, sign):
    tried = trial(role)
    kept = representatives.add(entry=tried.other, user=UserFactory(), by=None)

    answers = [
        tried.browser.post(f"/beheer/vertegenwoordigers/{tried.own.pk}/", {"address": "noor@example.org"}),
        tried.browser.post(f"/beheer/vertegenwoordigers/ontneem/{kept.pk}/"),
    ]

    for answer in answers:
        check(answer, sign)
    assert Invitation.objects.exists() == (sign == "Y")
    assert Representation.objects.filter(pk=kept.pk).exists() == (sign != "Y")


@by_role("Y Y Y Y Y Y Y")
def test_e14_an_invitation_gives_that_entry_once(trial, role, sign):
    tried = trial(role)
    address = tried.me.email if tried.me else "noor@example.org"
    invitations.invite(entry=tried.other, address=address, by=tried.editor)
    mailing.deliver_waiting()
    link = re.search(r"/mijn/uitnodiging/\S+", mail.outbox[-1].body)[0]
    sent = {} if tried.me else {"display_name": "Noor Netwerk", "password": "een goed wachtwoord"}

    assert tried.browser.get(link).status_code == 200
    assert tried.browser.post(link, sent).status_code == 302

    user = tried.me or User.objects.get(email=address)
    assert tried.other in [kept.specific for kept in representatives.kept_by(user)]
    assert tried.browser.post(link, sent).status_code == 410


@by_role("L Y Y Y Y Y Y")
def test_e15_asking_to_represent_gives_no_right(trial, role, sign):
    tried = trial(role)
    address = f"/mijn/paginas/{tried.other.pk}/aanvragen/"

    check(tried.browser.get(address), sign)
    check(tried.browser.post(address, {"motive": "Ik trek dit."}), sign)

    assert Claim.objects.exists() == (sign == "Y")
    assert not Representation.objects.filter(entry=tried.other).exists()


@by_role("Y Y Y Y Y Y Y")
def test_e09_whoever_holds_the_link_of_a_mail_confirms_by_its_button(trial, role, sign):
    tried = trial(role)
    keeper = UserFactory()
    representatives.add(entry=tried.other, user=keeper, by=keeper)
    NetworkPage.objects.filter(pk=tried.other.pk).update(review_on="2026-01-01")
    link = confirming.confirm_path(NetworkPage.objects.get(pk=tried.other.pk), keeper)

    assert tried.browser.get(link).status_code == 200
    assert NetworkPage.objects.get(pk=tried.other.pk).checked_on is None
    assert tried.browser.post(link).status_code == 200

    assert NetworkPage.objects.get(pk=tried.other.pk).checked_on is not None
    assert tried.browser.post(link).status_code == 410


@by_role("L F F A F Y Y")
def test_e10_without_a_link_it_is_confirmed_by_who_keeps_it(trial, role, sign):
    tried = trial(role)
    for entry, expected in tried.tried(sign):
        check(tried.browser.post(f"/mijn/paginas/{entry.pk}/klopt-nog/"), expected)

        assert (NetworkPage.objects.get(pk=entry.pk).checked_on is not None) == (expected == "Y")


@by_role("L F F A F Y Y")
def test_e11_a_logo_is_sent_by_who_keeps_the_entry(trial, role, sign):
    tried = trial(role)
    for entry, expected in tried.tried(sign):
        path = f"/mijn/paginas/{entry.pk}/logo/"
        if expected == "Y":
            assert tried.browser.get(path).status_code == 200
        else:
            check(tried.browser.get(path), expected)
        file = SimpleUploadedFile("logo.png", get_test_image_file().file.getvalue())
        sent = {"file": file, "alt": "Logo", "entry": tried.other.pk, "uploaded_by": tried.editor.pk}
        check(tried.browser.post(path, sent), expected)

        assert [logo.uploaded_by for logo in entry.logos.all()] == ([tried.me] if expected == "Y" else [])


@by_role("X X X X X X X")
def test_who_asks_about_an_entry_that_is_no_entry_learns_nothing(trial, role, sign):
    tried = trial(role)
    if tried.me is None:
        assert tried.browser.get("/mijn/paginas/999999/").url.startswith("/account/inloggen/")
        return

    for path in ("", "voorbeeld/", "geschiedenis/", "logo/", "aanvragen/", "stoppen/"):
        assert tried.browser.get(f"/mijn/paginas/999999/{path}").status_code == 404


@by_role("Y Y Y Y Y Y Y")
def test_e18_everybody_says_that_an_entry_is_wrong(trial, role, sign):
    tried = trial(role)
    for entry in (tried.own, tried.other):
        address = f"/klopt-dit-niet/{entry.pk}/?wat=website"

        check(tried.browser.get(address), sign)
        check(tried.browser.post(address, {"proposal": "https://x.example.org/"}), sign)

        assert Correction.objects.filter(entry=entry.pk, proposal="https://x.example.org/").exists()
        assert columns(entry)["website"] == ""


@by_role("L F F A F Y Y")
@pytest.mark.parametrize("button", [{}, {"refuse": "1", "reason": "Nee."}], ids=["take over", "refuse"])
def test_e18_what_was_reported_is_decided_by_who_keeps_the_entry(trial, role, sign, button):
    tried = trial(role)
    for entry, expected in tried.tried(sign):
        found = Correction.objects.create(entry_id=entry.pk, part="website", proposal="https://x.example.org/")
        address = f"/mijn/paginas/{entry.pk}/correcties/"

        check(tried.browser.get(address), expected)
        check(tried.browser.post(f"{address}{found.pk}/", {"revision": entry.latest_revision_id, **button}), expected)

        assert Correction.objects.get(pk=found.pk).is_open == (expected != "Y")
        assert columns(entry)["website"] == ""
        if expected != "Y":
            assert columns(entry)["latest_revision_id"] == entry.latest_revision_id


@by_role("L F F F F Y Y")
def test_e18_the_queue_in_beheer_is_for_editors(trial, role, sign):
    tried = trial(role)
    found = Correction.objects.create(entry_id=tried.own.pk, part="website", proposal="https://x.example.org/")

    for path in ("", f"{found.pk}/"):
        check(tried.browser.get(f"/beheer/correcties/{path}"), sign)
    sent = {"revision": tried.own.latest_revision_id}
    check(tried.browser.post(f"/beheer/correcties/{found.pk}/besluit/", sent), sign)

    assert Correction.objects.get(pk=found.pk).is_open == (sign != "Y")


PROPOSED = {"title": "Netwerk Kwartel", "category": "netwerken", "text": "Ze proeven kwartels."}


@by_role("L Y Y Y Y Y Y")
def test_e15_asking_to_be_listed_makes_no_page(trial, role, sign):
    tried = trial(role)
    number = NetworkPage.objects.count()

    answer = tried.browser.post("/voordragen/", PROPOSED)

    check(answer, sign)
    assert Proposal.objects.filter(state="open", member=tried.me).exists() == (sign == "Y")
    assert NetworkPage.objects.count() == number
    assert not Representation.objects.exclude(entry=tried.own).exists()


@by_role("L F F F F Y Y")
@pytest.mark.parametrize(
    "button",
    [{"kind": "netwerk"}, {"join": "1", "entry": "other"}, {"decline": "1", "reason": "Nee."}],
    ids=["draft", "join", "decline"],
)
def test_e15_e16_what_was_proposed_is_for_editors(trial, role, sign, button):
    tried = trial(role)
    proposal = Proposal.objects.create(member=UserFactory(), state="open", **PROPOSED)
    sent = button | ({"entry": tried.other.pk} if "entry" in button else {})

    for path in ("", f"{proposal.pk}/"):
        check(tried.browser.get(f"/beheer/voordrachten/{path}"), sign)
    check(tried.browser.post(f"/beheer/voordrachten/{proposal.pk}/besluit/", sent), sign)

    assert Proposal.objects.get().is_open == (sign != "Y")
    assert NetworkPage.objects.filter(title="Netwerk Kwartel").exists() == (sign == "Y" and "kind" in button)
