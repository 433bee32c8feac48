"""What a representative fills in: the text of an entry, where it is found, and what to ask of the editors."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.renderers import get_default_renderer
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from cms.models import Subject, User
from pages.models import EntryLink, EntryPage, Logo
from pages.representing import logos

FEWEST_WORDS, MOST_WORDS = 80, 200
MOST_LINKS = 10
MAIL_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
FIELDS = [
    *("blurb", "audience", "how_to_join", "offers", "examples"),
    *("logo", "website", "linkedin_name", "linkedin_url", "newsletter_url", "contact_name", "contact_url"),
]
TEXTS = {"blurb": 10, "audience": 3, "how_to_join": 4, "offers": 4, "examples": 4}
HINTS = {
    "blurb": "80 tot 200 woorden, zoals je het een collega zou vertellen. Begin met wat jullie doen: die zin staat "
    "ook in lijsten.",
    "audience": "Bijvoorbeeld: lerarenopleiders en toetscommissies van alle opleidingen.",
    "how_to_join": "Bijvoorbeeld: meld je aan voor de nieuwsbrief, of kom naar een bijeenkomst.",
    "offers": "Eén ding per regel. Bijvoorbeeld: elk kwartaal een bijeenkomst.",
    "examples": "Wat is er gelukt? Eén voorbeeld per alinea.",
    "website": "Laat leeg als je het niet zeker weet.",
    "contact_url": "Een pagina met een formulier. Zet hier geen e-mailadres.",
}


def _field(field: "models.Field[Any, Any]", **kwargs: Any) -> forms.Field | None:
    if isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    if field.name in TEXTS:
        kwargs["widget"] = forms.Textarea(attrs={"rows": TEXTS[field.name]})
    kwargs["help_text"] = HINTS.get(field.name, "")
    return field.formfield(**kwargs)


def no_mail_addresses(form: forms.BaseForm, names: Iterable[str]) -> None:
    """Said of every field that holds one."""
    for name in names:
        if MAIL_ADDRESS.search(str(form.cleaned_data.get(name) or "")):
            form.add_error(name, "Zet hier geen e-mailadres: het komt op een openbare pagina te staan.")


class LinkForm(forms.Form):
    title = forms.CharField(label="Waar leidt de link heen?", max_length=255, required=False)
    url = forms.URLField(label="Adres van de link", max_length=500, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("url") and not cleaned.get("title"):
            self.add_error("title", "Schrijf erbij waar de link heen leidt.")
        return cleaned


class LinkFormSet(forms.BaseFormSet[LinkForm]):
    """With two rows to spare; a row whose name is taken out is a link that goes."""

    form, extra, min_num, max_num, absolute_max = LinkForm, 2, 0, MOST_LINKS, MOST_LINKS + 2
    can_order = can_delete = validate_min = False
    validate_max = True
    can_delete_extra = True
    renderer = get_default_renderer()


class LogoField(forms.ModelChoiceField):
    """A logo that was sent, shown beside its words."""

    def label_from_instance(self, logo: Any) -> SafeString:
        shown = '<img class="logo logo--choice" src="{}" alt="{}" width="{}" height="{}"> van {}'
        day = date_format(localdate(logo.made_at), "j F Y")
        return format_html(shown, logo.get_absolute_url(), logo.alt, logo.width, logo.height, day)


class TextForm(forms.ModelForm[EntryPage]):
    """Fills in a page that is not saved: what becomes of it is for pages/representing/submitting.py."""

    logo = LogoField(
        Logo.objects.none(),
        label="Welk logo?",
        required=False,
        blank=True,
        empty_label="Geen logo",
        widget=forms.RadioSelect,
    )
    proposed_name = forms.CharField(
        label="Andere naam", max_length=255, required=False, help_text="Alleen als de naam hierboven niet klopt."
    )
    proposed_subjects = forms.ModelMultipleChoiceField(
        Subject.objects.all(),
        label="Onderwerpen die erbij horen",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De redactie beslist welke onderwerpen erbij staan.",
    )
    note = forms.CharField(
        label="Wil je iets zeggen tegen de redactie?",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = EntryPage
        fields = FIELDS
        formfield_callback = _field
        error_messages = {"blurb": {"required": "Schrijf in je eigen woorden wat jullie doen."}}

    def __init__(self, data: Any = None, *, instance: EntryPage, writer: User | None = None, **kwargs: Any) -> None:
        self.text_before, self.logo_before = instance.blurb, instance.logo
        super().__init__(data, instance=instance, **kwargs)
        self.fields["logo"].queryset = logos.choices(instance, writer)  # type: ignore[attr-defined]
        self.fields["blurb"].widget.attrs |= {"data-words": f"{FEWEST_WORDS}-{MOST_WORDS}"}

    @cached_property
    def links(self) -> LinkFormSet:
        initial = [{"title": link.title, "url": link.url} for link in self.instance.links.all()]
        given = (self.initial or {}).get("links")
        return LinkFormSet(self.data if self.is_bound else None, prefix="links", initial=given or initial)

    def clean_logo(self) -> Logo | None:
        """A form that asks nothing of it changes nothing."""
        return self.cleaned_data["logo"] if "logo" in self.data else self.logo_before

    def clean_blurb(self) -> str:
        blurb: str = self.cleaned_data["blurb"].strip()
        number = len(blurb.split())
        if blurb != self.text_before and not FEWEST_WORDS <= number <= MOST_WORDS:
            raise ValidationError(
                f"Je schreef {number} woorden. Maak er {FEWEST_WORDS} tot {MOST_WORDS} van, dan leest iedereen het."
            )
        return blurb

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        no_mail_addresses(self, (*TEXTS, "contact_name", "linkedin_name"))
        if not self.links.is_valid():
            self.add_error(None, "Kijk de links nog eens na.")
        return cleaned

    def fill_in(self) -> EntryPage:
        """The page as it would be, with what of the form is right."""
        page = self.instance
        known = {link.title: link for link in page.links.all()}
        links: list[EntryLink] = []
        for row in self.links:
            title, url = (row.cleaned_data.get(name, "") for name in ("title", "url")) if row.is_valid() else ("", "")
            if title:
                before = known.get(title)
                kept = {"source_text": before.source_text, "description": before.description} if before else {}
                links.append(EntryLink(title=title, url=url, sort_order=len(links), **kept))
        page.links = links
        return page

    def typed(self) -> dict[str, Any]:
        """Everything as it was typed, right or wrong, in values that JSON knows."""
        sent = cast("QueryDict", self.data)
        return {name: sent.getlist(name) for name in sent if name in self.fields or name.startswith("links-")}

    @classmethod
    def of_typed(
        cls, typed: Mapping[str, Sequence[str]], instance: EntryPage, writer: User | None = None
    ) -> "TextForm":
        """The form as it was sent when this was typed."""
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, list(values))
        return cls(data, instance=instance, writer=writer)

    def values(self) -> dict[str, Any]:
        """What stands in each field, to begin an unbound form with."""
        return {name: self[name].value() for name in self.fields} | {
            "links": [{name: row[name].value() for name in row.fields} for row in self.links]
        }
