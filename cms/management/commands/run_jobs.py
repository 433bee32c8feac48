from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import jobs


class Command(BaseCommand):
    help = "Do the periodic work that is due. Safe to run twice, and on several machines at once."

    def handle(self, **options: Any) -> None:
        if failed := jobs.run_due():
            raise CommandError(f"Failed, and tried again next time: {', '.join(failed)}")
