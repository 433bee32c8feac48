"""What a representative fills in to put an activity on the agenda."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate

from pages.models import ActivityPage
from pages.representing.text_forms import no_mail_addresses

MISSING = {
    "title": "Schrijf hoe de activiteit heet.",
    "description": "Schrijf in een paar zinnen wat er gebeurt.",
    "starts_on": "Kies de dag.",
}


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ActivityForm(forms.ModelForm[ActivityPage]):
    """Fills in a page that is not saved; what becomes of it is for pages/representing/activities.py."""

    website = forms.URLField(
        label="Adres van de aanmelding, of om online mee te doen",
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text="Een pagina waar je je aanmeldt of meer leest.",
    )

    class Meta:
        model = ActivityPage
        fields = [
            *("title", "kind", "starts_on", "start_time", "end_time", "ends_on"),
            *("mode", "place", "website", "participants", "description"),
        ]
        labels = {
            "title": "Hoe heet het?",
            "kind": "Wat is het?",
            "starts_on": "Dag",
            "ends_on": "Laatste dag",
            "mode": "Waar is het?",
            "participants": "Voor wie?",
            "description": "Wat gaan jullie doen?",
        }
        help_texts = {
            "title": "Kort, zoals het op de agenda komt te staan.",
            "ends_on": "Alleen als het langer dan een dag duurt.",
            "place": "Gebouw en plaats. Bijvoorbeeld: Hogeschool Utrecht, Padualaan 97.",
            "participants": "Bijvoorbeeld: lerarenopleiders en schoolopleiders.",
            "description": "Een paar zinnen zijn genoeg.",
        }
        widgets = {
            "starts_on": DateInput(),
            "ends_on": DateInput(),
            "start_time": TimeInput(),
            "end_time": TimeInput(),
            "mode": forms.RadioSelect(),
            "description": forms.Textarea(attrs={"rows": 6}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].required = True
        for name, words in MISSING.items():
            self.fields[name].error_messages["required"] = words
        self.fields["kind"].choices = [("", "Kies wat het is"), *ActivityPage.ActivityKind.choices]  # type: ignore[attr-defined]
        self.started_on = self.instance.starts_on
        if self.instance.pk is None:
            self._ask_where()

    def _ask_where(self) -> None:
        """Of what is new somebody knows whether it is online."""
        unknown = ActivityPage.Mode.UNKNOWN
        self.fields["mode"].choices = [one for one in ActivityPage.Mode.choices if one[0] != unknown]  # type: ignore[attr-defined]
        self.initial["mode"] = ActivityPage.Mode.ON_SITE

    def clean_starts_on(self) -> Any:
        day = self.cleaned_data["starts_on"]
        if day < localdate() and day != self.started_on:
            raise ValidationError("Deze dag is al geweest.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        no_mail_addresses(self, ("title", "place", "participants", "description"))
        if "starts_on" in self.changed_data:
            self.instance.date_text = ""  # words that stood for a day
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        start, end = cleaned.get("start_time"), cleaned.get("end_time")
        if end and not start:
            self.add_error("start_time", "Vul ook in hoe laat het begint.")
        if start and end and end <= start and (last is None or last == first):
            self.add_error("end_time", "Het eindigt voordat het begint. Kijk de tijden nog eens na.")
        if cleaned.get("mode") == ActivityPage.Mode.ON_SITE and not cleaned.get("place"):
            self.add_error("place", "Schrijf waar het is.")
        return cleaned


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label="Waarom gaat het niet door?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen de redactie leest dit.",
    )
