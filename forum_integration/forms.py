"""What people fill in on the forum. Only these fields are taken over; whatever else is sent counts for nothing."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet, Sum
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollOption
from machina.apps.forum_conversation.models import Post, Topic

from cms.honeypot import HONEYPOT, HoneypotField
from cms.models import Sector, Subject
from forum_integration import markup, uploads
from forum_integration.mentions import handles_in
from forum_integration.models import LONGEST_ASKED, Attachment, Idea, ReplyRole, TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import drafts
from forum_integration.services.writing import PollDraft, may_change_poll, poll_of
from forum_integration.uploads import CheckedFile

MOST_FILES = 5
LARGEST_DAY = 50 * uploads.MEBIBYTE
MOST_SUBJECTS = 5
MOST_OPTIONS = 10
LONGEST_OPTION = 200
LONGEST_TITLE = 150
DAYS_OF_A_POLL = 14
LONG_QUIET = timedelta(days=180)
"""After so long a topic rests, and an answer wakes all who follow it."""


class OptionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.text)


class OptionsField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.text)


class TitleField(forms.CharField):
    """One line with words in it that people can see."""

    def to_python(self, value: Any) -> str:
        return " ".join(markup.without_controls(super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not any(unicodedata.category(char)[0] in "LN" for char in value):
            raise ValidationError("Schrijf hier woorden die te lezen zijn.", code="unreadable")


class TextField(forms.CharField):
    """Markdown."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return markup.without_controls(super().to_python(value) or "")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; each is checked, and all that is wrong with them is said."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[CheckedFile]:
        sent: list[UploadedFile] = [file for file in (data or []) if file]
        checked, problems = [], []
        for upload in sent[: MOST_FILES + 1]:
            try:
                checked.append(uploads.check(upload))
            except ValidationError as problem:
                problems.append(problem)
        if problems:
            raise ValidationError(problems)
        return checked


