from typing import Any

from django.core.management.base import BaseCommand

from forum_integration.setup import ensure_forums


class Command(BaseCommand):
    help = "Make the forums that are missing and give everyone the rights of forum_integration/roles.py."

    def handle(self, **options: Any) -> None:
        ensure_forums()
