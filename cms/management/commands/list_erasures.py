from typing import Any

from django.core.management.base import BaseCommand

from cms.accounts import ledger


class Command(BaseCommand):
    help = "Print as CSV which accounts were erased, by number only; keep it apart from the backups."

    def handle(self, **options: Any) -> None:
        ledger.export(self.stdout)
