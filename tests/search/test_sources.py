"""What can be found, and by which words: from the things in the database to search documents."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from machina.apps.forum_permission.models import UserForumPermission
from wagtail.models import PageViewRestriction

from cms.models import SubjectTerm
from forum_integration.rights import ForumRights
from forum_integration.services import writing
from pages.models import EntryName, EntryPerson, NetworkIndexPage, NetworkPage
from search import checks, reader, sources
from search.documents import Status, document_id
from search.sources import BY_MODEL
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    CardPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    RegionFactory,
    ResearchGroupPageFactory,
    ResourcePageFactory,
    SectorFactory,
    StandardPageFactory,
    SubjectFactory,
    UserFactory,
)

YESTERDAY = localdate() - timedelta(days=1)


def id_of(thing):
    return document_id(BY_MODEL[type(thing)].kind, thing.pk)


def document_of(thing):
    [document] = reader.read([id_of(thing)]).documents
    return document


def close_to_visitors(page):
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def end(entry, *successors):
    entry.ended_on, entry.ended_as = YESTERDAY, "opgegaan"
    for successor in successors:
        entry.successions.create(successor=successor)
    entry.save()


def test_an_entry_is_found_by_its_names_its_people_and_its_institution(home):
    college = OrganisationFactory(name="Hogeschool Utrecht", abbreviation="HU")
    group = ResearchGroupPageFactory(title="Toetsen en Beoordelen", abbreviation="T&B", organisation=college)
    group.names = [EntryName(name="Lectoraat Toetsing", is_former=True)]
    group.people = [EntryPerson(title="dr.", name="Anna Jansen", role="Lector")]
    group.save()

    document = document_of(group)

    assert document.names == ("T&B", "Lectoraat Toetsing")
    assert document.people == ("dr. Anna Jansen",)
    assert document.organisations == ("Hogeschool Utrecht", "HU")
    assert {"Onderzoeksgroep", "Lectoraat", "Lector"} <= set(document.labels)
    assert document.url == f"/onderzoeksgroepen/{group.slug}/"


def test_an_entry_carries_the_labels_that_it_was_given_and_no_umbrella(home):
    higher_education = SectorFactory(slug="ho")
    college = SectorFactory(slug="hbo", part_of=higher_education)
    network = NetworkPageFactory(
        subjects=[SubjectFactory(slug="toetsing"), SubjectFactory(slug="blended-learning")],
        sectors=[college],
        regions=[RegionFactory(slug="utrecht")],
    )

    document = document_of(network)

    assert set(document.subjects) == {"toetsing", "blended-learning"}
    assert document.sectors == ("hbo",)
    assert document.regions == ("utrecht",)
    assert (document.category, document.kind) == ("netwerken", "netwerk")


def test_the_words_of_an_article_are_found_and_its_markup_is_not(home):
    article = ArticlePageFactory(
        body=[("heading", "Wat is toetsing?"), ("text", "<p>Een <b>toets</b> op maat</p>"), ("quote", {"quote": "Zo!"})]
    )

    body = document_of(article).body

    assert "Wat is toetsing?" in body
    assert "Een toets op maat" in body
    assert "Zo!" in body
    assert "<" not in body


def test_a_note_for_editors_is_never_found(home):
    network = NetworkPageFactory(editor_note="Niet publiceren zolang de penningmeester twijfelt")

    assert "penningmeester" not in str(document_of(network).as_dict())


@pytest.mark.parametrize(
    "factory",
    [
        NetworkPageFactory,
        PartnershipPageFactory,
        ResearchGroupPageFactory,
        ResourcePageFactory,
        ArticlePageFactory,
        CardPageFactory,
        ActivityPageFactory,
        StandardPageFactory,
    ],
)
def test_every_kind_of_page_is_found_while_it_is_published_and_open(home, factory):
    page = factory()
    assert id_of(page) in reader.visible_ids()

    restriction = close_to_visitors(page)
    assert id_of(page) not in reader.visible_ids()
    restriction.delete()

    page.unpublish()
    assert id_of(page) not in reader.visible_ids()
    assert not reader.read([id_of(page)]).documents


def test_what_stands_below_a_closed_page_is_not_found(home):
    network = NetworkPageFactory()

    close_to_visitors(NetworkIndexPage.objects.get())

    assert id_of(network) not in reader.visible_ids()


def test_an_organisation_that_is_not_on_the_site_is_not_found(home):
    public, hidden = OrganisationFactory(), OrganisationFactory(is_public=False)

    assert id_of(public) in reader.visible_ids()
    assert id_of(hidden) not in reader.visible_ids()


def test_a_subject_is_found_by_words_that_mean_it_and_knows_those_that_do_not(home):
    subject = SubjectFactory(slug="toetsing", name="Leerwegonafhankelijke toetsing")
    SubjectTerm.objects.create(subject=subject, term="LWOT")
    SubjectTerm.objects.create(subject=subject, term="leerwegafhankelijk", meaning=SubjectTerm.Meaning.OTHER)

    document = document_of(subject)

    assert document.names == ("LWOT",)
    assert document.excluded_terms == ("leerwegafhankelijk",)
    assert document.subjects == ("toetsing",)
    assert document.url == "/onderwerpen/toetsing/"


def test_a_successor_is_found_by_the_names_of_all_that_it_continues(home):
    living, merged, first = (PartnershipPageFactory(title=title) for title in ("Regio Noord", "Alliantie", "Kring"))
    end(merged, living)
    end(first, merged)

    assert set(document_of(living).predecessor_names) == {"Alliantie", "Kring"}
    assert document_of(merged).status == Status.ENDED
    assert document_of(living).status == Status.ACTIVE


def test_a_successor_does_not_betray_a_predecessor_that_nobody_may_open(home):
    living, hidden = PartnershipPageFactory(), PartnershipPageFactory(title="Geheime alliantie")
    end(hidden, living)
    close_to_visitors(hidden)

    assert document_of(living).predecessor_names == ()


def test_a_resource_does_not_betray_a_provider_that_nobody_may_open(home):
    provider = NetworkPageFactory(title="Besloten netwerk")
    resource = ResourcePageFactory(provider_entry=provider)
    assert document_of(resource).organisations == ("Besloten netwerk",)

    close_to_visitors(provider)

    assert document_of(resource).organisations == ()


def test_a_topic_is_found_by_its_title_its_text_and_its_replies(start_topic):
    subject = SubjectFactory(slug="toetsing")
    topic = start_topic("Hoe toets je **flexibel**?", "Met *portfolio*?", subjects=[subject])
    writing.reply(topic=topic, by=start_topic.by, text="Wij doen het mondeling.")

    document = document_of(topic)

    assert document.title == "Hoe toets je **flexibel**?"
    assert document.summary == "Met portfolio?"
    assert document.body == "Wij doen het mondeling."
    assert document.subjects == ("toetsing",)
    assert document.people == ("Tessa de Vrager",)
    assert (document.category, document.kind) == ("forum", "forumonderwerp")


def test_a_reply_that_waits_is_not_found(start_topic):
    topic = start_topic()
    newcomer = ForumRights(UserFactory())

    writing.reply(topic=topic, by=newcomer, text="Koop nu goedkope horloges")

    assert "horloges" not in str(document_of(topic).as_dict())


def test_a_topic_that_waits_is_not_found(forums):
    topic = writing.start_topic(
        forum=forums["vragen"], by=ForumRights(UserFactory()), title="Mag dit?", text="Ik ben nieuw."
    )

    assert id_of(topic) not in reader.visible_ids()


def test_a_topic_in_a_forum_that_is_closed_to_visitors_is_not_found(start_topic):
    topic = start_topic()
    assert id_of(topic) in reader.visible_ids()

    UserForumPermission.objects.filter(anonymous_user=True).delete()

    assert id_of(topic) not in reader.visible_ids()


def test_reading_many_things_costs_as_many_queries_as_reading_a_few(start_topic):
    def make(number):
        for _ in range(number):
            labels = {"subjects": [SubjectFactory()]}
            NetworkPageFactory(organisation=OrganisationFactory(), **labels)
            ResourcePageFactory(organisation=OrganisationFactory(), provider_entry=NetworkPageFactory(), **labels)
            ArticlePageFactory(**labels)
            start_topic(subjects=labels["subjects"])

    def count():
        with CaptureQueriesContext(connection) as captured:
            reader.read(reader.visible_ids())
        return len(captured)

    make(2)
    few = count()
    make(10)

    assert count() == few


def test_a_thing_that_cannot_be_read_does_not_keep_the_others_from_being_found(home, monkeypatch):
    broken, sound = NetworkPageFactory(title="Kapot"), NetworkPageFactory(title="Heel")
    monkeypatch.setattr(NetworkPage, "get_kind_display", lambda self: 1 / 0 if self.title == "Kapot" else "Netwerk")

    reading = reader.read([id_of(broken), id_of(sound)])

    assert [document.title for document in reading.documents] == ["Heel"]
    assert list(reading.errors) == [id_of(broken)]


def test_a_page_type_without_a_source_fails_the_checks(monkeypatch):
    assert not list(checks.check_sources(None))

    monkeypatch.delitem(sources.BY_MODEL, NetworkPage)

    assert [error.id for error in checks.check_sources(None)] == ["search.E001"]
