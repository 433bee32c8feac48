"""Under what somebody reads stands what else may interest them."""

import pytest
from django.utils import timezone

from forum_integration.topics import topic_url
from search.models import OutboxRow, StoredDocument
from tests.factories import ArticlePageFactory, NetworkPageFactory, SubjectFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def subject(home):
    return SubjectFactory()


@pytest.fixture
def network(subject):
    return NetworkPageFactory(title="Netwerk Toetsen", subjects=[subject])


@pytest.fixture
def article(subject):
    return ArticlePageFactory(title="Toetsen doe je zo", subjects=[subject])


def titles(page) -> list[str]:
    return [link.text_content() for link in page.xpath('//section[@aria-labelledby="ook-interessant"]//a')]


def test_an_entry_leads_to_other_things_about_the_same_subject(network, article, index, read):
    assert "Toetsen doe je zo" in titles(read(network.url))
    assert "Netwerk Toetsen" in titles(read(article.url))


def test_nothing_leads_to_itself_or_to_what_was_withdrawn(network, article, index, read, committing):
    with committing():
        article.unpublish()

    found = titles(read(network.url))
    assert "Netwerk Toetsen" not in found
    assert "Toetsen doe je zo" not in found


def test_a_topic_leads_to_entries(network, subject, start_topic, index, read, committing):
    with committing():
        topic = start_topic(title="Toetsen, maar hoe?", subjects=[subject])

    assert "Netwerk Toetsen" in titles(read(topic_url(topic)))


def test_what_was_withdrawn_while_the_index_cannot_be_written_is_found_nowhere(network, article, index, client, read):
    StoredDocument.objects.filter(content__title="Toetsen doe je zo").delete()
    OutboxRow.objects.create(document_id=f"artikel-{article.pk}", fallback_at=timezone.now())

    answer = client.get("/api/zoeken/", {"q": "toetsen"}).json()
    suggested = client.get("/zoeken/suggesties/", {"q": "toetsen"}).json()["suggesties"]

    assert (answer["motor"], answer["aantal"]) == ("ingebouwd", 1)
    assert [kind["aantal"] for kind in answer["facetten"]["soort"] if kind["waarde"] == "artikel"] == [0]
    assert [one["titel"] for one in suggested] == ["Netwerk Toetsen"]
    assert "Toetsen doe je zo" not in titles(read(network.url))
