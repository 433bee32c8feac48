"""What an address may ask of search."""

from typing import Any

from django import forms
from django.http import QueryDict

from search.documents import Facet
from search.promotions import promoted_for
from search.queries import SearchQuery, Sort, StatusChoice

LONGEST_QUERY = 200
LONGEST_VALUE = 120
LAST_PAGE = 100_000

STATUS_LABELS = {
    StatusChoice.ACTIVE: "Wat er nu is",
    StatusChoice.ENDED: "Alleen wat beëindigd is",
    StatusChoice.ALL: "Ook wat beëindigd is",
}
SORT_LABELS = {Sort.RELEVANCE: "Past het best", Sort.NEWEST: "Nieuwste eerst", Sort.TITLE: "Op alfabet"}


class ValuesField(forms.MultipleChoiceField):
    """Values of a filter. One that does not exist is no mistake of the reader's: it just finds nothing."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[str]:
        values = dict.fromkeys(super().to_python(value))
        return [text for text in values if 0 < len(text) <= LONGEST_VALUE and "\x00" not in text]

    def validate(self, value: Any) -> None:
        pass


class DefaultChoiceField(forms.ChoiceField):
    """One of a few values; anything else counts as the first of them."""

    def __init__(self, labels: dict[Any, str]) -> None:
        super().__init__(choices=[(str(value), label) for value, label in labels.items()], required=False)
        self.default = next(iter(labels))

    def to_python(self, value: Any) -> Any:
        return type(self.default)(value) if super().valid_value(str(value)) else self.default

    def validate(self, value: Any) -> None:
        pass


class PageNumberField(forms.Field):
    """A page of a list, counted from 1."""

    def to_python(self, value: Any) -> int:
        text = str(value or 1)
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text)):
            raise forms.ValidationError("Deze pagina bestaat niet.", code="no_such_page")
        return int(text)


class SearchForm(forms.Form):
    q = forms.CharField(
        label="Zoek op het hele platform",
        required=False,
        max_length=LONGEST_QUERY,
        error_messages={"max_length": f"Gebruik hoogstens {LONGEST_QUERY} tekens."},
    )
    categorie = ValuesField(required=False)
    onderwerp = ValuesField(required=False)
    sector = ValuesField(required=False)
    regio = ValuesField(required=False)
    soort = ValuesField(required=False)
    status = DefaultChoiceField(STATUS_LABELS)
    sorteer = DefaultChoiceField(SORT_LABELS)
    pagina = PageNumberField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)

    def query(self) -> SearchQuery:
        given = self.cleaned_data
        return SearchQuery(
            text=given["q"],
            filters={facet: given[facet] for facet in Facet if given[facet]},
            status=given["status"],
            sort=given["sorteer"],
            page=given["pagina"],
            promoted=promoted_for(given["q"]).ids,
        )


class SubjectForm(forms.Form):
    categorie = ValuesField(required=False)
    pagina = PageNumberField(required=False)
