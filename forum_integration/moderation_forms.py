"""What moderators fill in, and what members fill in for them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import Resolver404, resolve
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Restriction
from forum_integration import markup
from forum_integration.forms import LONGEST_TITLE, TitleField
from forum_integration.models import Report
from forum_integration.rights import ForumRights

LONGEST_REASON = 500
READ_BY_AUTHOR = "De schrijver leest dit; anderen zien het niet."


class RefusalForm(forms.Form):
    reason = TitleField(label="Waarom plaats je dit niet?", max_length=LONGEST_REASON, help_text=READ_BY_AUTHOR)


class DeletionForm(forms.Form):
    reason = TitleField(
        label="Waarom haal je dit weg?", max_length=LONGEST_REASON, required=False, help_text=READ_BY_AUTHOR
    )


class ReportForm(forms.Form):
    kind = forms.ChoiceField(
        label="Wat is er mis met dit bericht?",
        choices=Report.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat er mis is."},
    )
    note = TitleField(
        label="Wil je er iets bij zeggen?",
        max_length=LONGEST_REASON,
        required=False,
        help_text="Alleen de moderatoren lezen dit.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Report.Kind.OTHER and not data.get("note"):
            self.add_error("note", "Schrijf in een paar woorden wat er mis is.")
        return data


class RestrictionForm(forms.Form):
    restriction = forms.TypedChoiceField(
        label="Wat mag deze persoon niet meer?",
        choices=[
            (Restriction.SILENCED, "Schrijven: lezen en inloggen kan nog wel"),
            (Restriction.BLOCKED, "Inloggen: de persoon wordt meteen uitgelogd"),
        ],
        coerce=Restriction,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een van de twee."},
    )
    reason = TitleField(label="Waarom?", max_length=LONGEST_REASON, help_text="Deze persoon krijgt dit in een mail.")


class MoveForm(forms.Form):
    """The other forums that this moderator may move a topic to."""

    forum = forms.TypedChoiceField(label="Naar welk forum?", coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, rights: ForumRights, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forum"].choices = [  # type: ignore[attr-defined]
            (pk, rights.forums[pk].name)
            for pk in rights.forums_with("can_move_topics")
            if pk != topic.forum_id and rights.forums[pk].is_forum
        ]


class TopicAddressField(forms.CharField):
    """The address of a topic as the address bar shows it; its key when it is right."""

    widget = forms.TextInput(attrs={"inputmode": "url"})

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        try:
            match = resolve(f"/{typed.split('#')[0].split('?')[0].partition('//')[2].partition('/')[2]}")
        except Resolver404:
            match = None
        if match is None or match.view_name != "forum_conversation:topic":
            raise ValidationError("Dit is geen adres van een gesprek. Kopieer het uit de adresbalk van je browser.")
        pk: int = match.kwargs["pk"]
        return pk


class MergeForm(forms.Form):
    other = TopicAddressField(
        label="Adres van het andere gesprek",
        max_length=500,
        help_text="Open het andere gesprek en kopieer het adres uit de adresbalk.",
    )


class PostsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.author}: {markup.excerpt(obj.content.rendered, 100)}"


class SplitForm(forms.Form):
    """The answers that become a topic of their own, and its title."""

    posts = PostsField(
        label="Welke antwoorden gaan mee?",
        queryset=Post.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies een of meer antwoorden."},
    )
    title = TitleField(label="Titel van het nieuwe gesprek", max_length=LONGEST_TITLE)

    def __init__(self, *args: Any, answers: QuerySet[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["posts"].queryset = answers  # type: ignore[attr-defined]
