"""What the components draw, as seen through the style guide and on their own."""

import itertools
import re
from datetime import timedelta
from types import SimpleNamespace as Thing

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.utils import timezone

from cms.doors import counted
from cms.styleguide import ICONS, entry, hit
from cms.stylesheet import PARTS, stylesheet
from cms.templatetags.components import ago, initials, soft_hyphens

STATIC = PARTS.parent
TEMPLATES = PARTS.parents[2] / "templates"


def read(markup: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(markup, "html.parser")


def draw(source: str, **context: object) -> BeautifulSoup:
    return read(Template("{% load components %}" + source).render(Context(context)))


@pytest.fixture
def demo_site(settings):
    settings.DEMO = True


@pytest.mark.parametrize(("debug", "demo", "status"), [(False, False, 404), (True, False, 200), (False, True, 200)])
def test_the_style_guide_exists_only_while_building_or_trying_out(client, db, settings, debug, demo, status):
    settings.DEBUG, settings.DEMO = debug, demo

    assert client.get("/stijlgids/").status_code == status


def test_every_component_stands_in_the_style_guide(client, db, demo_site):
    tags = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - {"site_menu"}

    source = (TEMPLATES / "styleguide.html").read_text(encoding="utf-8")

    assert {tag for tag in tags if f"{{% {tag} " not in source} == set()


def test_the_style_guide_gives_a_visitor_no_cookie(client, db, demo_site):
    assert not client.get("/stijlgids/").cookies


def test_the_style_guide_has_one_main_heading_and_skips_no_level(client, db, demo_site):
    page = read(client.get("/stijlgids/").content)

    levels = [int(heading.name[1]) for heading in page.select("main h1, main h2, main h3, main h4")]

    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_nothing_on_the_style_guide_carries_its_own_style_or_script(client, db, demo_site):
    page = read(client.get("/stijlgids/").content)

    assert not page.select("[style], style, script:not([src])")
    assert not [name for element in page.find_all() for name in element.attrs if name.startswith("on")]


def test_every_icon_that_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text(encoding="utf-8")))
    named = {
        name
        for path in TEMPLATES.rglob("*.html")
        for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text(encoding="utf-8"))
    }

    assert named <= drawn
    assert drawn == set(ICONS)


def test_every_component_has_one_stylesheet_in_the_layer_of_components():
    for path in (PARTS / "components").glob("*.css"):
        assert path.read_text(encoding="utf-8").startswith("@layer components {"), path.name


def test_the_stylesheet_of_the_site_holds_all_parts_and_imports_nothing():
    css = stylesheet()

    assert css.startswith("/* The order of the layers")
    assert all(path.read_text(encoding="utf-8") in css for path in PARTS.rglob("*.css"))
    assert "@import" not in css


def test_only_the_fonts_name_other_files_because_their_paths_depend_on_the_folder():
    naming = {path.name for path in PARTS.rglob("*.css") if "url(" in path.read_text(encoding="utf-8")}

    assert naming == {"fonts.css"}


def test_a_door_is_a_list_item_with_one_link_named_by_its_title():
    door = Thing(
        category="netwerken", title="Netwerken", url="/netwerken/", text="Hoe je meedoet", count_label="10 netwerken"
    )

    item = draw("{% door door %}", door=door)

    assert item.select("li[data-category=netwerken]")
    assert [(link.text, link.get("href")) for link in item.select("a")] == [("Netwerken", "/netwerken/")]


def test_an_entry_card_marks_the_listed_entry_and_leads_to_it():
    velon = entry(slug="velon", title="Velon", url="/netwerken/velon/", note="hbo · nog niet nagekeken")

    card = draw("{% entry_cards entries 2 %}", entries=[velon])

    assert [article.get("data-vermelding") for article in card.select("article")] == ["velon"]
    assert card.select("h2 > a[href='/netwerken/velon/']")
    assert "hbo · nog niet nagekeken" in card.text


def test_an_ended_entry_is_said_to_be_ended():
    card = draw("{% entry_cards entries %}", entries=[entry(title="Oud", has_ended=True)])

    assert "beëindigd" in card.text


def test_a_hit_shows_what_kind_of_thing_it_is_in_words():
    found = hit(kind="forumonderwerp", category="forum", title="Hoe dan?", fragment="een <mark>woord</mark>")

    item = draw("{% result_items hits %}", hits=[found])

    assert item.select("li[data-resultaat=forumonderwerp]")
    assert "Gesprek" in item.text
    assert item.select("mark")[0].text == "woord"


