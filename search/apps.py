from django.apps import AppConfig
from django.core.checks import register


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Zoeken"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms import health, starting
        from cms.machine_readers import register_sitemap
        from search import checks, jobs, readiness, signals
        from search.sitemaps import SubjectSitemap

        register(checks.check_sources)
        signals.connect()
        health.register("search", readiness.state)
        starting.register(readiness.tell)
        register_sitemap("subjects", SubjectSitemap)
        jobs.register()
