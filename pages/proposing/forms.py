"""What somebody fills in to propose an entry, and what an editor does with it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from cms.honeypot import HONEYPOT, HoneypotField
from pages.models import INDEX_MODELS, Criterion, EntryPage, Proposal
from pages.proposing.alike import Known
from pages.representing.text_forms import MAIL_ADDRESS

NO_ADDRESS_HERE = "Zet hier geen e-mailadres: het komt op een openbare pagina te staan."


class ProposalForm(forms.ModelForm[Proposal]):
    url = forms.URLField(
        label="Website",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Waar je het vindt. Laat leeg als je het niet zeker weet.",
    )

    class Meta:
        model = Proposal
        fields = ["title", "category", "text", "url", "on_behalf_of"]
        labels = {"title": "Hoe heet het?", "on_behalf_of": "Namens wie draag je dit voor?"}
        help_texts = {
            "text": "Een paar zinnen, in je eigen woorden.",
            "on_behalf_of": "Je instelling of je rol. Dit komt bij de vermelding te staan, je naam niet.",
        }
        error_messages = {
            "title": {"required": "Schrijf hoe het heet."},
            "category": {"required": "Kies wat het is."},
            "text": {"required": "Schrijf in een paar zinnen wat ze doen."},
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 5}), "category": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        category.choices = [choice for choice in category.choices if choice[0]]
        self.fields[HONEYPOT] = HoneypotField()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("title", "text", "on_behalf_of"):
            if MAIL_ADDRESS.search(str(cleaned.get(name) or "")):
                self.add_error(name, NO_ADDRESS_HERE)
        return cleaned


class AcceptForm(forms.Form):
    """What a draft needs beside what was proposed; the ground may be filled in later, before it is published."""

    kind = forms.ChoiceField(label="Soort")
    criterion = forms.ModelChoiceField(
        Criterion.objects.all(),
        label="Op grond waarvan hoort dit hier?",
        required=False,
        empty_label="Vul ik later in",
        help_text="Zonder grond komt het niet op de site.",
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = INDEX_MODELS[proposal.category].entry_model()._meta.get_field("kind")
        kind: Any = self.fields["kind"]
        kind.choices, kind.required = field.choices, not field.blank


class JoinForm(forms.Form):
    """Which entry it is that stood there already, the most alike first."""

    entry = forms.ModelChoiceField[EntryPage](
        EntryPage.objects.all(),
        label="Welke vermelding is het?",
        empty_label=None,
        error_messages={"required": "Kies welke vermelding het is.", "invalid_choice": "Die vermelding is er niet."},
    )

    def __init__(self, *args: Any, alike: list[Known], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        best = [(one.pk, one.title) for one in alike]
        others = EntryPage.objects.exclude(pk__in=[one.pk for one in alike]).order_by("title")
        rest = list(others.values_list("pk", "title"))
        field: Any = self.fields["entry"]
        field.choices = [*([("Lijkt erop", best)] if best else [("", "Kies een vermelding")]), ("Alle andere", rest)]

    def clean_entry(self) -> EntryPage:
        found: EntryPage = self.cleaned_data["entry"]
        if not found.live:
            raise ValidationError("Die vermelding staat nog niet op de site: de lezer kan haar niet openen.")
        return found
