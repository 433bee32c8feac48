"""Somebody of whom there is a trace in every table of ours that points at members."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db.models import ForeignKey, Model
from django.test import Client
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from cms import mailing
from cms.models import DeadLinksLetter, PlatformDocument, PlatformImage, User
from forum_integration.models import (
    Act,
    BroughtAlong,
    Circle,
    Idea,
    MailedActivity,
    MailPreferences,
    Notification,
    Profile,
    Referral,
)
from forum_integration.quoting import quotation
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, drafts, questions, reports, tracking, unsent, voting, writing
from forum_integration.services.following import set_following
from forum_integration.services.writing import PollDraft
from pages.models import (
    Claim,
    Correction,
    Invitation,
    LifecycleAct,
    Logo,
    Proposal,
    Representation,
    ReviewNote,
    ReviewReminder,
    Submission,
    UnsentText,
)
from pages.representing.submitting import review_workflow
from search.models import IndexWork
from tests.factories import ActivityPageFactory, NetworkPageFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic

OURS = {"account", "cms", "forum_integration", "pages", "search", "forum_conversation", "forum_polls"}
OURS |= {"forum_tracking", "forum_permission"}
LOGS = {ModelLogEntry, PageLogEntry}


def pointing_at_members() -> Iterator[tuple[type[Model], ForeignKey]]:
    """Every foreign key to an account, in whatever table."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.concrete_fields:
            if field.related_model is User and field.model is model:
                yield model, field


def is_ours(model: type[Model]) -> bool:
    """Whether people who are no editors may have a row in it, or the platform made it."""
    return model._meta.app_label in OURS or model in LOGS


def busy_life(leaver, other, moderator, forums):
    name, by = leaver.display_name, ForumRights(leaver)
    topic = make_topic(
        forums["vragen"],
        leaver,
        files=[checked_pdf()],
        poll=PollDraft(question="Wat?", options=["Dit", "Dat"], max_options=2),
    )
    Idea.objects.create(topic=topic, asks="Is dit haalbaar?")
    theirs = make_topic(forums["vragen"], other)
    answer = make_reply(theirs, other)
    quoting = f"{quotation(topic.first_post, name)}Eens!"
    writing.edit_post(post=make_reply(topic, other, text=quoting), by=ForumRights(other), text=f"{quoting} En verder.")
    drafts.keep(member=other, place=topic, typed={"text": quoting})
    writing.edit_post(post=topic.first_post, by=by, text="Anders dan eerst.", title=topic.subject)
    voting.vote(poll=topic.poll, by=by, options=list(topic.poll.options.all()))
    questions.accept(post=topic.posts.last(), by=by)
    questions.set_same_question(topic=theirs, by=by, holds=True)
    questions.set_useful(post=answer, by=by, holds=True)
    reports.report(post=answer, by=by, kind="anders", note="Klopt dit?")
    Topic.objects.get(pk=theirs.pk).subscribers.add(leaver)
    set_following(leaver, forums["vragen"], follows=True)
    tracking.mark_all_read(by)
    tracking.mark_read(theirs, leaver)
    drafts.keep(member=leaver, place=theirs, typed={"text": f"Groet, {name}"})
    unsent.give(
        unsent.keep(forum=forums["vragen"], typed={"title": "Nog niet verstuurd"}, files=[checked_pdf()]), leaver
    )
    mailing.send("account_restored", leaver, "Je account doet het weer", {})
    _correspond(leaver, other)
    _tell(leaver, theirs)
    _work(leaver)
    Act.objects.create(kind=Act.Kind.EDITED, by=leaver, member=leaver, title=topic.subject)
    Client().force_login(leaver)
    return topic


def _correspond(leaver, other):
    """Each writes to the other, reports it and wants no more of it."""
    for person in (leaver, other):
        Profile.objects.create(
            member=person,
            institution=f"School van {person}",
            shows_institution=True,
            accepts_messages=True,
        )
    for sender, to in ((leaver, other), (other, leaver)):
        message = correspondence.send(by=ForumRights(sender), to=to, text=f"Gaat dit over {leaver.display_name}?")
        correspondence.report(message=message, kind="anders", note="Lees dit eens.")
    for person, refused in ((leaver, other), (other, leaver)):
        correspondence.set_refusal(member=person, other=refused, refuses=True)


def _tell(leaver, theirs):
    """What came to this member."""
    MailPreferences.objects.create(member=leaver)
    DeadLinksLetter.objects.create(owner=leaver, told_at=timezone.now())
    Notification.objects.create(member=leaver, kind="bericht", channel="gesprek", post=theirs.first_post)
    MailedActivity.objects.create(member=leaver, activity=ActivityPageFactory())
    Referral.objects.create(question=theirs.question, member=leaver, circle=Circle.FIRST, asked_on=timezone.now())


def _work(leaver):
    """What somebody did for the platform."""
    entry = NetworkPageFactory(title="Netwerk Doen")
    Representation.objects.create(entry=entry, user=leaver)
    Claim.objects.create(entry=entry, member=leaver, motive="Ik trek dit netwerk.", decided_by=leaver)
    Proposal.objects.create(
        member=leaver, category="netwerken", title="Netwerk Nieuw", text="Doen.", state="open", decided_by=leaver
    )
    Correction.objects.create(entry=entry, part="website", proposal="https://x.example.org/", decided_by=leaver)
    UnsentText.objects.create(entry=entry, writer=leaver, typed={"blurb": ["Wij doen."]})
    Logo.objects.create(entry=entry, file=get_test_image_file(), alt="Logo", uploaded_by=leaver)
    entry.save_revision(user=leaver)
    state = review_workflow(entry).start(entry, leaver)
    submission = Submission.objects.create(
        state=state, entry=entry, writer=leaver, reviewer=leaver, due_on=timezone.localdate()
    )
    ReviewNote.objects.create(submission=submission, author=leaver, text="Klopt dit?")
    today = timezone.localdate()
    ReviewReminder.objects.create(entry=entry, person=leaver, step=0, review_on=today, sent_on=today)
    act = LifecycleAct.objects.create(how="opgeheven", on=today, before={}, by=leaver, undone_by=leaver)
    BroughtAlong.objects.create(member=leaver, act=act, entry=entry, since=timezone.now(), gained=[])
    Invitation.objects.create(entry=entry, address="ander@example.org", key_hash="x", invited_by=leaver)
    PlatformDocument.objects.create(title="Verslag", file=ContentFile(b"x", "v.pdf"), uploaded_by_user=leaver)
    PlatformImage.objects.create(title="Foto", file=get_test_image_file(), uploaded_by_user=leaver)
    IndexWork.objects.create(asked_by=leaver)
    leaver.user_permissions.add(Permission.objects.first())
    leaver.groups.add(*leaver.groups.model.objects.all()[:1])
    page, about = Page.objects.last(), {"action": "wagtail.edit", "timestamp": timezone.now()}
    PageLogEntry.objects.create(page=page, user=leaver, label=page.title, **about)
    account = {"content_type": ContentType.objects.get_for_model(leaver), "object_id": leaver.pk}
    ModelLogEntry.objects.create(user=leaver, label=str(leaver), **account, **about)
