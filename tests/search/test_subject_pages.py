"""What the Wegwijzer and the page of a subject count and list, and what they leave out."""

import pytest
from django.template import Context, Template
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from cms.categories import Category
from cms.models import Subject
from pages.models import NetworkIndexPage
from search import shelves
from tests.factories import (
    ArticlePageFactory,
    CardPageFactory,
    NetworkPageFactory,
    ResearchGroupPageFactory,
    SubjectFactory,
)
from tests.search.pages import cells, count_of, entries, lines, names_of_links


@pytest.fixture
def subject(home):
    return SubjectFactory(slug="toetsing", name="Toetsing", tier=Subject.Tier.CORE)


def count(read, category):
    return count_of(cells(read("/onderwerpen/"))[("toetsing", category.value)])


def test_an_entry_counts_once_under_each_of_its_subjects(subject, read):
    NetworkPageFactory(subjects=[subject, SubjectFactory(), SubjectFactory()])

    assert count(read, Category.NETWORKS) == 1


def test_what_a_visitor_may_not_open_is_not_counted_and_not_listed(subject, read, start_topic):
    draft = NetworkPageFactory(subjects=[subject])
    draft.unpublish()
    article = ArticlePageFactory(subjects=[subject])
    PageViewRestriction.objects.create(page=article, restriction_type=PageViewRestriction.LOGIN)
    topic = start_topic(subjects=[subject])
    type(topic).objects.filter(pk=topic.pk).update(approved=False)

    assert {count_of(cell) for cell in cells(read("/onderwerpen/")).values()} == {0}
    page = read("/onderwerpen/toetsing/")
    assert [*entries(page), *lines(page)] == []
    assert "Deze deur is nog leeg" in page.text_content()


def test_a_closed_category_closes_what_stands_below_it(subject, read):
    NetworkPageFactory(subjects=[subject])
    assert count(read, Category.NETWORKS) == 1

    PageViewRestriction.objects.create(page=NetworkIndexPage.objects.get(), restriction_type=PageViewRestriction.LOGIN)

    assert count(read, Category.NETWORKS) == 0


def test_an_entry_that_ended_is_not_counted(subject, read):
    NetworkPageFactory(subjects=[subject], ended_on=localdate(), ended_as="opgeheven")

    assert count(read, Category.NETWORKS) == 0


def test_the_overview_shows_the_first_of_a_long_shelf_and_leads_to_all(subject, read):
    for _ in range(shelves.FIRST_FEW + 1):
        NetworkPageFactory(subjects=[subject])

    page = read("/onderwerpen/toetsing/")

    assert len(entries(page)) == shelves.FIRST_FEW
    assert f"Alle {shelves.FIRST_FEW + 1} netwerken over Toetsing" in names_of_links(page)
    assert len(entries(read("/onderwerpen/toetsing/?categorie=netwerken"))) == shelves.FIRST_FEW + 1


def test_a_hundred_stand_on_a_page_and_the_rest_on_the_next(subject, read, client, monkeypatch):
    monkeypatch.setattr(shelves, "PAGE_SIZE", 2)
    for _ in range(3):
        CardPageFactory(subjects=[subject])
        ResearchGroupPageFactory(subjects=[subject])

    for category, listed in (("kennis", lines), ("onderzoeksgroepen", entries)):
        address = f"/onderwerpen/toetsing/?categorie={category}"
        first, second = listed(read(address)), listed(read(f"{address}&pagina=2"))
        assert (len(first), len(second)) == (2, 1)
        assert not set(first) & set(second)
        assert client.get(f"{address}&pagina=3").status_code == 404


@pytest.mark.parametrize("number", ["abc", "0", "-1", "999999", str(2**63), "٣"])
def test_a_page_of_a_subject_that_does_not_exist_is_a_404(subject, client, number):
    NetworkPageFactory(subjects=[subject])

    assert client.get(f"/onderwerpen/toetsing/?categorie=netwerken&pagina={number}").status_code == 404


def test_a_subject_that_does_not_exist_is_a_404_and_an_unknown_category_is_empty(subject, client, read):
    assert client.get("/onderwerpen/bestaat-niet/").status_code == 404
    NetworkPageFactory(subjects=[subject])

    page = read("/onderwerpen/toetsing/?categorie=bestaat-niet")

    assert entries(page) == []


def test_the_home_page_can_show_the_core_subjects_by_door(subject, home):
    SubjectFactory(tier=Subject.Tier.DEEPENING)
    NetworkPageFactory(subjects=[subject])
    ArticlePageFactory(subjects=[subject])

    drawn = Template(
        "{% load wegwijzer %}{% wegwijzer_summary as rows %}"
        "{% for row in rows %}{{ row.subject }}:"
        "{% for cell in row.cells %} {{ cell.category }}={{ cell.count }}{% endfor %}{% endfor %}"
    ).render(Context())

    assert drawn == ("Toetsing: forum=0 netwerken=1 regionale-samenwerkingsverbanden=0 onderzoeksgroepen=0")


def test_a_subject_leads_to_its_unanswered_questions_and_its_feed(subject, read):
    page = read("/onderwerpen/toetsing/")

    assert page.xpath('//main//a[@href="/forum/onbeantwoord/?onderwerp=toetsing"]')
    [feed] = page.xpath('//link[@type="application/atom+xml"]')
    assert (feed.get("href"), feed.get("title")) == (
        "/forum/onderwerp/toetsing/feed/",
        "Nieuwe gesprekken over Toetsing",
    )
