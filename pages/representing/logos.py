"""Logos of entries: sending one, who may see it, and letting go of what is not used."""

import io
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from cms import pictures
from cms.models import User
from pages.models import EntryPage, Logo, UnsentText

LARGEST_FILE = 2 * 1024 * 1024
LARGEST_SIDE, SMALLEST_SIDE = 480, 48
MOST_A_DAY = 10
KEPT = timedelta(days=90)


def drawn(upload: UploadedFile) -> ContentFile[bytes]:
    """What was sent as a PNG of our own. Raises ValidationError, in words for who sent it."""
    size = upload.size or 0
    if size > LARGEST_FILE:
        raise ValidationError(f"Dit bestand is {filesizeformat(size)}. Een logo is hoogstens 2 MB.")
    data = upload.read()
    if not pictures.kind_of(data):
        raise ValidationError("Dit is geen png, jpg of webp. Heb je een svg of pdf? Sla het logo dan eerst op als png.")
    picture = pictures.opened(data, name=upload.name or "logo").convert("RGBA")
    if max(picture.size) < SMALLEST_SIDE:
        raise ValidationError(f"Dit logo is te klein om te zien: minstens {SMALLEST_SIDE} beeldpunten breed of hoog.")
    picture.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    kept = io.BytesIO()
    picture.save(kept, format="PNG")
    return ContentFile(kept.getvalue(), name="logo.png")


def may_send_more(writer: User) -> bool:
    since = timezone.now() - timedelta(days=1)
    return Logo.objects.filter(uploaded_by=writer, made_at__gt=since).count() < MOST_A_DAY


def choices(page: EntryPage, writer: User | None) -> QuerySet[Logo]:
    """For a text: what this person sent for the entry, and what its newest version shows."""
    own = Q(uploaded_by=writer) if writer else Q(pk=None)
    return Logo.objects.filter(own | Q(pk=page.logo_id), entry=page.pk)


def newest(entry: EntryPage, writer: User) -> Logo | None:
    """The last one that this person sent, as long as no text of theirs or of others is newer."""
    kept = UnsentText.objects.filter(entry=entry.pk, writer=writer).values_list("saved_at", flat=True).first()
    since = [moment for moment in (kept, entry.latest_revision_created_at) if moment]
    found = Logo.objects.filter(entry=entry.pk, uploaded_by=writer)
    return found.filter(made_at__gte=max(since)).first() if since else found.first()


def is_public(logo: Logo) -> bool:
    return EntryPage.objects.listed().filter(pk=logo.entry_id, logo=logo.pk).exists()


def may_see(logo: Logo, user: User) -> bool:
    """Before it is published: who sent it, who writes for the entry once it is part of the draft, and editors."""
    rights = logo.entry.specific.permissions_for_user(user)
    if rights.can_edit():
        return True
    return bool(rights.represents()) and (logo.uploaded_by_id == user.pk or _in_draft(logo))


def forget(found: QuerySet[Logo]) -> None:
    """Let go of those that neither the site nor a draft shows."""
    for logo in found.select_related("entry__latest_revision"):
        if logo.entry.logo_id != logo.pk and not _in_draft(logo):
            logo.delete()


def forget_old() -> None:
    forget(Logo.objects.filter(made_at__lt=timezone.now() - KEPT))


def _in_draft(logo: Logo) -> bool:
    newest = logo.entry.latest_revision
    return bool(newest and newest.content.get("logo") == logo.pk)
