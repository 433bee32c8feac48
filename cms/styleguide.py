"""The live style guide: every component once, with made-up content that includes the awkward cases."""

from datetime import date, time, timedelta
from types import SimpleNamespace as Example

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cms.categories import Category
from cms.doors import Door
from cms.facets import facet_group

COLOURS = ["paper", "card", "sand", "ink", "ink-soft", "edge", "hairline", "mark"]
ICONS = [
    *Category.values,
    *("vraag", "gesprek", "idee", "peiling", "aankondiging", "gesprekskaart", "persoon", "organisatie", "onderwerp"),
    *("pagina", "search", "menu", "close", "filter", "arrow", "arrow-back", "chevron", "check", "plus", "calendar"),
    *("clock", "external", "link", "attachment", "download", "lock", "sticky", "info", "warning", "edit", "delete"),
    *("flag", "quote", "reply", "bell", "print", "mail", "feed", "door"),
]
SUBJECTS = [
    Example(name=name, get_absolute_url="#onderwerp")
    for name in ("Leerwegonafhankelijke toetsing", "Blended learning", "Samen opleiden")
]
DOORS = [
    Door(category, category.label, "#deuren", text, count)
    for category, text, count in [
        (Category.FORUM, "Stel je vraag, deel wat werkt, denk mee met een idee.", 35),
        (Category.NETWORKS, "Landelijke netwerken, en hoe je meedoet.", 10),
        (Category.PARTNERSHIPS, "Met wie scholen en opleidingen in jouw regio optrekken.", 7),
        (Category.RESEARCH_GROUPS, "Lectoraten, practoraten en leerstoelen, met hun onderzoek.", 22),
    ]
]


def entry(**values: object) -> Example:
    """An entry with little in it but its title."""
    nothing = {"is_overview": False, "abbreviation": "", "how_to_join": "", "has_ended": False, "summary": ""}
    own = {"category": Category.NETWORKS, "slug": "voorbeeld", "url": "#vermelding", "what": "Netwerk", "note": "hbo"}
    return Example(**{**nothing, **own, **values})


def hit(**values: object) -> Example:
    """A search hit with little in it but its title."""
    nothing = {"fragment": "", "date": None, "status": "actief", "formerly": "", "is_promoted": False}
    return Example(**{**nothing, "url": "#resultaat", **values})


def topic(**values: object) -> Example:
    """A topic of today that nobody replied to."""
    states = dict.fromkeys(["is_locked", "is_sticky", "is_waiting"], False)
    rest = {
        "url": "#gesprek",
        "kind_label": "vraag",
        "author_name": "",
        "about": "",
        "replies": "nog geen antwoord",
        "state_label": "",
    }
    return Example(**{**states, **rest, "posted_on": timezone.now(), **values})


ENTRIES = [
    entry(
        slug="voorbeeld-overzicht",
        title="Overzicht van partnerschappen Samen Opleiden & Professionaliseren",
        category=Category.PARTNERSHIPS,
        is_overview=True,
        what="Landelijk overzicht",
        summary="Hier vind je alle partnerschappen van scholen en lerarenopleidingen bij elkaar.",
        note="po, vo, mbo · gegevens uit 2023, nog niet nagekeken",
    ),
    entry(
        slug="voorbeeld-netwerk",
        title="Netwerk Toetsbekwaamheid",
        what="Netwerk · Vereniging van lerarenopleiders",
        summary="Opleiders die samen leren hoe je eerlijk en flexibel toetst.",
        how_to_join="Meld je aan bij de groep; elke maand is er een onlinebijeenkomst waar je zo kunt aanschuiven.",
        note="hbo · laatst gecontroleerd op 12 maart 2026",
    ),
    entry(
        slug="voorbeeld-beeindigd",
        title="Onderwijskwaliteitszorgverbeteringsprogramma lerarenopleidingsinstituten",
        category=Category.RESEARCH_GROUPS,
        what="Lectoraat",
        summary="Een lectoraat met een naam die alle regels van de opmaak op de proef stelt.",
        has_ended=True,
        note="hbo, wo · gegevens uit 2023, nog niet nagekeken",
    ),
]
HITS = [
    hit(
        kind="netwerk",
        category="netwerken",
        title="Netwerk Toetsbekwaamheid",
        fragment="Opleiders die samen leren hoe je eerlijk en flexibel <mark>toetst</mark>.",
        formerly="Toetsnetwerk lerarenopleidingen",
    ),
    hit(
        kind="forumonderwerp",
        category="forum",
        title="Hoe krijg je beoordelaars op één lijn bij verschillend bewijs?",
        fragment="Wij willen bij <mark>leeruitkomsten</mark> elk bewijs toelaten, maar de beoordelaars twijfelen.",
        date=date(2026, 3, 9),
    ),
    hit(kind="bron", category="kennis", title="Toetsen met leeruitkomsten", is_promoted=True),
    hit(kind="organisatie", category=None, title="Vereniging van lerarenopleiders", status="beeindigd"),
]
ACTIVITIES = [
    Example(
        title="Studiedag leerwegonafhankelijk toetsen",
        get_url="#activiteit",
        get_kind_display="Studiedag",
        starts_on=date(2026, 3, 12),
        ends_on=date(2026, 3, 13),
        place="Utrecht",
    ),
    Example(
        title="Kennisdeelsessie",
        get_url="#activiteit",
        get_kind_display="Kennisdeelsessie",
        mode="online",
        starts_on=date(2026, 9, 3),
        start_time=time(13, 30),
        end_time=time(16),
    ),
    Example(
        title="Leernetwerk", get_url="#activiteit", get_kind_display="Leernetwerk", date_text="elke eerste maandag"
    ),
]
BLOCKS = {
    "quote": {"quote": "Begin met één semester, dan ziet het team dat het kan.", "source": "Een schoolopleider"},
    "steps": {"title": "Zo begin je", "steps": ["Kies een netwerk.", "Meld je aan.", "Stel je voor in de groep."]},
    "callout": {"title": "Goed om te weten", "text": "<p>Je kunt altijd later nog aansluiten.</p>"},
    "question": {"question": "Kost meedoen geld?", "answer": "<p>Nee, aansluiten is gratis.</p>"},
}


