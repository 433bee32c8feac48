"""What the eye and the keyboard meet: every look and width, large text, the switch, suggestions, print."""

import pytest

WIDTHS = [320, 768, 1440]
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark", "reduced_motion": "reduce"},
    "forced colours": {"forced_colors": "active"},
}
PAGES = [
    *("/", "/netwerken/", "/onderzoeksgroepen/?sector=hbo", "/onderwerpen/", "/bronnen/", "/agenda/", "/over/"),
    *("/zoeken/?q=toetsen", "/forum/", "/netwerken/netwerk-toetsbekwaamheid/", "/account/registreren/"),
]
PAPER = {"licht": "rgb(251, 248, 242)", "donker": "rgb(20, 22, 31)"}


def overflow(page) -> int:
    """How many pixels a page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
def test_every_component_is_accessible_in_every_look_and_width(demo_site, new_context, axe, look, width):
    page = new_context(viewport={"width": width, "height": 900}, bypass_csp=True, **LOOKS[look]).new_page()

    page.goto(demo_site.url + "/stijlgids/")

    axe(page)
    assert overflow(page) == 0


@pytest.mark.parametrize("path", PAGES)
def test_pages_fit_a_narrow_screen_and_text_of_double_size(demo_site, new_context, path):
    page = new_context(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()
    page.goto(demo_site.url + path)
    assert overflow(page) == 0

    page.add_style_tag(content="html { font-size: 200% }")

    assert overflow(page) == 0


def test_every_component_fits_a_narrow_screen_with_text_of_double_size(demo_site, new_context):
    page = new_context(viewport={"width": 320, "height": 640}, bypass_csp=True).new_page()
    page.goto(demo_site.url + "/stijlgids/")

    page.add_style_tag(content="html { font-size: 200% }")

    assert overflow(page) == 0


def test_a_message_keeps_its_distance_from_the_head_of_the_site(demo_site, page):
    page.goto(demo_site.url + "/account/inloggen/")
    page.get_by_label("E-mailadres").fill("lid@example.org")
    page.get_by_label("Wachtwoord", exact=True).fill("demo-flexibel")
    page.get_by_role("button", name="Log in").click()
    message = page.locator(".messages")
    message.wait_for()

    head = page.locator(".site-header").bounding_box()

    assert message.bounding_box()["y"] - (head["y"] + head["height"]) >= 16


def test_search_and_the_four_doors_fit_within_two_narrow_screens(demo_site, new_context):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto(demo_site.url + "/")

    doors = page.locator(".door")

    assert doors.count() == 4
    assert page.get_by_role("searchbox").or_(page.get_by_role("combobox")).is_visible()
    last = doors.nth(3).bounding_box()
    assert last["y"] + last["height"] <= 2 * 640


def test_filters_fold_on_a_narrow_screen_and_stand_open_on_a_wide_one_without_scripts(demo_site, new_context):
    page = new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.goto(demo_site.url + "/netwerken/")
    button = page.get_by_role("button", name="Pas toe")
    assert not button.is_visible()

    page.locator("summary", has_text="Filter").click()
    assert button.is_visible()

    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(demo_site.url + "/netwerken/")
    assert button.is_visible()


def test_the_menu_of_a_narrow_screen_opens_without_scripts(demo_site, new_context):
    page = new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False).new_page()
    page.goto(demo_site.url + "/")

    page.locator("summary", has_text="Menu").click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Onderzoeksgroepen").click()

    assert page.get_by_role("heading", level=1).inner_text().replace("\u00ad", "") == "Onderzoeksgroepen"


def test_a_chosen_look_is_kept_and_can_be_given_back_to_the_device(demo_site, new_context):
    page = new_context(color_scheme="light").new_page()
    page.goto(demo_site.url + "/")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == PAPER["licht"]

    page.get_by_label("Donker").check()
    page.goto(demo_site.url + "/over/")
    assert page.evaluate(ground) == PAPER["donker"]
    assert page.get_by_label("Donker").is_checked()

    page.get_by_label("Zoals je apparaat").check()
    page.goto(demo_site.url + "/")
    assert page.evaluate(ground) == PAPER["licht"]
    assert page.evaluate("localStorage.length") == 0


def test_suggestions_are_chosen_by_keyboard_and_what_was_typed_stays(demo_site, new_context, axe):
    page = new_context(bypass_csp=True).new_page()
    answer = {"suggesties": [{"titel": "Toetsing", "url": "/over/", "groep": "Onderwerpen"}]}
    page.route("**/zoeken/suggesties/*", lambda route: route.fulfill(json=answer))
    page.goto(demo_site.url + "/")
    box = page.get_by_role("combobox")

    box.press_sequentially("toets")
    option = page.get_by_role("option", name="Toetsing")
    option.wait_for()
    assert page.get_by_role("status").filter(has_text="suggestie").inner_text() == "1 suggestie"
    axe(page)

    box.press("ArrowDown")
    assert option.get_attribute("aria-selected") == "true"
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")

    box.press("Escape")
    assert not option.is_visible()
    assert box.input_value() == "toets"

    box.press("ArrowDown")
    option.wait_for()
    box.press("ArrowDown")
    box.press("Enter")
    page.wait_for_url("**/over/")


def test_enter_without_a_chosen_suggestion_searches_for_what_was_typed(demo_site, page):
    page.goto(demo_site.url + "/")

    page.get_by_role("combobox").fill("toetsing")
    page.get_by_role("combobox").press("Enter")

    page.wait_for_url("**/zoeken/?q=toetsing")


def test_every_stop_of_the_keyboard_shows_where_it_is(demo_site, page):
    page.goto(demo_site.url + "/netwerken/")
    ring = """() => {
        const now = document.activeElement, rings = [now, now.closest(".search-box__row, label"), now];
        const widths = rings.filter(Boolean).map((element, at) =>
            parseFloat(getComputedStyle(element, at === 2 ? "::after" : null).outlineWidth));
        return [now.tagName, now.innerText, Math.max(...widths)];
    }"""

    stops = []
    for _ in range(30):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(ring))

    assert stops[0][1] == "Naar de inhoud"
    assert [stop for stop in stops if stop[0] != "BODY" and stop[2] < 2] == []


def test_an_entry_prints_light_without_menu_and_with_addresses_written_out(demo_site, new_context):
    page = new_context(color_scheme="dark").new_page()
    page.emulate_media(media="print")

    page.goto(demo_site.url + "/netwerken/platform-samen-opleiden-en-professionaliseren/")

    assert not page.get_by_role("banner").is_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    written = "getComputedStyle(document.querySelector('.link-list a[href^=http]'), '::after').content"
    assert "platformsamenopleiden.nl" in page.evaluate(written) or "attr(href)" in page.evaluate(written)


def test_nothing_moves_for_who_asked_for_less_motion(demo_site, new_context):
    page = new_context(reduced_motion="reduce").new_page()
    page.goto(demo_site.url + "/")

    durations = page.evaluate("[...document.querySelectorAll('*')].map(e => getComputedStyle(e).transitionDuration)")

    assert set(" ".join(durations).replace(",", "").split()) <= {"0s", "0ms"}


def test_the_fonts_come_from_the_site_and_move_nothing(demo_site, page):
    page.add_init_script("""
        window.shift = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => { window.shift += entry.value }))
            .observe({ type: "layout-shift", buffered: true });
    """)

    page.goto(demo_site.url + "/")
    page.evaluate("document.fonts.ready")
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.fonts.check('750 40px \"Bricolage Grotesque\"')")
    assert page.evaluate("window.shift") < 0.02
