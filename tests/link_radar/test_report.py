"""C07: editors and administrators read which links are wrong and mend them; nobody else gets in."""

import csv
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import Page, PageLogEntry

from cms.link_radar import rounds
from cms.link_radar.marks import read_marks
from cms.models import CheckedLink, LinkAttempt, LinkUse, Organisation, OrganisationLink
from pages.models import EntryLink, NetworkPage, Submission
from pages.representing import representatives
from tests.factories import NetworkPageFactory, OrganisationFactory, ResourcePageFactory, UserFactory
from tests.search.people import REFUSED, WELCOME, browser_of

REPORT = "/beheer/links/"
ON_SITE = "Zoals het nu op de site staat."
OLD, NEW = "https://oud.example/a", "https://nieuw.example/b?x=1&y=2"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def link(url=OLD, **more):
    return CheckedLink.objects.create(url=url, host="oud.example", **more)


def moved():
    rounds.gather()
    CheckedLink.objects.filter(url=OLD).update(state="verhuisd", moved_to=NEW)
    return CheckedLink.objects.get(url=OLD)


def replace(browser, link):
    return browser.post(f"{REPORT}{link.pk}/vervangen/", {"naar": NEW})


ADDRESSES = ["", "resultaten/", "?export=csv", "?export=xlsx", "{}/"]
ACTS = ["{}/vervangen/", "{}/klopt/", "{}/nu/"]


@pytest.mark.parametrize("role", REFUSED)
@pytest.mark.parametrize("address", [*ADDRESSES, *ACTS])
def test_who_is_no_editor_gets_nothing(home, role, address):
    url = REPORT + address.format(link(state="stuk").pk)
    browser = browser_of(role, home)

    answer = browser.post(url) if address in ACTS else browser.get(url)

    assert answer.status_code in {302, REFUSED[role]}
    assert OLD.encode() not in answer.content
    assert CheckedLink.objects.get().ignored_until is None


@pytest.mark.parametrize("role", WELCOME)
@pytest.mark.parametrize("address", ADDRESSES)
def test_editors_and_administrators_read_the_report(home, role, address):
    found = link(state="stuk", reason="de pagina is er niet (404)")
    LinkAttempt.objects.create(link=found, outcome="mislukt", reason="de pagina is er niet (404)")

    answer = browser_of(role, home).get(REPORT + address.format(found.pk))

    assert answer.status_code == 200
    if "xlsx" not in address:
        assert OLD in answer.getvalue().decode()


def test_what_is_wrong_stands_first_and_can_be_filtered(editor):
    for state in ("werkt", "hapert", "stuk", "nieuw", "onduidelijk", "verhuisd"):
        link(f"https://{state}.example/", state=state)

    def shown(address):
        text = editor.get(address).content.decode()
        places = {one.url: text.find(f"<bdi>{one.url}</bdi>") for one in CheckedLink.objects.all()}
        return [url.split("//")[1].split(".")[0] for url, at in sorted(places.items(), key=lambda x: x[1]) if at > 0]

    assert shown(REPORT) == ["stuk", "verhuisd", "hapert", "onduidelijk", "nieuw", "werkt"]
    assert shown(f"{REPORT}?stand=stuk&stand=hapert") == ["stuk", "hapert"]
    assert shown(f"{REPORT}?q=verhuisd") == ["verhuisd"]


def test_a_link_is_found_by_where_it_stands_and_is_one_line(editor):
    found = link(state="stuk")
    for number in range(3):
        LinkUse.objects.create(link=found, source="x", thing=number, field="website", title="Netwerk", edit_path="/x/")

    text = editor.get(f"{REPORT}?q=netwerk").content.decode()

    assert text.count(f"<bdi>{OLD}</bdi>") == 1
    assert f"<bdi>{OLD}</bdi>" not in editor.get(f"{REPORT}?q=iets-anders").content.decode()


def test_the_report_has_our_own_styles(editor):
    assert "css/beheer" in editor.get(REPORT).content.decode()


def test_the_report_costs_as_many_queries_for_more_links(editor):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert editor.get(REPORT).status_code == 200
        return len(found)

    def add(number):
        for _ in range(number):
            one = link(f"https://{CheckedLink.objects.count()}.example/", state="stuk")
            LinkUse.objects.create(link=one, source="x", thing=1, field="website", title="Iets", edit_path="/x/")

    add(2)
    queries()
    before = queries()
    add(15)

    assert queries() == before


def test_a_spreadsheet_says_where_each_link_stands_and_reckons_with_nothing(editor):
    found = link(state="stuk", reason="=1+1")
    LinkUse.objects.create(link=found, source="x", thing=1, field="website", title="=Netwerk", edit_path="/x/")

    lines = editor.get(f"{REPORT}?export=csv").getvalue().decode("utf-8-sig").splitlines()
    [row] = csv.DictReader(lines)

    assert (row["Adres"], row["Stand"]) == (OLD, "werkt niet meer")
    assert (row["Waar"], row["Wat we zagen"]) == ("'=Netwerk, website", "'=1+1")


