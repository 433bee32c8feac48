"""Editors send a spreadsheet of entries, see what it would change, and have that done with one button.

Between the two nothing is kept: the rows travel along in the page, signed, so that what is carried out is what was
shown, and to whom it was shown.
"""

from dataclasses import asdict
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry, LogFormatter

from cms.admin import heading, permitted
from cms.categories import Category
from cms.models import User
from cms.requests import get_or_post, member_of
from pages.importing import template_files
from pages.importing.carrying_out import ACTION, ChangedMeanwhileError, carry_out
from pages.importing.planning import Fate, Plan, plan
from pages.importing.reading import Row, UnreadableError, read
from pages.models import INDEX_MODELS
from pages.representing.comparing import difference
from pages.representing.review_views import REVIEWS

app_name = "importing"

TITLE = "Vermeldingen inlezen"
PURPOSE = "pages.importing"
HOLDS_FOR = 24 * 3600
LARGEST_PLAN = 700_000


class SheetForm(forms.Form):
    category = forms.ChoiceField(
        label="Wat staat erin?",
        choices=[(category, Category(category).label) for category in INDEX_MODELS],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er in het bestand staat."},
    )
    file = forms.FileField(
        label="Bestand",
        help_text="Een .xlsx of .csv van hoogstens 2 MB en 300 rijen, waarin hoogstens 100 vermeldingen veranderen.",
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg.",
            "invalid": "Kies een bestand van je computer.",
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    publish = forms.BooleanField(
        label="Zet wijzigingen van vermeldingen die al op de site staan meteen op de site",
        required=False,
        help_text="Anders worden het concepten. Wat nieuw is, wordt altijd een concept.",
    )


@get_or_post
def sheet(request: HttpRequest) -> HttpResponse:
    """The form; posting shows what the file would change, and changes nothing."""
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    if not form.is_valid():
        return _ask(request, form)
    said = form.cleaned_data
    try:
        rows = read(said["file"])
        return _show_plan(request, said["category"], rows, said["publish"], said["file"].name)
    except UnreadableError as error:
        form.add_error("file", str(error))
        return _ask(request, form)


def _ask(request: HttpRequest, form: SheetForm) -> HttpResponse:
    context = {
        "form": form,
        "categories": [Category(category) for category in INDEX_MODELS],
        **heading(TITLE, icon="upload"),
    }
    return TemplateResponse(request, "pages/importing/sheet.html", context, status=400 if form.errors else 200)


def _show_plan(request: HttpRequest, category: str, rows: list[Row], publish: bool, name: str) -> HttpResponse:
    by, index = member_of(request), _index(category)
    made = plan(rows, index=index, by=by, publish=publish)
    told = {
        "by": by.pk,
        "category": category,
        "publish": publish,
        "name": name[:100],
        "rows": [asdict(row) for row in rows],
        "fingerprint": made.fingerprint,
    }
    signed = signing.dumps(told, salt=PURPOSE, compress=True)
    if len(signed) > LARGEST_PLAN:
        raise UnreadableError("Er staat te veel tekst in dit bestand. Verdeel het over meer bestanden.")
    context = {
        "plan": made,
        "groups": _groups(made),
        "signed": signed,
        "file_name": name,
        **heading(TITLE, icon="upload", here=name),
    }
    return TemplateResponse(request, "pages/importing/plan.html", context)


LABELS = {
    Fate.REFUSED: "Hier klopt iets niet, dit slaan we over",
    Fate.CHANGED: "Dit verandert",
    Fate.NEW: "Dit is nieuw en wordt een concept",
    Fate.UNCHANGED: "Dit blijft zoals het is",
}


def _groups(made: Plan) -> list[dict[str, Any]]:
    return [
        {
            "fate": fate,
            "label": label,
            "steps": [
                (step, [difference(change.label, change.before, change.after) for change in step.changes])
                for step in made.of(fate)
            ],
        }
        for fate, label in LABELS.items()
        if made.of(fate)
    ]


@require_POST
def carry_out_plan(request: HttpRequest) -> HttpResponse:
    by = member_of(request)
    told = _told(request.POST.get("plan", ""), by)
    if told is None:
        messages.error(request, "Dit overzicht is verlopen. Stuur het bestand opnieuw.")
        return redirect("importing:sheet")
    rows = [Row(row["number"], row["cells"], tuple(row["faults"])) for row in told["rows"]]
    how = {"index": _index(told["category"]), "by": by, "publish": told["publish"]}
    try:
        made = carry_out(rows, **how, fingerprint=told["fingerprint"], file_name=told["name"])
    except ChangedMeanwhileError:
        messages.warning(request, "Er is intussen iets veranderd, dus er is niets gedaan. Dit zou er nu gebeuren.")
        return _show_plan(request, told["category"], rows, told["publish"], told["name"])
    new, changed = len(made.of(Fate.NEW)), len(made.of(Fate.CHANGED))
    messages.success(request, f"Gedaan: {new} nieuw als concept, {changed} gewijzigd.")
    return redirect("importing:sheet")


def _told(signed: str, by: User) -> dict[str, Any] | None:
    """What was shown to this editor, not longer than a day ago."""
    try:
        told: dict[str, Any] = signing.loads(signed, salt=PURPOSE, max_age=HOLDS_FOR)
    except signing.BadSignature:
        return None
    return told if told["by"] == by.pk else None


def _index(category: str) -> Any:
    if index := INDEX_MODELS[category].objects.first():
        return index
    raise UnreadableError("Deze categorie staat nog niet op de site.")


FORMATS = {
    "xlsx": (template_files.as_xlsx, template_files.XLSX),
    "csv": (template_files.as_csv, template_files.CSV),
}


@require_safe
def template_file(request: HttpRequest, category: str, extension: str) -> HttpResponse:
    """What one fills in; with ``?alles=ja`` with every entry as it is now."""
    if category not in INDEX_MODELS or extension not in FORMATS:
        raise Http404("Dit bestand is er niet")
    filled = request.GET.get("alles") == "ja"
    make, content_type = FORMATS[extension]
    name = f"{category}{'' if filled else '-voorbeeld'}.{extension}"
    return HttpResponse(
        make(template_files.lines_for(get_object_or_404(INDEX_MODELS[category]), filled=filled)),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


class Imported(LogFormatter):
    label = "Lees in"

    def format_message(self, log_entry: Any) -> str:
        return f"Ingelezen uit {log_entry.data.get('file')}, rij {log_entry.data.get('row')}"


def register_log_action(actions: LogActionRegistry) -> None:
    actions.register_action(ACTION)(Imported)


urlpatterns = [
    permitted("", sheet, REVIEWS, "sheet"),
    permitted("uitvoeren/", carry_out_plan, REVIEWS, "carry_out"),
    permitted("<slug:category>.<str:extension>", template_file, REVIEWS, "template_file"),
]
