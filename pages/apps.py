from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "pages"
    verbose_name = "Pagina's"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cms.doors import register_counts
        from pages import demo
        from pages.front import entry_counts

        demo.register()

        register_counts(entry_counts)
