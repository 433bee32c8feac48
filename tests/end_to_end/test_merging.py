"""An editor merges partnerships into an onderwijsregio and undoes it, and a reader and a follower see what happens."""

import json
import re
from datetime import UTC, datetime

import pytest

LIST = "/regionale-samenwerkingsverbanden/"
TODAY = datetime.now(UTC).date().isoformat()
PARTNERSHIPS = """
import json
from tests.factories import PartnershipPageFactory
made = [PartnershipPageFactory(title=title) for title in {titles}]
print(json.dumps([[page.pk, page.url] for page in made]))
"""
SELECTS_FIT = """[...document.querySelectorAll("main select")].every(
    select => !select.checkVisibility() || select.getBoundingClientRect().right <= innerWidth
)"""
AT_REST = """Promise.all(document.getAnimations().filter(
    one => one.effect.getComputedTiming().endTime !== Infinity).map(one => one.finished.catch(() => null)))"""
FOLLOWED = """
from forum_integration.models import Following, Notification
member = {{"member__email": "lid@example.org"}}
entries = Following.objects.filter(entry__isnull=False, **member).values_list("entry__title", flat=True)
told = Notification.objects.filter(kind="beeindigd", **member).count()
print(sorted(entries), told)
"""


def partnerships(site, *titles):
    printed = site.manage("shell", "--verbosity", "0", "-c", PARTNERSHIPS.format(titles=titles))
    site.manage("run_jobs")
    return json.loads(printed.splitlines()[-1])


def followed(site):
    return site.manage("shell", "--verbosity", "0", "-c", FOLLOWED.format()).splitlines()[-1]


def make_region(editor, site, title):
    """In Wagtail's own screens, from the category."""
    editor.goto(f"{site.url}/beheer/levensloop/samenvoegen/")
    editor.get_by_role("link", name="Maak en publiceer eerst die pagina").click()
    editor.locator("#id_title").fill(title)
    editor.locator("#id_kind").select_option("onderwijsregio")
    editor.locator("#id_blurb").fill("Scholen en opleidingen in het noorden leiden hier samen leraren op.")
    editor.get_by_role("tab", name="Actueel").click()
    editor.locator("#id_criterion").select_option(index=1)
    editor.get_by_role("button", name="Meer opties").or_(
        editor.locator("[data-w-dropdown-target=toggle].button")
    ).last.click()
    editor.get_by_role("button", name="Publiceren").click()
    editor.get_by_text("gepubliceerd").first.wait_for()


def titles(page, site, query=""):
    """What the category lists, with whether it is marked as ended; each once."""
    page.goto(site.url + LIST + query)
    found = {}
    for card in page.locator("article[data-vermelding]").all():
        title = card.get_by_role("heading").inner_text().replace("\u00ad", "")
        assert title not in found
        found[title] = "beëindigd" in card.inner_text().lower()
    return found


def hits(page, site, query):
    page.goto(f"{site.url}/zoeken/?q={query}")
    return [item.inner_text().replace("\u00ad", "") for item in page.locator("[data-resultaat]").all()]


@pytest.mark.parametrize("width", [320, 1280])
def test_j8_an_editor_merges_partnerships_into_an_onderwijsregio(site, signed_in, new_context, axe, width):
    region, alliance, circle = (f"{name} {width}" for name in ("Onderwijsregio Testregio", "Waddenbond", "Eemskring"))
    (alliance_pk, alliance_url), (_circle_pk, circle_url) = partnerships(site, alliance, circle)
    screen = {"viewport": {"width": width, "height": 900}}
    reader = new_context(**screen).new_page()
    member = signed_in("lid", **screen)

    def fits(page):
        page.evaluate(AT_REST)  # a message that still fades in has no colour of its own
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert page.evaluate(SELECTS_FIT), page.url

    member.goto(site.url + alliance_url)
    member.get_by_role("button", name="Volg deze vermelding").click()
    before = followed(site)

    # 1. The region is made.
    editor = signed_in("redacteur", viewport={"width": 1280, "height": 900})
    make_region(editor, site, region)
    editor.set_viewport_size(screen["viewport"])
    assert titles(reader, site) | {region: False, alliance: False, circle: False} == titles(reader, site)

    # 2. Two partnerships have merged into it.
    editor.goto(f"{site.url}/beheer/levensloop/")
    fits(editor)
    editor.get_by_role("main").get_by_role("link", name="Voeg samen tot onderwijsregio").click()
    fits(editor)
    editor.get_by_label("Waarin gaan ze op?").select_option(label=region)
    editor.get_by_label("Eerste dag dat het niet meer bestaat").fill(TODAY)
    editor.get_by_role("checkbox", name=alliance).check()
    editor.get_by_role("checkbox", name=circle).check()
    editor.get_by_role("button", name="Voeg samen").click()
    editor.get_by_text("Vastgelegd: ").wait_for()
    act = editor.url
    fits(editor)
    site.manage("run_jobs")

    # 3. The list shows the region once and the two no more.
    listed = titles(reader, site)
    assert listed[region] is False
    assert alliance not in listed
    assert circle not in listed

    # 4. Asked for, there they are, marked.
    if width == 320:
        reader.get_by_text("Filter", exact=True).click()
    reader.get_by_label("Ook wat beëindigd is").check()
    reader.get_by_role("button", name="Pas toe").click()
    fits(reader)
    also = titles(reader, site, reader.url.partition(LIST)[2])
    assert (also[region], also[alliance], also[circle]) == (False, True, True)

    # 5. Their addresses show where the work goes on.
    for address in (alliance_url, circle_url):
        assert reader.goto(site.url + address).status == 200
        banner = reader.locator(".notice").first
        assert "Opgegaan in een ander verband" in banner.inner_text()
        fits(reader)
        banner.get_by_role("link", name=region).click()
        assert reader.get_by_role("heading", level=1).inner_text().replace("\u00ad", "") == region
    assert "Voortgekomen uit" in reader.get_by_role("main").inner_text()
    fits(reader)

    # 6. The old name finds the region first.
    first, *_others = hits(reader, site, alliance)
    assert region in first
    assert f"Voorheen: {alliance}" in first
    fits(reader)
    assert region in followed(site)
    assert alliance not in followed(site)
    member.goto(f"{site.url}/forum/meldingen/")
    assert f"je volgt nu {region}" in member.get_by_role("main").inner_text()
    fits(member)

    # 7. The region does not go on in what it continues.
    region_pk = re.search(r"/vermelding/(\d+)/", editor.get_by_role("link", name=region).first.get_attribute("href"))[1]
    editor.goto(f"{site.url}/beheer/levensloop/vermelding/{region_pk}/")
    fits(editor)
    editor.get_by_label("Opgegaan in een ander verband").check()
    editor.get_by_label("Opvolger", exact=True).select_option(str(alliance_pk))
    editor.get_by_role("button", name="Beëindig").click()
    editor.get_by_text("kan geen opvolger zijn").wait_for()
    assert editor.get_by_label("Opgegaan in een ander verband").is_checked()
    fits(editor)

    # 8. Undone: all as before.
    editor.goto(act)
    editor.get_by_role("button", name="Maak ongedaan").click()
    editor.get_by_text("alles is weer zoals het was").wait_for()
    fits(editor)
    site.manage("run_jobs")
    assert titles(reader, site) | {region: False, alliance: False, circle: False} == titles(reader, site)
    assert reader.goto(site.url + alliance_url).status == 200
    assert reader.get_by_text("Opgegaan in een ander verband").count() == 0
    first, *_others = hits(reader, site, alliance)
    assert alliance in first
    assert "Voorheen" not in first
    assert followed(site) == before
