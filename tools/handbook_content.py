"""What the pictures of the handbooks show besides the demo content: something of each thing that editors do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate

from cms.models import CheckedLink, LinkAttempt, LinkUse, User
from pages.demo.publishing import add_page
from pages.models import (
    Claim,
    Criterion,
    EntryPage,
    NetworkPage,
    PartnershipIndexPage,
    PartnershipPage,
    Submission,
)
from pages.representing import representatives, reviewing
from search.models import SearchedText

REASON = "de pagina is er niet (404)"


@dataclass(frozen=True)
class Shown:
    """The keys of what the pictures are about."""

    submission: int
    claimed: int
    dead_link: int
    returned: int
    kept: int


def fill(blurb: str) -> Shown:
    entries = NetworkPage.objects.live().order_by("title").exclude(representations__isnull=False)
    claimed, broken, returned, sent, *late = entries[:7]
    member, keeper = _account("lid"), _account("vertegenwoordiger")
    kept = keeper.representations.get().entry
    Claim.objects.create(entry=claimed, member=member, motive="Ik trek dit netwerk sinds dit jaar.", made_at=_ago(6))
    EntryPage.objects.filter(pk__in=[entry.pk for entry in late]).update(review_on=localdate() - timedelta(days=40))
    _add_region()
    writer = _account("expert")
    representatives.add(entry=sent, user=writer, by=writer)
    submission = _send(sent, writer, blurb)
    representatives.add(entry=returned, user=keeper, by=keeper)
    question = _send(returned, keeper, blurb)
    reviewing.send_back(
        submission=question,
        revision=question.entry.latest_revision_id or 0,
        by=_account("redacteur"),
        comment="Mooi stukje! Wil je nog schrijven voor wie het is?",
    )
    for text, visitors in (("microcredentials", 7), ("hybride docent", 4)):
        counts = {"searches": visitors + 2, "visitors": visitors, "vain_searches": visitors, "vain_visitors": visitors}
        SearchedText.objects.create(text=text, day=localdate(), **counts)
    return Shown(submission.pk, claimed.pk, _dead_link(broken), returned.pk, kept.pk)


def _add_region() -> None:
    index = PartnershipIndexPage.objects.get()
    region = PartnershipPage(
        title="Onderwijsregio Noord", slug="onderwijsregio-noord", blurb="De regio in het noorden."
    )
    region.kind = PartnershipPage.PartnershipKind.EDUCATION_REGION
    region.criterion = Criterion.objects.filter(category=index.category).first()
    add_page(region, under=index)


def _account(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def _ago(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def _send(entry: EntryPage, writer: User, blurb: str) -> Submission:
    """As the form does."""
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(writer)
    links = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
    browser.post(f"/mijn/paginas/{entry.pk}/", {"blurb": blurb, **links})
    return Submission.objects.get(entry=entry.pk)


def _dead_link(entry: EntryPage) -> int:
    url = "https://www.voorbeeld.example/een-pagina-die-weg-is"
    link = CheckedLink.objects.create(
        url=url, host="www.voorbeeld.example", state=CheckedLink.State.BROKEN, since=_ago(4), reason=REASON
    )
    LinkUse.objects.create(
        link=link,
        source="x",
        thing=entry.pk,
        field="website",
        title=entry.title,
        edit_path=f"/beheer/pages/{entry.pk}/edit/",
    )
    for days in (6, 5, 4):
        LinkAttempt.objects.create(link=link, at=_ago(days), outcome="mislukt", reason=REASON)
    return link.pk
