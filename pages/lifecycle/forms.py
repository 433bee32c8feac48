"""What an editor fills in to end an entry, or to merge several."""

from typing import Any

from django import forms
from django.utils.timezone import localdate

from pages.lifecycle import acts
from pages.lifecycle.acts import RefusedError
from pages.models import EntryPage, PartnershipPage

SUCCESSOR_LABELS = ["Opvolger", "Tweede opvolger", "Derde opvolger", "Vierde opvolger"]
HOW_LABELS = {
    acts.Ending.DISSOLVED: "Opgeheven: het werk gaat nergens verder",
    acts.Ending.MERGED: "Opgegaan in een ander verband",
    acts.Ending.RENAMED: "Gaat verder onder een andere naam",
    acts.Ending.SPLIT: "Gesplitst in twee of meer",
    acts.Ending.PARTLY_TAKEN_OVER: "Deels overgenomen: een ander doet een deel van het werk",
}


class EntryField(forms.ModelChoiceField):
    """One entry that stands on the site; one that has ended is marked, since it leads to what continues it."""

    def label_from_instance(self, entry: EntryPage) -> str:
        return f"{entry.title} (beëindigd)" if entry.has_ended else entry.title


class DayField(forms.DateField):
    def __init__(self) -> None:
        super().__init__(
            label="Eerste dag dat het niet meer bestaat",
            initial=localdate,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            help_text="Mag ook een dag zijn die nog komt: tot dan blijft alles zoals het is.",
            error_messages={"required": "Vul een dag in.", "invalid": "Vul een dag in, zoals 2027-01-31."},
        )


class EndingForm(forms.Form):
    """What both forms have: a day, and what cannot be is said before it is done."""

    on = DayField()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                acts.check(**self.asked())
            except RefusedError as refused:
                raise forms.ValidationError(str(refused), code="refused") from refused
        return cleaned

    def asked(self) -> dict[str, Any]:
        """What ``acts.end`` is asked."""
        raise NotImplementedError


class EndForm(EndingForm):
    """How one entry ends, and what continues it."""

    how = forms.ChoiceField(
        label="Wat gebeurde ermee?",
        choices=list(HOW_LABELS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat ermee gebeurde."},
    )
    field_order = ["how", "on"]

    def __init__(self, *args: Any, entry: EntryPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        others = EntryPage.objects.live().exclude(pk=entry.pk).order_by("title")
        for number, label in enumerate(SUCCESSOR_LABELS, start=1):
            self.fields[f"successor_{number}"] = EntryField(
                others, label=label, required=False, empty_label="Kies een vermelding"
            )

    @property
    def successor_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("successor")]

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = [said[field.name] for field in self.successor_fields if said.get(field.name)]
        successors = list(dict.fromkeys(chosen))
        return {"entries": [self.entry], "how": said["how"], "on": said["on"], "successors": successors}


class MergeForm(EndingForm):
    """Which partnerships go on as one onderwijsregio."""

    entries: "forms.ModelMultipleChoiceField[PartnershipPage]" = forms.ModelMultipleChoiceField(
        PartnershipPage.objects.none(),
        label="Welke samenwerkingsverbanden gaan samen?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies ten minste één samenwerkingsverband."},
    )
    region = EntryField(
        PartnershipPage.objects.none(),
        label="Waarin gaan ze op?",
        empty_label="Kies een onderwijsregio",
        error_messages={"required": "Kies de onderwijsregio."},
    )
    field_order = ["entries", "region", "on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = PartnershipPage.objects.live().active().filter(is_overview=False).order_by("title")
        region = PartnershipPage.PartnershipKind.EDUCATION_REGION
        self.fields["entries"].queryset = living  # type: ignore[attr-defined]
        self.fields["region"].queryset = living.filter(kind=region)  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "entries": list(said["entries"]),
            "how": acts.Ending.MERGED,
            "on": said["on"],
            "successors": [said["region"]],
        }
