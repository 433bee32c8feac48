"""The first criteria, for editors to change, and what stands on the site already gets the one of its kind."""

from django.db import migrations
from django.db.models import F

CRITERIA = {
    "netwerken": (
        "Een netwerk over flexibel opleiden of een onderwerp op dit platform, waar opleiders aan kunnen meedoen",
        "Het netwerk werkt landelijk, of voor een hele sector, en zegt hoe je meedoet.",
    ),
    "regionale-samenwerkingsverbanden": (
        "Een regionaal samenwerkingsverband met aandacht voor flexibel opleiden, of een landelijk overzicht daarvan",
        "Het verband leidt leraren op in een regio.",
    ),
    "onderzoeksgroepen": (
        "Een groep die onderzoek doet naar flexibilisering of naar het opleiden van leraren",
        "Een lectoraat, practoraat, leerstoel of onderzoekslijn, of een landelijk overzicht daarvan.",
    ),
}
MODELS = {
    "netwerken": "NetworkPage",
    "regionale-samenwerkingsverbanden": "PartnershipPage",
    "onderzoeksgroepen": "ResearchGroupPage",
}
SOURCE = "Genoemd in "


def make(apps, schema_editor):
    Criterion = apps.get_model("pages", "Criterion")
    EntryPage = apps.get_model("pages", "EntryPage")
    Revision = apps.get_model("wagtailcore", "Revision")
    for category, (name, explanation) in CRITERIA.items():
        criterion = Criterion.objects.create(name=name, explanation=explanation, category=category)
        pks = list(apps.get_model("pages", MODELS[category]).objects.values_list("pk", flat=True))
        entries = EntryPage.objects.filter(pk__in=pks)
        entries.filter(criterion=None).update(criterion=criterion)
        sourced = entries.filter(source="", listing_reason__startswith=SOURCE)
        sourced.update(source=F("listing_reason"), listing_reason="")
        # What was written before is published after this as well.
        of_entries = Revision.objects.filter(
            base_content_type__app_label="wagtailcore", base_content_type__model="page", object_id__in=map(str, pks)
        )
        for revision in of_entries.iterator():
            _complete(revision.content, criterion.pk)
            revision.save(update_fields=["content"])


def _complete(content, criterion_pk):
    content.setdefault("criterion", criterion_pk)
    if content.get("listing_reason", "").startswith(SOURCE):
        content["source"], content["listing_reason"] = content["listing_reason"], ""


class Migration(migrations.Migration):
    dependencies = [("pages", "0005_criteria"), ("wagtailcore", "0098_apitoken")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