def test_a_link_without_an_address_says_that_it_follows_and_quotes_the_source():
    item = draw('{% outward_link "Website" "" "Home - Velon" %}')

    assert "Adres volgt" in item.text
    assert "Home - Velon" in item.text
    assert [link.get("href") for link in item.select("a")] == ["/forum/"]


@pytest.mark.django_db
def test_a_link_with_an_address_goes_there():
    assert draw('{% outward_link "Website" "https://example.org/" %}').select("a[href='https://example.org/']")


def test_a_filter_value_that_gives_nothing_is_inactive_unless_it_was_chosen():
    values = [
        Thing(value="po", label="po", count=0, is_chosen=False, is_inactive=True),
        Thing(value="vo", label="vo", count=0, is_chosen=True, is_inactive=False),
    ]
    facet = Thing(name="sector", label="Sector", values=values, shown=values, folded=[])

    group = draw("{% facet_group facet %}", facet=facet)

    assert group.select("fieldset > legend")[0].text == "Sector"
    assert group.select("input[value=po][disabled]")
    assert group.select("input[value=vo][checked]:not([disabled])")


def test_pages_of_a_list_keep_the_filters(rf):
    request = rf.get("/zoeken/", {"q": "toets", "sector": ["po", "vo"], "pagina": "2"})

    links = draw("{% pagination page_obj %}", request=request, page_obj=Paginator(range(60), 20).page(2)).select("a")

    assert links[0].get("href") == "?q=toets&sector=po&sector=vo"
    assert links[-1].get("href") == "?q=toets&sector=po&sector=vo&pagina=3"
    assert [link.get("aria-current") for link in links].count("page") == 1


def test_a_list_of_one_page_has_no_page_numbers(rf):
    drawn = draw("{% pagination page_obj %}", request=rf.get("/"), page_obj=Paginator(range(5), 20).page(1))

    assert not drawn.select("nav")


class Form(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals anderen je kennen.")
    sectors = forms.MultipleChoiceField(
        label="Sectoren", choices=[("po", "po")], required=False, widget=forms.CheckboxSelectMultiple
    )


def test_a_field_with_an_error_is_tied_to_its_label_hint_and_error():
    field = draw("{% form_field form.name %}", form=Form({}))

    described = field.select("input")[0].get("aria-describedby").split()

    assert field.select("label")[0].get("for") == field.select("input")[0].get("id")
    assert all(field.select(f"#{name}") for name in described)
    assert len(described) == 2


def test_a_field_that_may_stay_empty_says_so():
    assert "mag leeg blijven" in draw("{% form_field form.sectors %}", form=Form()).text


def test_choices_of_one_question_stand_in_a_named_group():
    assert draw("{% form_field form.sectors %}", form=Form()).select("fieldset > legend")


def test_the_error_summary_leads_to_each_field_by_name():
    summary = draw("{% error_summary form %}", form=Form({}))

    link = summary.select("a")[0]

    assert link.get("href") == "#id_name"
    assert link.text.startswith("Naam: ")


def test_what_an_editor_or_visitor_typed_is_escaped():
    drawn = draw(
        "{% notice 'info' %}{{ text }}{% endnotice %}{% avatar text %}{% status_label text %}", text="<b>x</b>"
    )

    assert not drawn.select("b")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Anna van den Berg", "AB"), ("Velon", "V"), ("LWOT", "LW"), ("de kring", "DK"), ("", ""), ("Netwerk & Co", "NC")],
)
def test_an_avatar_holds_the_initials(name, letters):
    assert initials(name) == letters


def test_long_compounds_may_break_where_their_parts_meet():
    assert soft_hyphens("Regionale samenwerkingsverbanden") == "Regionale samen\u00adwerkings\u00adverbanden"


@pytest.mark.parametrize(("days", "said"), [(0, "vandaag"), (1, "gisteren"), (6, "6 dagen geleden")])
def test_recent_days_are_said_as_people_say_them(days, said):
    assert ago(timezone.now() - timedelta(days=days)).endswith(f">{said}</time>")


def test_what_is_long_ago_gets_its_date():
    assert re.search(r">\d{1,2} \w+ \d{4}</time>$", ago(timezone.now() - timedelta(days=60)))


@pytest.mark.parametrize(("number", "said"), [(0, "0 netwerken"), (1, "1 netwerk"), (2, "2 netwerken")])
def test_a_door_counts_in_its_own_words(number, said):
    assert counted(number, "netwerken") == said
