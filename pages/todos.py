"""What entries ask of an editor: texts to look at, people who want to keep one, and what nobody confirmed."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.models import TaskState

from cms.models import User
from cms.todo import Source, Todo
from pages.correcting import reporting
from pages.currency.reminding import overdue
from pages.models import Claim, Correction, EntryPage, Proposal
from pages.proposing import sending


class ToReview(Source):
    """What is in Wagtail's workflow: by representatives, and by a colleague from the page's own screen."""

    key = "nakijken"
    label = "Na te kijken"
    list_name = "reviewing:to_review"
    permission = "pages.change_submission"
    taken_by = "workflow_state__submission__reviewer"

    def rows(self, user: User) -> QuerySet[Any]:
        sent: QuerySet[Any] = TaskState.objects.reviewable_by(user)
        with_whom = ("revision__user", "workflow_state__submission__writer", "workflow_state__submission__reviewer")
        return sent.select_related(*with_whom).order_by("started_at", "pk")

    def todo(self, step: Any) -> Todo:
        submission = getattr(step.workflow_state, "submission", None)
        if submission:
            writer, reviewer = submission.writer, submission.reviewer
            url = reverse("reviewing:review", args=[submission.pk])
        else:
            writer, reviewer = step.revision.user, None
            url = reverse("wagtailadmin_pages:edit", args=[step.revision.object_id])
        kind = "activiteit" if submission and submission.activity_id else "tekst"
        what = f"Nieuwe {kind} van {writer or 'een oud-deelnemer'}"
        if reviewer:
            what += f"; {reviewer} kijkt die na"
        return Todo(what, step.revision.object_str, localdate(step.started_at), url, "Kijk na")


class Claims(Source):
    key = "aanvragen"
    label = "Wil bijhouden"
    permission = "pages.view_claim"

    @property
    def list_url(self) -> str:
        return f"{reverse('pages_claim_modeladmin_index')}?state__exact={Claim.State.OPEN}"

    def rows(self, user: User) -> QuerySet[Claim]:
        claims = Claim.objects.filter(state=Claim.State.OPEN)
        return claims.select_related("entry", "member").order_by("made_at", "pk")

    def todo(self, claim: Claim) -> Todo:
        url = reverse("representing:keepers", args=[claim.entry_id])
        return Todo(f"{claim.member} wil dit bijhouden", claim.entry.title, localdate(claim.made_at), url, "Beslis")


class Corrections(Source):
    """What readers say is wrong, also in entries that somebody keeps."""

    key = "klopt-niet"
    label = "Klopt niet"
    list_name = "correcting:corrections"
    permission = "pages.change_submission"

    def rows(self, user: User) -> QuerySet[Correction]:
        return reporting.waiting()

    def todo(self, correction: Correction) -> Todo:
        url = reverse("correcting:correction", args=[correction.pk])
        what = f"Een lezer stelt iets anders voor: {correction.get_part_display()}"
        return Todo(what, correction.entry.title, localdate(correction.made_at), url, "Beslis")


class Proposals(Source):
    """What members say should stand on the site too."""

    key = "voorgedragen"
    label = "Voorgedragen"
    list_name = "proposing:proposals"
    permission = "pages.change_submission"

    def rows(self, user: User) -> QuerySet[Proposal]:
        return sending.waiting()

    def todo(self, proposal: Proposal) -> Todo:
        url = reverse("proposing:proposal", args=[proposal.pk])
        what = f"{proposal.member} draagt dit voor"
        return Todo(what, proposal.title, localdate(proposal.made_at), url, "Beslis")


class Overdue(Source):
    """Entries that nobody confirmed in time."""

    key = "niet-bevestigd"
    label = "Niet bevestigd"
    permission = "pages.change_submission"

    @property
    def list_url(self) -> str:
        return f"{reverse('reviewing:to_review')}#niet-bevestigd"

    def rows(self, user: User) -> QuerySet[EntryPage]:
        return overdue(localdate()).prefetch_related(None)

    def todo(self, entry: EntryPage) -> Todo:
        assert entry.review_on is not None  # noqa: S101 - for the types; only such are overdue
        url = reverse("wagtailadmin_pages:edit", args=[entry.pk])
        return Todo("Niemand bevestigde dat dit nog klopt", entry.title, entry.review_on, url, "Loop na")
