from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.accounts import ledger


class Command(BaseCommand):
    help = "After putting back a backup: erase the accounts again that a file of list_erasures names."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            with file.open(encoding="utf-8", newline="") as lines:
                erasures = ledger.read(lines)
        except (OSError, ValueError) as problem:
            raise CommandError(str(problem)) from None
        again = ledger.erase_again(erasures)
        self.stdout.write(f"{len(erasures)} erasures read; {again} accounts were there again and are erased.")
