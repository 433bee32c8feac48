"""Pages that are not for everybody leave no trace: every state of a page against every surface.

A network, a source and an activity are brought into a state in which somebody may not read them, after all surfaces
were looked at while they were public, so that no cache can stay behind. What those surfaces show then is what they
showed before the page was there: no title, no word of it, no name, no count.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from cms.models import PlatformDocument
from pages.models import ActivityPage, EntryPerson, Logo, NetworkPage, ResourcePage
from search import indexing
from tests.factories import (
    ActivityPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    ResourcePageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.pages.browsing import browser_of

TITLE, WORD, PERSON, SLUG = "Kring Kwartelproef", "patrijsbegeleiding", "Kwartelina de Zeldzame", "kring-verborgen"
TRACES = [TITLE, WORD, PERSON, SLUG]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
SOON = localdate() + timedelta(days=30)

SURFACES = {
    "home": "/",
    "networks": "/netwerken/",
    "networks about the subject": "/netwerken/?onderwerp=kwartels",
    "agenda": "/agenda/",
    "sources": "/bronnen/",
    "people": "/mensen/",
    "organisations": "/organisaties/",
    "organisation": "/organisaties/kwartelhuis/",
    "wegwijzer": "/onderwerpen/",
    "subject": "/onderwerpen/kwartels/",
    "subject, one category": "/onderwerpen/kwartels/?categorie=netwerken",
    "calendar": "/agenda.ics",
    "feed": "/netwerken/feed/",
    "sitemap": "/sitemap.xml",
    "a like page": "/netwerken/buurman/",
    "its source": "/bronnen/bron-van-de-buurman/",
    "its activity": "/agenda/dag-van-de-buurman/",
    "search by title": "/zoeken/?q=kwartelproef",
    "search by a word of the text": "/zoeken/?q=patrijsbegeleiding",
    "search by a person": "/zoeken/?q=Kwartelina",
    "search, narrowed": "/zoeken/?q=opleiders&onderwerp=kwartels",
    "search, by newest": "/zoeken/?q=opleiders&sorteer=nieuwste",
    "search, by title": "/zoeken/?q=opleiders&sorteer=titel",
    "search, also what ended": "/zoeken/?q=kwartelproef&status=alle",
    "search with a misspelling": "/zoeken/?q=kwartelprof",
    "search with signs": "/zoeken/?q=title:kwartel*",
    "suggestions": "/zoeken/suggesties/?q=kwartel",
    "api": "/api/zoeken/?q=kwartelproef",
    "api, all": "/api/zoeken/?q=opleiders",
    "while asking": "/zoeken/bij-je-vraag/?titel=kwartelproef+patrijsbegeleiding",
    "forum": "/forum/",
}
SHOWN_WHEN_PUBLIC = {
    "network": {
        *("networks", "networks about the subject", "people", "organisation", "subject", "subject, one category"),
        *(
            "feed",
            "sitemap",
            "a like page",
            "its activity",
            "its source",
            "search by title",
            "search by a word of the text",
        ),
        *("search, narrowed", "search, by newest", "search, by title", "search, also what ended", "suggestions"),
        *("api", "api, all"),
    },
    "activity": {"agenda", "calendar", "sitemap", "subject", "search by title", "suggestions", "api", "organisation"},
    "resource": {"sources", "sitemap", "subject", "search by title", "suggestions", "api", "organisation"},
}


@dataclass
class Site:
    """What stands around the page, and what every surface showed before it came."""

    subject: Any
    organisation: Any
    neighbour: NetworkPage
    activity: ActivityPage
    source: ResourcePage
    before: dict[str, str] = field(default_factory=dict)

    def seen(self, person=None):
        indexing.drain()
        browser = browser_of(person)
        return {name: look(browser, address) for name, address in SURFACES.items()}


def plain(answer):
    """What an answer says, without what differs every time."""
    text = answer.content.decode()
    return f"{answer.status_code} " + re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|DTSTAMP:\w+', "", text)


def look(browser, address):
    """A surface without the question that it repeats."""
    asked = address.partition("=")[2].partition("&")[0]
    text = plain(browser.get(address))
    return text.replace(asked, "").replace(asked.replace("+", " "), "") if asked else text


def parts(text):
    """What it is made of; which of two equals comes first is nobody's secret."""
    return sorted(text.split("<"))


