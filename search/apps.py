from django.apps import AppConfig
from django.core.checks import register


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Zoeken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import checks, signals

        register(checks.check_sources)
        signals.connect()
