from lxml import html
from wagtail.models import PageViewRestriction

from pages.models import EntryPerson
from tests.factories import NetworkPageFactory, ResearchGroupPageFactory


def listed(client):
    """Names with the lines below them, in the order of the page."""
    response = client.get("/mensen/")
    assert response.status_code == 200
    items = html.fromstring(response.content).xpath("//main//li[.//h2]")
    return [
        (item.findtext(".//h2"), [" ".join(line.text_content().split()) for line in item.xpath(".//p")])
        for item in items
    ]


def test_people_stand_by_surname_with_role_and_entry(home, client):
    ResearchGroupPageFactory(
        title="Lectoraat Leren",
        slug="leren",
        people=[EntryPerson(name="Zoë van den Aker", title="dr.", role="lector"), EntryPerson(name="Anna Élan")],
    )
    NetworkPageFactory(title="Netwerk Doen", people=[EntryPerson(name="Bob Dijk", role="trekker")])

    assert listed(client) == [
        ("dr. Zoë van den Aker", ["Lector · Lectoraat Leren"]),
        ("Bob Dijk", ["Trekker · Netwerk Doen"]),
        ("Anna Élan", ["Lectoraat Leren"]),
    ]
    assert 'href="/onderzoeksgroepen/leren/">Lectoraat Leren</a>' in client.get("/mensen/").content.decode()


def test_someone_whom_two_entries_name_stands_once(home, client):
    ResearchGroupPageFactory(title="Lectoraat", people=[EntryPerson(name="Bo Bos", title="prof. dr.", role="lector")])
    NetworkPageFactory(title="Een netwerk", people=[EntryPerson(name="Bo Bos")])

    assert listed(client) == [("prof. dr. Bo Bos", ["Een netwerk", "Lector · Lectoraat"])]


def test_people_of_what_a_visitor_may_not_open_or_has_ended_are_not_named(home, client):
    NetworkPageFactory(people=[EntryPerson(name="Van een concept")], live=False)
    NetworkPageFactory(people=[EntryPerson(name="Van vroeger")], ended_on="2020-01-01", ended_as="opgeheven")
    closed = NetworkPageFactory(people=[EntryPerson(name="Achter een deur")])
    assert [name for name, _roles in listed(client)] == ["Achter een deur"]

    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert listed(client) == []
    assert "Nog niemand genoemd" in client.get("/mensen/").content.decode()


def test_a_person_leaves_with_the_entry(home, client):
    entry = NetworkPageFactory(people=[EntryPerson(name="Bo Bos")])
    assert len(listed(client)) == 1

    entry.unpublish()

    assert listed(client) == []


def test_the_people_are_a_step_away_on_every_page_and_only_read(home, client):
    assert '<a href="/mensen/">Mensen</a>' in client.get("/").content.decode()
    assert client.post("/mensen/").status_code == 405


def test_the_page_is_accessible(demo_site, page, axe):
    page.goto(demo_site.url + "/mensen/")
    assert page.locator("main li").count() > 10
    axe(page)

    page.goto(demo_site.url + "/agenda/")
    axe(page)
