"""Carrying out what a dry run showed, and nothing else."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from wagtail.log_actions import log

from cms.models import User
from pages.importing.planning import Fate, Plan, Step, plan
from pages.importing.reading import Row
from pages.models import EntryPage

ACTION = "pages.entry.import"


class ChangedMeanwhileError(Exception):
    """Somebody changed one of these entries since the dry run."""


@transaction.atomic
def carry_out(rows: Sequence[Row], *, index: Any, by: User, publish: bool, fingerprint: str, file_name: str) -> Plan:
    """Do what the plan with this fingerprint says: each entry gets a version of its own by this editor.

    What is new stays a draft, for an editor to read and publish. Raises ChangedMeanwhileError when it would do
    anything else than what was shown; then nothing is done.
    """
    index = type(index).objects.select_for_update(of=("self",)).get(pk=index.pk)
    list(EntryPage.objects.child_of(index).select_for_update(of=("self",)))
    made = plan(rows, index=index, by=by, publish=publish)
    if made.fingerprint != fingerprint:
        raise ChangedMeanwhileError
    for step in made.to_do:
        _carry_out(step, index, by, file_name)
    return made


def _carry_out(step: Step, index: Any, by: User, file_name: str) -> None:
    page = step.page
    if step.fate == Fate.NEW:
        page.owner = by
        index.add_child(instance=page)
        log(page, "wagtail.create", user=by)
    revision = page.save_revision(user=by, log_action=True, clean=step.publishes)  # a draft may be incomplete
    if step.publishes:
        revision.publish(user=by)
    log(page, ACTION, user=by, data={"file": file_name, "row": step.row})
