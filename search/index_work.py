"""Work on the whole index, kept on record so that editors can follow it."""

import logging
from collections.abc import Callable

from django.utils import timezone
from django_tasks import task

from cms.models import User
from search import indexing, reader
from search.engines.base import SearchUnavailable, described
from search.models import IndexWork

FAILURES: list[tuple[type[Exception], str]] = [
    (indexing.AlreadyRebuilding, "De index werd al opgebouwd, vanaf een andere plek. Wacht tot dat klaar is."),
    (SearchUnavailable, "De zoekmachine is nu niet te bereiken. De index die er was, blijft in gebruik."),
    (Exception, "Er ging iets mis. De index die er was, blijft in gebruik."),
]

logger = logging.getLogger(__name__)


def ask(kind: IndexWork.Kind, *, by: User) -> bool:
    """Let the background worker do this; False when it is still busy with what was asked before."""
    if IndexWork.objects.underway().exists():
        return False
    work = IndexWork.objects.create(kind=kind, asked_by=by)
    work_on_index.enqueue(work.pk)
    return True


@task()
def work_on_index(work_id: int) -> None:
    run(IndexWork.objects.get(pk=work_id))


def rebuild(progress: Callable[[int], None] = lambda count: None) -> int:
    """Build a new index now, and tell how many documents it holds; raises what ``indexing.rebuild`` raises."""
    return run(IndexWork.objects.create(), progress)


def run(work: IndexWork, progress: Callable[[int], None] = lambda count: None) -> int:
    """Do what was asked for, keep on record how it goes, and tell how many documents were indexed."""

    def note(count: int) -> None:
        IndexWork.objects.filter(pk=work.pk).update(done=count, seen_at=timezone.now())
        progress(count)

    IndexWork.objects.forgettable().delete()
    work.started_at = work.seen_at = timezone.now()
    work.total = len(reader.visible_ids())
    work.save()
    try:
        if work.kind == IndexWork.Kind.ROLL_BACK:
            indexing.roll_back()
        else:
            work.done = indexing.rebuild(note)
    except Exception as error:
        logger.warning("Work on the index failed: %s", work.kind, exc_info=True)
        work.failure = next(text for kind, text in FAILURES if isinstance(error, kind))
        work.detail = described(error)
        raise
    finally:
        work.seen_at = work.finished_at = timezone.now()
        work.save()
    return work.done