class PostForm(forms.Form):
    """The text of a post, with files to add and files to take away."""

    text = TextField(
        label="Je bericht",
        max_length=markup.LONGEST_TEXT,
        help_text="Een lege regel begint een nieuwe alinea. **Sterretjes** maken iets vet, met - begint een lijst.",
    )
    attachments = FilesField(
        label="Bijlagen",
        required=False,
        help_text=f"Hoogstens {MOST_FILES} bestanden van elk 10 MB: {uploads.NAMES_OF_TYPES}.",
    )
    reason = forms.CharField(
        label="Waarom wijzig je dit?",
        required=False,
        max_length=200,
        help_text="Alleen moderatoren lezen dit, en wat er eerst stond.",
    )
    remove = forms.ModelMultipleChoiceField(
        label="Bijlagen weghalen",
        queryset=Attachment.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self,
        *args: Any,
        rights: ForumRights,
        forum: Forum,
        attached: QuerySet[Any] | None = None,
        place: drafts.Place | None = None,
        changes_post: bool = False,
        **kwargs: Any,
    ) -> None:
        """``place`` is where a draft of this form is kept, for who has an account."""
        self.place = place if rights.user.pk else None
        self.draft = drafts.draft_of(rights.user, place) if self.place and place and not args else None
        if self.draft:
            kwargs["initial"] = with_draft(self.draft.typed, kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        self.rights = rights
        if not changes_post:
            del self.fields["reason"]
        self.waits = not rights.posts_at_once(forum.pk)
        if self.waits:
            self.fields[HONEYPOT] = HoneypotField()
        self.fields["text"].widget.attrs.update({"rows": 10, "data-markdown": True})
        self.attached = attached if attached is not None else Attachment.objects.none()
        if self.attached:
            self.fields["remove"].queryset = self.attached  # type: ignore[attr-defined]
        else:
            del self.fields["remove"]
        if not rights.has("can_attach_file", forum.pk):
            del self.fields["attachments"]
        else:
            self.fields["attachments"].widget.attrs["accept"] = ",".join(f".{name}" for name in uploads.CONTENT_TYPES)

    def typed(self) -> dict[str, Any]:
        """What was filled in, but for files: the ``initial`` of a later form of its kind."""
        return {name: self[name].data for name in self.fields if name not in {HONEYPOT, "attachments", "remove"}}

    @property
    def sent_names(self) -> list[str]:
        """What a returned form cannot keep: the files, to be chosen again."""
        return [uploads.shown_name(file.name or "") for file in self.files.getlist("attachments")]

    @property
    def is_too_large(self) -> bool:
        return any(isinstance(error, uploads.TooLargeError) for error in self.errors.as_data().get("attachments", []))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        files = data.get("attachments") or []
        if len(files) + len(self.attached) - len(data.get("remove") or ()) > MOST_FILES:
            self.add_error("attachments", f"Een bericht heeft hoogstens {MOST_FILES} bijlagen.")
        elif files and sum(file.content.size for file in files) + sent_today(self.rights.user) > LARGEST_DAY:
            self.add_error(
                "attachments", uploads.TooLargeError("Je kunt per dag hoogstens 50 MB aan bijlagen plaatsen.")
            )
        return data

    def changes(self) -> dict[str, Any]:
        """The arguments for the verbs in services.writing."""
        data = self.cleaned_data
        changes = {"text": data["text"], "files": data.get("attachments", [])}
        changes |= {"reason": data["reason"]} if "reason" in data else {}
        return changes | ({"remove": data["remove"]} if "remove" in data else {})


def with_draft(draft: dict[str, Any], asked_for: dict[str, Any]) -> dict[str, Any]:
    """What somebody was writing, with what the link to the form asks for; a quotation comes under the text."""
    texts = [text for text in (str(draft.get("text") or "").rstrip(), asked_for.get("text")) if text]
    return {**draft, **{name: value for name, value in asked_for.items() if value}, "text": "\n\n".join(texts)}


class RoleField(forms.ChoiceField):
    """Who sends no choice keeps what is chosen already."""

    def to_python(self, value: Any) -> str:
        return super().to_python(value or self.initial)


class ReplyForm(PostForm):
    """A reply; who helps with somebody else's question says what the reply is meant to be."""

    ROLES = (
        (ReplyRole.ANSWER, "Een antwoord"),
        (ReplyRole.TIP, "Een tip, nog geen antwoord: de vraag blijft bij de onbeantwoorde vragen staan"),
        (ReplyRole.ADDITION, "Een vraag om aanvulling: de vraagsteller is weer aan zet"),
    )

    role = RoleField(label="Wat schrijf je?", choices=ROLES, initial=ReplyRole.ANSWER, widget=forms.RadioSelect)

    def __init__(
        self, *args: Any, topic: Topic, post: Post | None = None, handles: Sequence[str] | None = None, **kwargs: Any
    ) -> None:
        """``handles`` are those that the page knows already of who writes in this topic."""
        attached, place = (post.files.all(), None) if post else (None, topic)
        super().__init__(*args, forum=topic.forum, attached=attached, place=place, changes_post=bool(post), **kwargs)
        if handles is None:
            handles = handles_in(topic, self.rights.user.pk)
        if handles:
            self.fields["text"].help_text += f" Noem iemand met {', '.join(f'@{handle}' for handle in handles)}."
        self.quiet_since = None if post or not _rests(topic) else topic.last_post_on
        writer_id = post.poster_id if post else self.rights.user.pk
        if topic.details.kind != TopicKind.QUESTION or writer_id == topic.poster_id:
            del self.fields["role"]
        elif post:
            self.fields["role"].initial = post.details.role

    def changes(self) -> dict[str, Any]:
        role = self.cleaned_data.get("role")
        return super().changes() | ({"role": ReplyRole(role)} if role else {})


def _rests(topic: Topic) -> bool:
    return bool(topic.last_post_on and topic.last_post_on < timezone.now() - LONG_QUIET)


def sent_today(user: Any) -> int:
    """How many bytes of attachments this member sent in the past 24 hours; nothing before there is an account."""
    if user.pk is None:
        return 0
    today = Attachment.objects.filter(uploaded_by=user, uploaded_on__gt=timezone.now() - timedelta(days=1))
    return today.aggregate(sent=Sum("size"))["sent"] or 0


class TopicForm(PostForm):
    """A topic: what it is called and about, its opening post, and a poll if one wants."""

    title = TitleField(label="Titel", max_length=LONGEST_TITLE, help_text="Zeg in één zin waar het om gaat.")
    subjects = forms.ModelMultipleChoiceField(
        label="Onderwerpen",
        queryset=Subject.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=f"Kies er hoogstens {MOST_SUBJECTS}. Zo vinden anderen je gesprek terug.",
    )
    sectors = forms.ModelMultipleChoiceField(
        label="Sectoren", queryset=Sector.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    poll_question = TitleField(
        label="Vraag van de peiling", max_length=255, required=False, help_text="Laat leeg als je geen peiling wilt."
    )
    poll_options = TextField(
        label="Antwoorden om uit te kiezen",
        required=False,
        max_length=MOST_OPTIONS * (LONGEST_OPTION + 1),
        help_text=f"Elk antwoord op een eigen regel, minstens twee en hoogstens {MOST_OPTIONS}.",
    )
    poll_max_options = forms.IntegerField(
        label="Hoeveel antwoorden mag iemand kiezen?", min_value=1, max_value=MOST_OPTIONS, initial=1, required=False
    )
    poll_days = forms.IntegerField(
        label="Hoeveel dagen kan men stemmen?",
        min_value=1,
        max_value=365,
        required=False,
        initial=DAYS_OF_A_POLL,
        help_text=f"Leeg betekent {DAYS_OF_A_POLL}. Daarna kan niemand meer nagaan wie wat koos.",
    )
    poll_may_change_vote = forms.BooleanField(label="Wie gestemd heeft, mag dat nog veranderen", required=False)
    poll_hides_results = forms.BooleanField(label="Alleen ik zie de uitslag", required=False)

    asks = TitleField(
        label="Waarop wil je feedback?",
        max_length=LONGEST_ASKED,
        help_text="Stel één vraag, zoals: past dit ook bij een deeltijdgroep?",
        error_messages={"required": "Stel de vraag waarop je een reactie wilt."},
    )

    field_order = ["title", "text", "asks"]
    LABELS = ("subjects", "sectors")

    def __init__(
        self, *args: Any, forum: Forum, rights: ForumRights, topic: Topic | None = None, **kwargs: Any
    ) -> None:
        if topic:
            kwargs["initial"] = {**self._initial(topic), **(kwargs.get("initial") or {})}
            kwargs["attached"] = topic.first_post.files.all()
        kwargs.setdefault("place", None if "attached" in kwargs else forum)  # what has files already is kept elsewhere
        super().__init__(*args, forum=forum, rights=rights, changes_post=bool(topic), **kwargs)
        self.fields["poll_options"].widget.attrs.update(rows=5)
        if (topic.details.kind if topic else forum.details.topic_kind) != TopicKind.IDEA:
            del self.fields["asks"]
        if not rights.has("can_create_polls", forum.pk) or (topic and not may_change_poll(topic)):
            for name in [name for name in self.fields if name.startswith("poll_")]:
                del self.fields[name]

    @staticmethod
    def _initial(topic: Topic) -> dict[str, Any]:
        initial = {
            "title": topic.subject,
            "text": topic.first_post.content.raw,
            "subjects": topic.details.subjects.all(),
            "sectors": topic.details.sectors.all(),
            "asks": getattr(topic, "idea", Idea()).asks,
        }
        if poll := poll_of(topic):
            initial |= {
                "poll_question": poll.question,
                "poll_options": "\n".join(option.text for option in poll.options.order_by("pk")),
                "poll_max_options": poll.max_options,
                "poll_days": poll.duration,
                "poll_may_change_vote": poll.user_changes,
                "poll_hides_results": poll.hide_results,
            }
        return initial

    @property
    def has_poll(self) -> bool:
        return "poll_question" in self.fields

    def clean_subjects(self) -> Iterable[Subject]:
        subjects: Iterable[Subject] = self.cleaned_data["subjects"]
        if len(list(subjects)) > MOST_SUBJECTS:
            raise ValidationError(f"Kies hoogstens {MOST_SUBJECTS} onderwerpen.")
        return subjects

    def clean_poll_options(self) -> list[str]:
        lines = (" ".join(line.split()) for line in self.cleaned_data["poll_options"].splitlines())
        options = list(dict.fromkeys(line for line in lines if line))
        if any(len(option) > LONGEST_OPTION for option in options):
            raise ValidationError(f"Een antwoord is hoogstens {LONGEST_OPTION} tekens lang.")
        return options

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        options, question = data.get("poll_options") or [], data.get("poll_question")
        if question and not 2 <= len(options) <= MOST_OPTIONS:
            self.add_error("poll_options", f"Geef minstens twee en hoogstens {MOST_OPTIONS} verschillende antwoorden.")
        elif options and not question and "poll_question" not in self.errors:
            self.add_error("poll_question", "Zet boven de antwoorden een vraag.")
        return data

    def poll(self) -> PollDraft | None:
        data = self.cleaned_data
        if not data.get("poll_question"):
            return None
        return PollDraft(
            question=data["poll_question"],
            options=data["poll_options"],
            max_options=min(data["poll_max_options"] or 1, len(data["poll_options"])),
            days=data["poll_days"] or DAYS_OF_A_POLL,
            may_change_vote=data["poll_may_change_vote"],
            hides_results=data["poll_hides_results"],
        )

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        labels = {name: data[name] for name in self.LABELS}
        asked = {"asks": data["asks"]} if "asks" in data else {}
        return super().changes() | labels | asked | {"title": data["title"], "poll": self.poll()}


class VoteForm(forms.Form):
    """The answers of one poll, of which a member picks one or a few."""

    def __init__(self, *args: Any, poll: TopicPoll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = poll.options.order_by("pk")
        required = {"required": "Kies eerst een antwoord."}
        if poll.max_options == 1:
            field: OptionField | OptionsField = OptionField(
                options, label="Jouw antwoord", empty_label=None, widget=forms.RadioSelect, error_messages=required
            )
        else:
            field = OptionsField(
                options,
                label="Jouw antwoord",
                widget=forms.CheckboxSelectMultiple,
                error_messages=required,
                help_text=f"Kies er hoogstens {poll.max_options}.",
            )
        self.poll = poll
        self.fields["options"] = field

    def clean_options(self) -> list[TopicPollOption]:
        picked = self.cleaned_data["options"]
        options = [picked] if isinstance(picked, TopicPollOption) else list(picked)
        if len(options) > self.poll.max_options:
            raise ValidationError(f"Kies er hoogstens {self.poll.max_options}.")
        return options
