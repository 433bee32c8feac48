"""Writing an answer in a real browser: marks by toolbar and keys, a preview, a quoted passage."""

import pytest

from tests.end_to_end.signing_in import sign_in


@pytest.fixture
def open_topic(site, new_context):
    """The newest topic on the forum's page, as a signed-in member sees it."""

    def open_topic(**options):
        page = new_context(**options).new_page()
        page.goto(site.url + "/account/inloggen/?next=/forum/")
        sign_in(page, "lid")
        page.locator("main .topic-item a").first.click()
        page.get_by_label("Je bericht").wait_for()
        return page

    return open_topic


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


def test_words_are_marked_by_toolbar_and_by_keys(open_topic):
    page = open_topic()
    field = page.get_by_label("Je bericht")
    field.fill("heel goed")
    field.evaluate("field => field.setSelectionRange(5, 9)")

    field.press("Control+b")
    assert field.input_value() == "heel **goed**"
    field.press("Control+z")
    assert field.input_value() == "heel goed"

    field.fill("een\ntwee")
    field.evaluate("field => field.setSelectionRange(0, 8)")
    page.get_by_role("button", name="Genummerd").click()
    assert field.input_value() == "1. een\n2. twee"


def test_the_toolbar_is_one_stop_of_the_tab_key_and_the_field_lets_go(open_topic):
    page = open_topic()
    page.get_by_role("toolbar", name="Opmaak").get_by_role("button", name="Vet").focus()

    page.keyboard.press("ArrowRight")
    assert focused(page) == "Cursief"
    page.keyboard.press("End")
    assert focused(page) == "Citaat"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Vet"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Tab")
    assert focused(page) == "id_text"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Citaat"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert focused(page) != "id_text"


def test_a_preview_keeps_the_page_with_its_chosen_files(open_topic, axe):
    page = open_topic()
    address = page.url
    page.get_by_label("Je bericht").fill("Dit is **heel** handig.")
    page.get_by_label("Bijlagen").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})

    page.get_by_role("button", name="Bekijk eerst").click()
    shown = page.get_by_role("region", name="Zo komt het eruit te zien")
    shown.wait_for()

    assert shown.locator("strong").inner_text() == "heel"
    assert page.evaluate("document.activeElement.id") == "zo-wordt-het"
    assert page.url == address
    assert page.get_by_label("Bijlagen").evaluate("field => field.files.length") == 1
    axe(page)


def test_a_preview_without_scripts_keeps_all_but_the_files_and_says_so(open_topic):
    page = open_topic(java_script_enabled=False)
    assert page.get_by_role("toolbar").count() == 0
    page.get_by_label("Je bericht").fill("Dit is **heel** handig.")
    page.get_by_label("Bijlagen").set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"})

    page.get_by_role("button", name="Bekijk eerst").click()

    assert page.locator("#zo-wordt-het strong").inner_text() == "heel"
    assert page.get_by_label("Je bericht").input_value() == "Dit is **heel** handig."
    assert page.get_by_text("Kies deze bijlagen opnieuw: a.txt").is_visible()


def test_the_selected_passage_is_quoted_with_a_link_to_its_post(open_topic):
    page = open_topic()
    field = page.get_by_label("Je bericht")
    field.fill("Eerst dit.")
    opening = page.locator(".post").first
    opening.locator(".prose p").first.evaluate(
        "p => getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 12)"
    )
    passage = page.evaluate("getSelection().toString()").strip()

    opening.get_by_role("link", name="Citeer").click()

    number = opening.get_attribute("id").removeprefix("bericht-")
    before, line, quoted, *_ = field.input_value().split("\n\n")
    assert before == "Eerst dit."
    assert line.endswith(f" schreef](/forum/bericht/{number}/):")
    assert quoted == f"> {passage}"
    assert page.evaluate("document.activeElement.id") == "id_text"


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_form_fits_and_is_accessible(open_topic, axe, width, look):
    page = open_topic(viewport={"width": width, "height": 900}, color_scheme=look)
    page.get_by_role("toolbar").wait_for()

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
