"""Mail to members, and now and then to somebody without an account.

``send`` writes it down in the transaction of what it tells about; a job sends it within a minute.

A mail server that is away loses nothing: each mail is tried again, with growing pauses, for some days. Two processes
never send the same mail, and one that dies while sending sends it at most once more, under the same Message-ID.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from cms.models import Mail, User

FIRST_PAUSE = timedelta(minutes=2)
LONGEST_PAUSE = timedelta(days=1)
MOST_ATTEMPTS = 14
"""With these pauses about five days; what is given up then stays on record, due no more."""

REFUSALS = (SMTPRecipientsRefused, SMTPResponseException)
"""The server is there and does not take this mail; it may take the next."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What a mail says, once it is known at the moment of sending."""

    subject: str
    context: Mapping[str, Any]
    headers: Mapping[str, str] = field(default_factory=dict)


_composers: dict[str, Callable[[Mail], Letter | None]] = {}


def register(template_name: str, compose: Callable[[Mail], Letter | None]) -> None:
    """Let ``compose`` say what mails of this template say when they leave; one with nothing to say is not sent.

    Called in ``AppConfig.ready()``.
    """
    _composers[template_name] = compose


def send(template_name: str, to: User | str, subject: str, context: Mapping[str, Any]) -> None:
    """Owe a member the mail that templates/mail/<template_name>.txt and .html make of ``context``.

    ``to`` is an address for somebody without an account; it is forgotten once the mail is sent. The templates are
    drawn when the mail leaves; until then ``context`` is kept as JSON. They also know ``to`` and ``site_url``, which
    goes before every path. Called inside a transaction, it is owed only when that succeeds.
    """
    receiver = {"address": to} if isinstance(to, str) else {"to": to}
    Mail.objects.create(template=template_name, subject=_one_line(subject), context=dict(context), **receiver)


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[: Mail._meta.get_field("subject").max_length]


def deliver_waiting() -> None:
    """Send all mails that are due. A server that does not answer is left alone until the next round."""
    if not _due().exists():
        return
    try:
        with get_connection() as connection:
            for mail in _claimed():
                try:
                    _deliver(mail, connection)
                except OSError as error:  # also what smtplib raises when the server hangs up
                    _keep_problem(mail, error)
                    if not isinstance(error, REFUSALS):
                        raise
                    _note_failure(mail, error)
                else:
                    mail.delete()
    except OSError as error:
        logger.warning("The mail server is away: %s", type(error).__name__)


def _due() -> QuerySet[Mail]:
    return Mail.objects.filter(due_at__lte=timezone.now()).select_related("to").order_by("due_at")


def _claimed() -> Iterator[Mail]:
    """Mails that are due, one by one, each put off first so that no other process takes it as well."""
    while mail := _due().first():
        seen = mail.due_at
        mail.attempts += 1
        mail.due_at = _next_attempt(mail.attempts)
        if Mail.objects.filter(pk=mail.pk, due_at=seen).update(due_at=mail.due_at, attempts=mail.attempts):
            yield mail


def _next_attempt(attempts: int) -> datetime | None:
    if attempts >= MOST_ATTEMPTS:
        return None
    return timezone.now() + min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)


def _deliver(mail: Mail, connection: BaseEmailBackend) -> None:
    compose = _composers.get(mail.template)
    letter = compose(mail) if compose else Letter(mail.subject, mail.context)
    if letter is None:
        return
    subject = _one_line(letter.subject)
    context = {**letter.context, "to": mail.to, "site_url": settings.SITE_URL, "subject": subject}
    host = urlsplit(settings.SITE_URL).hostname
    message = EmailMultiAlternatives(
        subject,
        render_to_string(f"mail/{mail.template}.txt", context),
        to=[mail.to.email if mail.to else mail.address],
        headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated", **letter.headers},
        connection=connection,
    )
    message.attach_alternative(render_to_string(f"mail/{mail.template}.html", context), "text/html")
    message.send()


def _keep_problem(mail: Mail, error: OSError) -> None:
    """Remember for administrators what the server said of this mail."""
    answer = getattr(error, "smtp_error", None)
    if isinstance(error, SMTPRecipientsRefused):
        answer = next((said for _, said in error.recipients.values()), None)
    said = answer.decode(errors="replace") if isinstance(answer, bytes) else str(answer or type(error).__name__)
    problem = " ".join(said.split())[: Mail._meta.get_field("problem").max_length]
    Mail.objects.filter(pk=mail.pk).update(failed_at=timezone.now(), problem=problem.replace("\x00", ""))


def try_again(mail: Mail) -> None:
    """Send a mail after all that was given up, with as many attempts as a new one."""
    Mail.objects.filter(pk=mail.pk, due_at=None).update(due_at=timezone.now(), attempts=0)


def _note_failure(mail: Mail, error: Exception) -> None:
    """Neither the address nor what was written in the mail gets into the log."""
    logger.log(
        logging.WARNING if mail.due_at else logging.ERROR,
        "Mail %s was refused at attempt %s of %s: %s",
        *(mail.pk, mail.attempts, MOST_ATTEMPTS, type(error).__name__),
    )
