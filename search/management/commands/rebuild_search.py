from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import index_work, indexing, reader
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import IndexWork

WIDTH = 40


class Command(BaseCommand):
    help = "Build the search index anew beside the one in use, and put it in use when it is complete."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--if-needed", action="store_true", help="only when there is none that this version of the code can read"
        )
        which.add_argument(
            "--back", action="store_true", help="use the previous index again, and bring it in line with the database"
        )

    def handle(self, *, verbosity: int, if_needed: bool, back: bool, **options: Any) -> None:
        self.is_quiet = verbosity < 1
        self.total = max(1, len(reader.visible_ids()))
        try:
            if if_needed and not get_engine().needs_rebuild():
                return
            if back:
                index_work.run(IndexWork(kind=IndexWork.Kind.ROLL_BACK))
            else:
                index_work.rebuild(self.show_progress)
            different = indexing.repair()
            count = sum(get_engine().counts().values())
        except indexing.AlreadyRebuilding as error:
            raise CommandError("Another process is building the search index; try again when it is done.") from error
        except SearchUnavailable as error:
            raise CommandError(f"The search engine cannot be used: {error}") from error
        if different:
            self.stderr.write(f"Not as in the database, see the log: {', '.join(sorted(different))}")
        if not self.is_quiet:
            self.stdout.write(f"{count} things can be found.")

    def show_progress(self, count: int) -> None:
        if self.is_quiet or not self.stdout.isatty():
            return
        done = min(1.0, count / self.total)
        bar = "#" * round(WIDTH * done)
        self.stdout.write(f"\r[{bar:<{WIDTH}}] {count}", ending="\n" if done == 1 else "")
        self.stdout.flush()
