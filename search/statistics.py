"""What visitors search for, so that editors see what is missing; never what one or two of them searched for.

A search is noted in memory and written down a moment later by a thread of its own: it waits for nothing, and when the
database is away or busy only the count of it is lost.
"""

import logging
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock, Thread

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.timezone import localdate

from cms.visitors import Visitor, marker_of_today
from search.models import (
    FEWEST_VISITORS,
    LONGEST_COUNTED,
    HelpedBefore,
    HelpMark,
    SearchedText,
    SearchMark,
    StoredDocument,
)
from search.queries import SearchQuery, normalised
from search.results import SearchResults

KEPT = timedelta(days=396)
MOST_WAITING = 5_000

# An address, or digits enough for a telephone number or the number of a person: "06 12 34 56 78" and not "2023-2024".
PERSONAL = re.compile(r"@|\d{6}|\d(?:[\s()./+-]*\d){8}")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Search:
    text: str
    was_in_vain: bool
    visitor: Visitor


def record(request: HttpRequest, query: SearchQuery, results: SearchResults) -> None:
    """Count a question as a visitor begins with it: words only, without filters, on the first page."""
    text = normalised(query.text)
    is_begin = query == SearchQuery(text=query.text, promoted=query.promoted)
    if not (is_begin and text and request.method == "GET" and is_kept(text)):
        return
    try:
        visitor = Visitor.of(request)
    except PermissionDenied:
        return
    # The fallback finds less than there is: that says nothing about what is missing on the site.
    was_in_vain = not results.total and results.engine != "database"
    _writer.add(Search(text, was_in_vain, visitor))


@transaction.atomic
def record_help(request: HttpRequest, document: StoredDocument) -> None:
    """Count a visitor whom this helped before asking a question: once a day, and nothing of what was being asked."""
    try:
        visitor = Visitor.of(request)
    except PermissionDenied:
        return
    row, _ = HelpedBefore.objects.get_or_create(day=localdate(), document_id=document.pk)
    mark = marker_of_today().mark(visitor, f"help {document.pk}")
    _, is_new = HelpMark.objects.get_or_create(helped=row, mark=mark)
    if is_new:
        HelpedBefore.objects.filter(pk=row.pk).update(visitors=F("visitors") + 1)


def is_kept(text: str) -> bool:
    """Whether this may be kept: nothing so long that it is a story, nothing that points at a person."""
    return len(text) <= LONGEST_COUNTED and not PERSONAL.search(text)


def write_waiting() -> None:
    """Write down now what waits in this process."""
    _writer.write()


class Writer:
    """The searches that wait to be written, and the one thread of this process that does so."""

    def __init__(self) -> None:
        self._waiting: list[Search] = []
        self._is_at_work = False
        self._lock = Lock()

    def add(self, search: Search) -> None:
        with self._lock:
            if len(self._waiting) < MOST_WAITING:
                self._waiting.append(search)
            if self._is_at_work or settings.SEARCH_STATISTICS_SECONDS is None:
                return
            self._is_at_work = True
        Thread(target=self._work, args=[settings.SEARCH_STATISTICS_SECONDS], name="statistics", daemon=True).start()

    def _work(self, seconds: float) -> None:
        """Write as long as there is something to write."""
        try:
            while True:
                time.sleep(seconds)
                self.write()
                with self._lock:
                    if not self._waiting:
                        self._is_at_work = False
                        return
        finally:
            connection.close()

    def write(self) -> None:
        with self._lock:
            searches, self._waiting = self._waiting, []
        try:
            if searches:
                _store(searches)
        except Exception:
            logger.warning("%s searches are not counted", len(searches), exc_info=True)


_writer = Writer()


@transaction.atomic
def _store(searches: Sequence[Search]) -> None:
    """Add these to the counts of today, in a handful of statements however many there are."""
    today = localdate()
    if not SearchedText.objects.filter(day=today).exists():
        forget_old()
    texts = sorted({search.text for search in searches})
    SearchedText.objects.bulk_create([SearchedText(day=today, text=text) for text in texts], ignore_conflicts=True)
    rows = {row.text: row for row in SearchedText.objects.filter(day=today, text__in=texts)}

    marker = marker_of_today()
    marks = []
    for search in searches:
        mark = marker.mark(search.visitor, f"search {search.text}")
        marks += [
            SearchMark(searched=rows[search.text], mark=mark, was_in_vain=in_vain)
            for in_vain in {False, search.was_in_vain}
        ]
    SearchMark.objects.bulk_create(marks, ignore_conflicts=True)

    times = Counter(search.text for search in searches)
    vain_times = Counter(search.text for search in searches if search.was_in_vain)
    for text, row in rows.items():
        row.searches = F("searches") + times[text]
        row.vain_searches = F("vain_searches") + vain_times[text]
    SearchedText.objects.bulk_update(rows.values(), ["searches", "vain_searches"])
    SearchedText.objects.filter(pk__in=[row.pk for row in rows.values()]).update(
        visitors=_count_of_marks(was_in_vain=False), vain_visitors=_count_of_marks(was_in_vain=True)
    )


def _count_of_marks(*, was_in_vain: bool) -> Coalesce:
    of_row = SearchMark.objects.filter(searched=OuterRef("pk"), was_in_vain=was_in_vain).order_by()
    number = of_row.values("searched").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number), 0, output_field=IntegerField())


def forget_old() -> None:
    """When a day is over no mark of it remains, and no text that fewer than three visitors searched for."""
    today = localdate()
    SearchMark.objects.filter(searched__day__lt=today).delete()
    HelpMark.objects.filter(helped__day__lt=today).delete()
    HelpedBefore.objects.filter(day__lt=today - KEPT).delete()
    SearchedText.objects.filter(day__lt=today, visitors__lt=FEWEST_VISITORS).delete()
    SearchedText.objects.filter(day__lt=today - KEPT).delete()
