"""The handbooks of editors and representatives: short chapters whose links, pictures and buttons are right."""

import re
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from cms.handbook.chapters import FOLDER, PICTURES, Handbook, chapters
from pages.representing import representatives
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of as signed_in
from tests.search.people import REFUSED, WELCOME, browser_of
from tools.prepare import ROOT

ADDRESS = {Handbook.EDITORS: "/beheer/handboek/", Handbook.REPRESENTATIVES: "/mijn/handboek/"}
ALL = [(handbook, chapter) for handbook in Handbook for chapter in chapters(handbook)]
NAMES = [f"{handbook}/{chapter.slug}" for handbook, chapter in ALL]
LARGEST_PICTURE = 80 * 1024


@pytest.fixture
def readers(home):
    keeper = UserFactory()
    representatives.add(entry=NetworkPageFactory(), user=keeper, by=keeper)
    return {Handbook.EDITORS: browser_of("editor", home), Handbook.REPRESENTATIVES: signed_in(keeper)}


def parts(chapter, path):
    return html.fragment_fromstring(str(chapter.content), create_parent="div").xpath(path)


@pytest.mark.parametrize(("handbook", "chapter"), ALL, ids=NAMES)
def test_every_address_that_a_chapter_names_exists(readers, handbook, chapter):
    for address in parts(chapter, ".//a/@href"):
        assert address.startswith("/"), address
        assert readers[handbook].get(address).status_code == 200, address


@pytest.mark.parametrize(("handbook", "chapter"), ALL, ids=NAMES)
def test_a_chapter_is_one_task_on_one_page(readers, handbook, chapter):
    answer = readers[handbook].get(f"{ADDRESS[handbook]}{chapter.slug}/")

    tree = html.fromstring(answer.content.decode())
    assert answer.status_code == 200
    assert [" ".join(one.text_content().split()) for one in tree.xpath("//main//h1")] == [chapter.title]
    assert len(str(chapter.content).split()) < 400
    following = [other for book, other in ALL if book == handbook]
    following = following[following.index(chapter) + 1 :]
    if following:
        assert f"{ADDRESS[handbook]}{following[0].slug}/" in tree.xpath("//main//a/@href")


@pytest.mark.parametrize("handbook", Handbook)
def test_the_handbook_lists_its_chapters(readers, handbook):
    tree = html.fromstring(readers[handbook].get(ADDRESS[handbook]).content.decode())

    found = tree.xpath(f"//main//ol//a[starts-with(@href, '{ADDRESS[handbook]}')]")
    assert [link.text_content() for link in found] == [chapter.title for chapter in chapters(handbook)]
    assert readers[handbook].get(f"{ADDRESS[handbook]}zomaar/").status_code == 404


def test_every_picture_is_small_says_what_it_shows_and_is_used():
    shown = {}
    for _handbook, chapter in ALL:
        for picture in parts(chapter, ".//img"):
            name = Path(re.sub(r"\.[0-9a-f]{12}(?=\.webp$)", "", picture.get("src"))).name
            shown[name] = picture
            assert len(picture.get("alt").split()) >= 5, name
            with Image.open(PICTURES / name) as image:
                assert (str(image.width), str(image.height)) == (picture.get("width"), picture.get("height"))
            assert (PICTURES / name).stat().st_size < LARGEST_PICTURE, name

    assert {path.name for path in PICTURES.iterdir()} == set(shown)


def test_what_the_handbook_calls_a_button_stands_on_the_site():
    """A name between asterisks is that of a button, a link or a heading; it is somewhere in our own texts."""
    ours = [*(ROOT / "templates").rglob("*.html"), *(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))]
    texts = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in ours)

    for path in FOLDER.rglob("*.md"):
        for name in re.findall(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)", path.read_text(encoding="utf-8")):
            assert " ".join(name.split()) in texts or name in OF_WAGTAIL, (path.name, name)


ROOMS = ("cms", "pages", "forum_integration", "search")
OF_WAGTAIL = {"Publiceren", "Concept opslaan"}


@pytest.mark.parametrize("role", WELCOME)
def test_editors_find_their_handbook_in_the_menu(home, role):
    assert ADDRESS[Handbook.EDITORS] in browser_of(role, home).get("/beheer/").content.decode()


@pytest.mark.parametrize("page", ["/mijn/", "/mijn/paginas/"])
def test_representatives_find_theirs_on_their_own_pages(readers, page):
    assert ADDRESS[Handbook.REPRESENTATIVES] in readers[Handbook.REPRESENTATIVES].get(page).content.decode()


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
def test_nobody_else_reads_the_handbook_of_editors(home, role, status):
    for address in ("", f"{chapters(Handbook.EDITORS)[0].slug}/"):
        assert browser_of(role, home).get(f"/beheer/handboek/{address}").status_code == status


def test_the_handbook_of_representatives_asks_to_sign_in(home):
    answer = browser_of("visitor", home).get("/mijn/handboek/beginnen/")

    assert (answer.status_code, answer.url) == (302, "/account/inloggen/?next=/mijn/handboek/beginnen/")