@pytest.fixture
def site(home, index):
    subject = SubjectFactory(name="Kwartels", slug="kwartels")
    organisation = OrganisationFactory(name="Kwartelhuis", slug="kwartelhuis")
    was = {"first_published_at": FIRST, "last_published_at": FIRST}
    neighbour = NetworkPageFactory(title="Buurman", slug="buurman", subjects=[subject], **was)
    activity = ActivityPageFactory(title="Dag van de buurman", slug="dag-van-de-buurman", starts_on=SOON)
    source = ResourcePageFactory(title="Bron van de buurman", slug="bron-van-de-buurman")
    site = Site(subject, organisation, neighbour, activity, source)
    site.before = site.seen()
    return site


def make_network(site, **more):
    about = {"organisation": site.organisation, "subjects": [site.subject], "blurb": f"Voor opleiders. {WORD}."}
    made = NetworkPageFactory(title=TITLE, slug=SLUG, **about | more)
    EntryPerson.objects.create(entry=made, name=PERSON)
    for page, name in ((site.activity, "organiser_entry"), (site.source, "provider_entry")):
        setattr(page, name, made)
        page.save()
    site.source.related = made.page_ptr
    site.source.save()
    site.neighbour.intended_successor = made
    site.neighbour.save()
    made = NetworkPage.objects.get(pk=made.pk)
    made.save_revision()
    return made


def make_activity(site, **more):
    about = {"organiser": site.organisation, "subjects": [site.subject], "description": WORD, "starts_on": SOON}
    return ActivityPageFactory(title=TITLE, slug=SLUG, **about | more)


def make_resource(site, **more):
    about = {"organisation": site.organisation, "subjects": [site.subject], "description": WORD}
    return ResourcePageFactory(title=TITLE, slug=SLUG, **about | more)


MAKE = {"network": make_network, "activity": make_activity, "resource": make_resource}


def in_database(page):
    return Page.objects.get(pk=page.pk).specific


def unpublish(page):
    in_database(page).unpublish()


def schedule(page):
    unpublish(page)
    page = in_database(page)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    page.save()
    call_command("publish_scheduled")


def expire(page):
    page = in_database(page)
    page.expire_at = timezone.now() - timedelta(minutes=1)
    page.save()
    call_command("publish_scheduled")


def close_to_visitors(page):
    PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.LOGIN)


def close_to_members(page):
    closed = PageViewRestriction.objects.create(page=page.page_ptr, restriction_type=PageViewRestriction.GROUPS)
    closed.groups.add(Group.objects.create(name="Anderen"))


HIDE = {"unpublished": unpublish, "scheduled": schedule, "expired": expire, "members only": close_to_visitors}
HIDE |= {"a group only": close_to_members}


def traces(seen):
    return {name: [trace for trace in TRACES if trace in text] for name, text in seen.items()}


def anything(seen):
    return {name: found for name, found in traces(seen).items() if found}


@pytest.mark.parametrize("kind", MAKE)
def test_what_is_public_is_found_on_each_surface_that_is_for_it(site, kind):
    MAKE[kind](site)

    shown = {name for name, found in traces(site.seen()).items() if found}

    assert SHOWN_WHEN_PUBLIC[kind] <= shown


@pytest.mark.parametrize("state", HIDE)
@pytest.mark.parametrize("kind", MAKE)
def test_what_was_public_and_no_longer_is_leaves_no_trace_nor_a_count(site, kind, state):
    page = MAKE[kind](site)
    assert anything(site.seen())

    HIDE[state](page)
    seen = site.seen()

    assert not anything(seen)
    for name, text in seen.items():
        assert parts(text) == parts(site.before[name]), name


@pytest.mark.parametrize("kind", MAKE)
def test_a_draft_that_was_never_public_leaves_no_trace_nor_a_count(site, kind):
    page = MAKE[kind](site, live=False)
    page.save_revision()
    seen = site.seen()

    assert not anything(seen)
    for name, text in seen.items():
        assert parts(text) == parts(site.before[name]), name
    assert browser_of().get(page.url).status_code == 404


@pytest.mark.parametrize("state", ["a group only"])
@pytest.mark.parametrize("kind", MAKE)
def test_a_member_finds_nothing_of_what_is_for_a_group(site, kind, state):
    page = MAKE[kind](site)
    site.seen(UserFactory())
    HIDE[state](page)

    assert not anything(site.seen(UserFactory()))
    assert browser_of(UserFactory()).get(page.url).status_code == 403


