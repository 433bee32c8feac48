"""The Wegwijzer and the pages of subjects over the demo content: from subject to category and back."""

import pytest

from cms.categories import Category
from cms.models import Subject
from tests.search.pages import cells, count_of, entries, lines, names_of_links

pytestmark = pytest.mark.usefixtures("demo_content")


def test_every_cell_opens_exactly_what_it_shows(read):
    shown = cells(read("/onderwerpen/"))
    assert len(shown) == 25 * len(Category)

    for (subject, category), cell in shown.items():
        address = f"/onderwerpen/{subject}/?categorie={category}"
        if count_of(cell):
            assert cell.xpath(".//a/@href") == [address]
            page = read(address)
            found = [*entries(page), *lines(page)]
            assert len(found) == len(set(found)) == count_of(cell), address
        else:
            assert cell.xpath(".//a") == []
            assert cell.text_content().strip() == "geen"


def test_a_category_under_a_subject_lists_what_the_subject_lists_under_the_category(read):
    doors = (Category.NETWORKS, Category.PARTNERSHIPS, Category.RESEARCH_GROUPS)

    for subject in Subject.objects.all():
        for category in doors:
            by_category = entries(read(f"/{category.value}/?onderwerp={subject.slug}"))
            by_subject = entries(read(f"/onderwerpen/{subject.slug}/?categorie={category.value}"))
            assert by_category == by_subject
            assert len(set(by_subject)) == len(by_subject)


def test_search_under_a_subject_and_a_category_finds_what_the_cell_counts(client, read):
    for (subject, category), cell in cells(read("/onderwerpen/")).items():
        found = client.get(f"/api/zoeken/?onderwerp={subject}&categorie={category}").json()
        assert found["aantal"] == count_of(cell)


def test_the_core_subjects_stand_first_and_every_cell_is_named_in_full(read):
    page = read("/onderwerpen/")

    [table] = page.xpath("//table")
    assert table.xpath("./caption")
    assert len(table.xpath(".//th[@scope='col']")) == 1 + len(Category)
    subjects = table.xpath(".//th[@scope='row']/a/@href")
    core = [subject.get_absolute_url() for subject in Subject.objects.filter(tier=Subject.Tier.CORE)]
    assert subjects[:8] == core
    cell = cells(page)[("leerwegonafhankelijke-toetsing", "netwerken")]
    assert names_of_links(cell) == [f"{count_of(cell)} netwerken over Leerwegonafhankelijke toetsing"]


def test_on_a_narrow_screen_a_list_shows_the_core_subjects_with_what_there_is(read):
    [narrow] = read("/onderwerpen/").xpath("//*[@class='wegwijzer__list']")

    in_sight = narrow.xpath("./section")
    assert len(in_sight) == 8
    assert not any(name.startswith("0 ") for name in names_of_links(narrow))
    [more] = narrow.xpath("./details")
    assert more.xpath("./summary")[0].text_content() == "Toon alle onderwerpen"
    assert len(more.xpath("./section")) == 25 - 8


def test_a_subject_page_tells_what_it_is_about_and_leads_to_search(read):
    page = read("/onderwerpen/leerwegonafhankelijke-toetsing/")

    text = page.text_content()
    assert page.xpath("//h1")[0].text_content().replace("\u00ad", "") == "Leerwegonafhankelijke toetsing"
    assert "Vaststellen of een student een leeruitkomst beheerst" in text
    assert "LWOT" in text
    assert "leerwegafhankelijke toetsing" not in text
    assert "/zoeken/?onderwerp=leerwegonafhankelijke-toetsing" in page.xpath("//a/@href")


def test_a_subject_without_a_category_shows_research_groups_and_conversations_too(read):
    page = read("/onderwerpen/leerwegonafhankelijke-toetsing/")

    kinds = set(page.xpath("//li/@data-resultaat"))
    categories = page.xpath("//section/@data-category")
    assert categories == [category for category in Category.values if category in categories]
    assert {"netwerken", "onderzoeksgroepen", "forum", "kennis"} <= set(categories)
    assert "forumonderwerp" in kinds