class ExampleForm(forms.Form):
    """Every kind of field once."""

    title = forms.CharField(label="Je vraag in één zin", help_text="Zo concreet als je kunt.")
    email = forms.EmailField(label="E-mailadres")
    kind = forms.ChoiceField(label="Soort", choices=[("vraag", "Vraag"), ("idee", "Idee")])
    text = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    role = forms.ChoiceField(label="Je rol", choices=[("o", "Opleider"), ("c", "Coach")], widget=forms.RadioSelect)
    sectors = forms.MultipleChoiceField(
        label="Sectoren",
        choices=[("po", "po"), ("vo", "vo"), ("mbo", "mbo")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Kies wat past.",
    )
    file = forms.FileField(label="Bijlage", required=False, help_text="Een pdf of afbeelding van hoogstens 10 MB.")
    agree = forms.BooleanField(label="Stuur me een mail bij een antwoord", required=False)


def _topics() -> list[Example]:
    now = timezone.now()
    return [
        topic(
            title="Hoe krijg je beoordelaars op één lijn bij verschillend bewijs?",
            author_name="Demo lerarenopleider",
            posted_on=now - timedelta(days=2),
            state_label="nieuw",
            about="Leerwegonafhankelijke toetsing",
        ),
        topic(
            title="Welke afspraken maak je met de werkplek?",
            kind_label="gesprek",
            posted_on=now - timedelta(days=40),
            replies="3 antwoorden",
            about="Samen opleiden, Werkplekleren",
            is_sticky=True,
            is_locked=True,
        ),
    ]


def _facets() -> list[object]:
    provinces = (
        "Drenthe Flevoland Friesland Gelderland Groningen Limburg Noord-Brabant Overijssel Utrecht Zeeland Landelijk"
    )
    return [
        facet_group("sector", "Sector", [("po", "po"), ("vo", "vo"), ("wo", "wo")], {"po": 4, "vo": 12}, ["vo"]),
        facet_group(
            "regio", "Regio", [(name.lower(), name) for name in provinces.split()], {"utrecht": 3, "landelijk": 9}, []
        ),
    ]


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """Only where people build or try out the platform; elsewhere this address does not exist."""
    if not (settings.DEBUG or settings.DEMO):
        raise Http404("De stijlgids staat alleen op een demosite")
    context = {
        "categories": Category.choices,
        "colours": COLOURS,
        "icons": ICONS,
        "subjects": SUBJECTS,
        "doors": DOORS,
        "entries": ENTRIES,
        "hits": HITS,
        "topics": _topics(),
        "facets": _facets(),
        "form": ExampleForm(prefix="leeg", initial={"agree": True}),
        "form_with_errors": ExampleForm({"fout-email": "geen adres"}, prefix="fout"),
        "page_obj": Paginator(range(240), 20).page(4),
        "activities": ACTIVITIES,
        "blocks": BLOCKS,
        "trail": [("Home", "/"), ("Netwerken", "/netwerken/")],
    }
    return TemplateResponse(request, "styleguide.html", context)