@pytest.mark.parametrize("who", ["visitor", "member", "feeds for a member"])
def test_of_what_is_below_a_closed_page_there_is_no_trace(site, who):
    page = make_network(site)
    site.seen()
    parent = page.get_parent()
    close_to_members(parent.specific) if who != "visitor" else close_to_visitors(parent.specific)

    seen = site.seen(None if who == "visitor" else UserFactory())

    assert not anything(seen)


@pytest.mark.parametrize("changed", ["title", "blurb", "how_to_join", "people", "logo"])
def test_a_change_that_nobody_approved_is_nowhere(site, changed):
    page = make_network(site, blurb="Voor opleiders.")
    NetworkPage.objects.filter(pk=page.pk).update(title="Kring Oud")
    EntryPerson.objects.all().delete()
    page = in_database(page)
    page.slug, page.draft_title = "kring-oud", "Kring Oud"
    page.save()
    page.save_revision().publish()
    before = site.seen()
    draft = in_database(page)
    if changed == "people":
        draft.people = [EntryPerson(name=PERSON)]
    elif changed == "logo":
        draft.logo = Logo.objects.create(entry=page, file=get_test_image_file(), alt=WORD)
    else:
        setattr(draft, changed, f"{TITLE} {WORD}"[:200])
    draft.save_revision()
    seen = site.seen()

    assert not anything(seen)
    for name, text in seen.items():
        assert parts(text) == parts(before[name]), name
    own = browser_of().get(page.url).content.decode()
    assert not [trace for trace in TRACES if trace in own]


@pytest.mark.parametrize("state", ["unpublished", "scheduled", "expired"])
@pytest.mark.parametrize("kind", MAKE)
def test_no_way_to_write_its_address_tells_of_it_apart_from_one_that_never_was(site, kind, state):
    page = MAKE[kind](site)
    HIDE[state](page)
    shelf = page.url.removesuffix(f"{SLUG}/")

    for address, never in (
        (f"{shelf}{SLUG}/", f"{shelf}nooit-geweest/"),
        (f"{shelf}{SLUG.upper()}/", f"{shelf}NOOIT-GEWEEST/"),
        (f"{shelf}{page.pk}/", f"{shelf}999999/"),
        (f"/{page.pk}/", "/999999/"),
    ):
        found, other = browser_of().get(address), browser_of().get(never)
        assert found.status_code == 404, address
        assert plain(found).replace(address, "") == plain(other).replace(never, ""), address
    unslashed = browser_of().get(f"{shelf}{SLUG}", follow=True)
    assert unslashed.status_code == 404
    for part in ("oembed", "amp", "feed", "print"):
        assert browser_of().get(f"{shelf}{SLUG}/{part}/").status_code == 404


@pytest.mark.parametrize("state", ["unpublished", "scheduled", "expired", "members only", "a group only"])
def test_what_a_member_does_with_an_entry_tells_nothing_of_one_that_is_hidden(site, state):
    page = make_network(site)
    HIDE[state](page)
    browser = browser_of(UserFactory())

    if state == "members only":
        assert browser.get(page.url).status_code == 200
        return
    for path in ("", "aanvragen/", "voorbeeld/", "geschiedenis/", "logo/", "activiteiten/", "stoppen/"):
        answer = browser.get(f"/mijn/paginas/{page.pk}/{path}")
        assert plain(answer) == plain(browser.get(f"/mijn/paginas/999999/{path}")), path
    assert not [trace for trace in TRACES if trace in browser.get("/mijn/paginas/").content.decode()]


@pytest.mark.parametrize("restriction", [CollectionViewRestriction.LOGIN, CollectionViewRestriction.GROUPS])
def test_a_document_in_a_closed_collection_is_handed_to_nobody_else(site, restriction):
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    document = PlatformDocument.objects.create(
        title=TITLE, file=ContentFile(WORD.encode(), f"{SLUG}.txt"), collection=closed
    )
    assert browser_of().get(document.url).status_code == 200
    CollectionViewRestriction.objects.create(collection=closed, restriction_type=restriction)

    people = [None] if restriction == CollectionViewRestriction.LOGIN else [None, UserFactory()]
    for person in people:
        for address in (document.url, f"/media/documents/{SLUG}.txt", f"/media/{document.file.name}"):
            answer = browser_of(person).get(address)
            assert answer.status_code in ({403, 404} if person else {302, 404}), address
            assert WORD.encode() not in b"".join(getattr(answer, "streaming_content", [])) + getattr(
                answer, "content", b""
            )
    assert not anything(site.seen())
