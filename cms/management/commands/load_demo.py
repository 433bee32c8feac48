from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms import demo


class Command(BaseCommand):
    help = "Load the content of fixtures/: adds what is missing, changes nothing that exists."

    def handle(self, *, verbosity: int, **options: Any) -> None:
        def report(name: str) -> None:
            if verbosity > 0:
                self.stdout.write(f"Loading {name} ...")

        try:
            demo.load_all(report)
        except demo.FixtureError as error:
            raise CommandError(str(error)) from error