def test_one_click_puts_the_new_address_everywhere(editor):
    body = [("text", f'<p><a href="{OLD}">hier</a> en <a href="{OLD}/verder">daar</a></p>')]
    entry = NetworkPageFactory(website=OLD, body=body)
    EntryLink.objects.create(entry=entry, title="Meer", url=OLD)
    EntryLink.objects.create(entry=entry, title="Anders", url="https://anders.example/")
    resource = ResourcePageFactory(website=OLD)
    organisation = OrganisationFactory(website=OLD)
    OrganisationLink.objects.create(organisation=organisation, title="Ook", url=OLD)

    answer = replace(editor, moved())

    assert answer.status_code == 302
    entry, resource = entry.specific_class.objects.get(pk=entry.pk), type(resource).objects.get(pk=resource.pk)
    assert (entry.website, resource.website) == (NEW, NEW)
    assert [one.url for one in entry.links.all()] == [NEW, "https://anders.example/"]
    text = str(entry.body)
    assert "https://nieuw.example/b?x=1&amp;y=2" in text
    assert f"{OLD}/verder" in text
    assert f'"{OLD}"' not in text
    organisation = Organisation.objects.get(pk=organisation.pk)
    assert (organisation.website, organisation.links.get().url) == (NEW, NEW)
    assert not CheckedLink.objects.filter(url=OLD).exists()
    assert CheckedLink.objects.get(url=NEW).uses.count() == 6
    rounds.gather()
    assert not CheckedLink.objects.filter(url=OLD).exists()


def test_the_history_of_a_page_says_who_replaced_what(editor):
    entry = NetworkPageFactory(website=OLD)

    replace(editor, moved())

    page = Page.objects.get(pk=entry.pk)
    assert page.live_revision.as_object().website == NEW
    assert page.live_revision == page.latest_revision
    assert not page.has_unpublished_changes
    actions = set(PageLogEntry.objects.filter(page=page, user=page.live_revision.user).values_list("action", flat=True))
    assert {"wagtail.edit", "wagtail.publish"} <= actions


def test_a_draft_stays_a_draft_with_the_new_address_in_it(editor):
    entry = NetworkPageFactory(website=OLD, blurb="Zoals het nu op de site staat.")
    entry = NetworkPage.objects.get(pk=entry.pk)
    entry.blurb = "Wat er nog na te kijken is."
    entry.save_revision()

    replace(editor, moved())

    live = NetworkPage.objects.get(pk=entry.pk)
    draft = live.get_latest_revision_as_object()
    assert (live.website, live.blurb) == (NEW, "Zoals het nu op de site staat.")
    assert (draft.website, draft.blurb) == (NEW, "Wat er nog na te kijken is.")
    assert live.has_unpublished_changes
    assert live.live_revision.as_object().blurb == live.blurb


def test_a_text_that_waits_for_an_editor_goes_on_with_the_new_address_in_it(home, editor):
    keeper, entry = UserFactory(), NetworkPageFactory(website=OLD, blurb=ON_SITE)
    entry.save_revision()
    representatives.add(entry=entry, user=keeper, by=keeper)
    sent = {"blurb": ON_SITE, "audience": "Wat er wacht.", "website": OLD}
    sent |= {"links-TOTAL_FORMS": "1", "links-INITIAL_FORMS": "0", "links-0-title": "Meer", "links-0-url": OLD}
    writer = Client()
    writer.force_login(keeper)
    assert writer.post(f"/mijn/paginas/{entry.pk}/", sent).status_code == 302
    submission = Submission.objects.get()
    read = entry.__class__.objects.get(pk=entry.pk).latest_revision_id

    assert replace(editor, moved()).status_code == 302

    live = NetworkPage.objects.get(pk=entry.pk)
    assert (live.website, live.audience, live.has_unpublished_changes) == (NEW, "", True)
    waiting = live.get_latest_revision_as_object()
    assert (waiting.website, waiting.audience, waiting.links.get().url) == (NEW, "Wat er wacht.", NEW)
    submission.refresh_from_db()
    step = submission.state.current_task_state
    assert submission.is_open
    assert step.revision_id == live.latest_revision_id != read
    stale = editor.post(f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": read}, follow=True)
    assert "Er is intussen iets veranderd" in stale.content.decode()
    editor.post(f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": live.latest_revision_id})
    live = NetworkPage.objects.get(pk=entry.pk)
    assert (live.website, live.audience, live.links.get().url) == (NEW, "Wat er wacht.", NEW)
    assert not live.has_unpublished_changes


def test_an_address_that_is_different_by_now_is_not_put_anywhere(editor):
    entry = NetworkPageFactory(website=OLD)
    found = moved()

    editor.post(f"{REPORT}{found.pk}/vervangen/", {"naar": "https://kwaad.example/"})

    assert NetworkPage.objects.get(pk=entry.pk).website == OLD


def test_an_editor_says_that_an_address_is_right_until_a_day(editor):
    found = link(state="stuk")
    assert OLD in read_marks()

    editor.post(f"{REPORT}{found.pk}/klopt/", {"until": localdate() + timedelta(days=30)})

    assert OLD not in read_marks()


@pytest.mark.parametrize("until", ["", "nooit", "2020-01-01", "9999-12-31"])
def test_a_day_that_makes_no_sense_is_explained(editor, until):
    found = link(state="stuk")

    answer = editor.post(f"{REPORT}{found.pk}/klopt/", {"until": until})

    assert answer.status_code == 200
    assert "Kies een dag" in answer.content.decode() or "geen dag" in answer.content.decode()
    assert CheckedLink.objects.get().ignored_until is None


def test_an_editor_lets_a_link_be_looked_at_again(editor):
    found = link(next_check_at=timezone.now() + timedelta(days=7))

    editor.post(f"{REPORT}{found.pk}/nu/")

    assert CheckedLink.objects.get().next_check_at <= timezone.now()


def test_opening_an_address_of_the_radar_changes_nothing(editor):
    found = link(state="stuk")

    assert {editor.get(REPORT + act.format(found.pk)).status_code for act in ACTS} == {405}
